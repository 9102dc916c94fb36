"""Writing MP4 that every browser and phone plays, with true times and nothing private."""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import av
import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from numpy.typing import NDArray

from formcheck.errors import FormcheckError
from formcheck.files import part_name, write_error
from formcheck.settings.video import VideoSettings

_TICKS_PER_S: Final = 90_000
_BT709: Final = 1  # colour primaries, transfer and matrix; what players assume for HD
_TV_RANGE: Final = 1
_MAX_PENDING: Final = 4


class Mp4Writer:
    """Write RGB pictures as an H.264 file: whole at the end of the ``with`` block, or not at all.

    H.264 High, 4:2:0, index at the front (``faststart``), a keyframe every few frames and no
    B-frames, so that stepping works in a browser. No sound, no location, no camera data.

    Parameters
    ----------
    path : Path or str
        Replaced if it exists, once the new file is whole.
    width_px, height_px : int
        Size of the pictures given to :meth:`write`; an odd side is padded by repeating its last
        line, because 4:2:0 needs even sizes.
    slow_factor : float
        Seconds shown per second given: 4 plays four times slower.
    rate_hz : float
        About how many pictures per second are shown; a hint for the encoder, not a clock.
    settings : VideoSettings, optional

    Raises
    ------
    FormcheckError
        ``DISK_FULL`` or ``OUTPUT_NOT_WRITABLE``.
    """

    def __init__(
        self,
        path: Path | str,
        width_px: int,
        height_px: int,
        *,
        slow_factor: float = 1.0,
        rate_hz: float = 30.0,
        settings: VideoSettings | None = None,
    ) -> None:
        if width_px < 1 or height_px < 1 or not slow_factor > 0:
            msg = (
                "width_px, height_px and slow_factor must be positive, "
                f"got {width_px}, {height_px} and {slow_factor}"
            )
            raise ValueError(msg)
        self.path = Path(path)
        self._size_px = (width_px, height_px)
        self._slow_factor = slow_factor
        self._rate_hz = rate_hz
        self._settings = settings if settings is not None else VideoSettings()
        self._part = part_name(self.path)
        self._first_s: float | None = None
        self._last_tick = -1
        self._converter = VideoReformatter()
        # converting and encoding are native code: the next picture is drawn meanwhile
        self._beside = ThreadPoolExecutor(1, "encode")
        self._pending: deque[Future[None]] = deque()

    def __enter__(self) -> Self:
        """Open the temporary file."""
        s = self._settings
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._part.touch()
        except OSError as cause:
            raise write_error(cause, self.path) from cause
        self._container = av.open(
            f"file:{self._part}",
            mode="w",
            format="mp4",
            container_options={"movflags": "+faststart", "fflags": "+bitexact"},
        )
        options = {"crf": str(s.crf), "preset": s.preset, "profile": "high", "bf": "0"}
        rate = Fraction(max(self._rate_hz, 1.0)).limit_denominator(1001)
        stream = self._container.add_stream("libx264", rate=rate, options=options)
        stream.width, stream.height = (n + n % 2 for n in self._size_px)
        stream.pix_fmt = "yuv420p"
        stream.gop_size = s.gop_frames
        stream.max_b_frames = 0
        context = stream.codec_context
        context.time_base = Fraction(1, _TICKS_PER_S)
        context.color_primaries = context.color_trc = context.colorspace = _BT709
        context.color_range = _TV_RANGE
        self._stream = stream
        return self

    def write(self, image: NDArray[np.uint8], time_s: float) -> None:
        """Append one picture.

        Parameters
        ----------
        image : ndarray of uint8, shape (H, W, 3)
            RGB, of the size given at the start.
        time_s : float
            When it is shown, seconds; must rise. The first picture is shown at once.

        Raises
        ------
        ValueError
            If the shape is another or the time does not rise.
        FormcheckError
            ``DISK_FULL`` or ``OUTPUT_NOT_WRITABLE``.
        """
        width, height = self._size_px
        if image.shape != (height, width, 3) or image.dtype != np.uint8:
            msg = f"image must be uint8 ({height}, {width}, 3), got {image.dtype} {image.shape}"
            raise ValueError(msg)
        self._first_s = time_s if self._first_s is None else self._first_s
        tick = round((time_s - self._first_s) * self._slow_factor * _TICKS_PER_S)
        if tick <= self._last_tick:
            msg = (
                f"time_s must rise by at least one tick, got {time_s} after tick {self._last_tick}"
            )
            raise ValueError(msg)
        self._last_tick = tick
        frame = VideoFrame.from_ndarray(_even(image), format="rgb24")
        while len(self._pending) >= _MAX_PENDING:
            self._pending.popleft().result()
        self._pending.append(self._beside.submit(self._encode, frame, tick))

    def _encode(self, picture: VideoFrame, tick: int) -> None:
        frame = self._converter.reformat(
            picture,
            format="yuv420p",
            dst_colorspace=_BT709,
            dst_color_range=_TV_RANGE,
        )
        frame.pts = tick
        frame.time_base = Fraction(1, _TICKS_PER_S)
        try:
            for packet in self._stream.encode(frame):
                self._container.mux(packet)
        except FFmpegError as cause:
            raise _write_error(cause, self.path) from cause

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish and rename, or leave nothing behind."""
        try:
            self._beside.shutdown(cancel_futures=kind is not None)
            failure = self._failure()
            self._finish(is_good=kind is None and failure is None)
            if kind is None and failure is not None:
                raise failure
        finally:
            self._part.unlink(missing_ok=True)

    def _failure(self) -> BaseException | None:
        """Return what stopped the encoding of a picture, if anything did."""
        done = (f for f in self._pending if not f.cancelled())
        return next((e for f in done if (e := f.exception()) is not None), None)

    def _finish(self, *, is_good: bool) -> None:
        try:
            if is_good and self._first_s is not None:
                for packet in self._stream.encode(None):
                    self._container.mux(packet)
            self._container.close()
        except FFmpegError as cause:
            if is_good:
                raise _write_error(cause, self.path) from cause
            return
        if not is_good:
            return
        if self._first_s is None:
            msg = "write at least one picture before leaving the with block"
            raise ValueError(msg)
        try:
            self._part.replace(self.path)
        except OSError as cause:
            raise write_error(cause, self.path) from cause


def _even(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = image.shape[:2]
    if height % 2 == 0 and width % 2 == 0:
        return np.ascontiguousarray(image)
    return np.pad(image, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")


def _write_error(cause: FFmpegError, path: Path) -> FormcheckError:
    return write_error(OSError(cause.errno, cause.strerror), path)
