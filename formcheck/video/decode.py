"""Reading pictures: upright, frame-exact from anywhere, one at a time."""

import itertools
from collections.abc import Iterable, Iterator
from fractions import Fraction

import numpy as np
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from formcheck.data import Clip, FloatArray, IntArray
from formcheck.errors import FormcheckError
from formcheck.settings.video import VideoSettings
from formcheck.video.container import decoded, opened
from formcheck.video.orient import Image, Turn

# Seconds before the wanted frame at which a seek is tried, until it lands early enough. Files index
# keyframes by decoding time, which comes before the presentation time asked for.
_SEEK_BACK_S = (0.0, 1.0, 5.0, 30.0)
_SAME_S = 1e-6


def read_frames(  # noqa: PLR0913 (each says how a picture is read)
    clip: Clip,
    start: int = 0,
    stop: int | None = None,
    *,
    gray: bool = False,
    max_side_px: int | None = None,
    decode_from: int | None = None,
    settings: VideoSettings | None = None,
) -> Iterator[tuple[int, Image]]:
    """Yield the pictures ``[start, stop)`` of a clip, one at a time.

    Starting in the middle gives the same pictures as reading from the start, unless the file is
    damaged near there. A picture that damage in the middle of a file makes undecodable is left
    out, so use the index and not a count.

    Parameters
    ----------
    clip : Clip
    start, stop : int, optional
        Frame indices, half-open; to the end when `stop` is left out.
    gray : bool
        Yield brightness only.
    max_side_px : int, optional
        Scale down so that the longer side has at most this many pixels.
    decode_from : int, optional
        An earlier frame to begin decoding at: what a decoder makes of damage depends on it.
    settings : VideoSettings, optional

    Yields
    ------
    index : int
        Row of ``clip.file_time_s``.
    image : ndarray of uint8, shape (H, W, 3) RGB, or (H, W) if `gray`
        Upright, square pixels, a mirrored clip flipped back.

    Raises
    ------
    ValueError
        If ``0 <= start <= stop`` does not hold.
    FormcheckError
        If the file is gone or unreadable.
    """
    stop = max(start, clip.n_frames) if stop is None else stop
    if not 0 <= start <= stop:
        msg = f"start and stop must be 0 <= start <= stop, got {start} and {stop}"
        raise ValueError(msg)
    settings = settings if settings is not None else VideoSettings()
    pairs = _indexed(clip, start, min(stop, clip.n_frames), settings, decode_from)
    return _images(pairs, clip, gray=gray, max_side_px=max_side_px)


def read_indices(
    clip: Clip,
    indices: Iterable[int],
    *,
    gray: bool = False,
    max_side_px: int | None = None,
    settings: VideoSettings | None = None,
) -> Iterator[tuple[int, Image]]:
    """Yield chosen pictures in rising order, each once, seeking over the gaps between them.

    Parameters
    ----------
    clip : Clip
    indices : iterable of int
        Frame indices in any order.
    gray, max_side_px, settings
        As in :func:`read_frames`.

    Yields
    ------
    index : int
    image : ndarray of uint8
        As in :func:`read_frames`.

    Raises
    ------
    IndexError
        If an index is not a frame of the clip.
    """
    wanted = sorted({int(i) for i in indices})
    if wanted and not 0 <= wanted[0] <= wanted[-1] < clip.n_frames:
        msg = f"indices must lie in [0, {clip.n_frames}), got {wanted[0]} to {wanted[-1]}"
        raise IndexError(msg)
    settings = settings if settings is not None else VideoSettings()
    pairs = (
        (index, frame)
        for run in _runs(clip, wanted, settings)
        for index, frame in _indexed(clip, run[0], run[-1] + 1, settings)
        if index in run
    )
    return _images(pairs, clip, gray=gray, max_side_px=max_side_px)


def read_still(clip: Clip, index: int, *, max_side_px: int | None = None) -> Image:
    """Return one picture, RGB uint8, shape (H, W, 3).

    Raises
    ------
    FormcheckError
        ``FILE_UNREADABLE`` if this picture cannot be decoded.
    """
    for _, image in read_indices(clip, [index], max_side_px=max_side_px):
        return image
    msg = f"picture {index} of {clip.path.name} cannot be decoded"
    raise FormcheckError("FILE_UNREADABLE", msg)


def keyframe_indices(clip: Clip, settings: VideoSettings | None = None) -> IntArray:
    """Return the frames at which decoding can start, rising; always holds frame 0."""
    keys = {0}
    if clip.seekable:
        targets_s = _stamps_s(clip)
        with opened(clip.path, settings) as (container, stream):
            tick_s = float(stream.time_base or 0)
            try:
                for packet in container.demux(stream):
                    if packet.is_keyframe and packet.pts is not None:
                        index = _match(targets_s, packet.pts * tick_s)
                        keys.update(() if index is None else (index,))
            except FFmpegError:
                pass  # the keyframes before the damage still stand
    return np.array(sorted(keys), dtype=np.int64)


def split_segments(
    clip: Clip, n: int, settings: VideoSettings | None = None
) -> tuple[tuple[int, int], ...]:
    """Cut a clip into about equal pieces that begin at a keyframe where one is near.

    Parameters
    ----------
    clip : Clip
    n : int
        Pieces wanted; fewer come back for a clip with fewer frames.
    settings : VideoSettings, optional

    Returns
    -------
    tuple of (start, stop)
        Half-open, in order, none empty, together the whole clip.
    """
    if n < 1:
        msg = f"n must be at least 1, got {n}"
        raise ValueError(msg)
    settings = settings if settings is not None else VideoSettings()
    length = clip.n_frames / n
    keys = keyframe_indices(clip, settings) if n > 1 else np.zeros(1, dtype=np.int64)
    borders = {0, clip.n_frames}
    for k in range(1, n):
        nearest = int(keys[np.argmin(np.abs(keys - k * length))])
        is_near = abs(nearest - k * length) <= length * settings.snap_segment_pct / 100
        borders.add(nearest if is_near else round(k * length))
    ordered = sorted(borders)
    return tuple(itertools.pairwise(ordered))


def scaled_size(width_px: int, height_px: int, max_side_px: int | None) -> tuple[int, int]:
    """Return the size whose longer side is at most `max_side_px`, never enlarged."""
    longer = max(width_px, height_px)
    if max_side_px is None or longer <= max_side_px:
        return width_px, height_px
    scale = max_side_px / longer
    return max(1, round(width_px * scale)), max(1, round(height_px * scale))


def _images(
    pairs: Iterator[tuple[int, VideoFrame]], clip: Clip, *, gray: bool, max_side_px: int | None
) -> Iterator[tuple[int, Image]]:
    """Turn decoded pictures into arrays."""
    turn: Turn | None = None
    # one for all frames: a frame's own would set its tables up anew for every picture
    converter = VideoReformatter()
    for index, frame in pairs:
        # Only of the first: looking at a frame's side data ties frame and data into a cycle, and
        # pictures would pile up by the hundred until the garbage collector runs.
        turn = Turn.of(frame) if turn is None else turn
        width, height = turn.size(*scaled_size(clip.width_px, clip.height_px, max_side_px))
        stored = converter.reformat(
            frame,
            width=width,
            height=height,
            format="gray" if gray else "rgb24",
            interpolation="AREA" if width < frame.width else "BILINEAR",
        ).to_ndarray()
        upright = turn.mirrored() if clip.mirrored else turn
        yield index, upright.apply(np.asarray(stored, dtype=np.uint8))


def _indexed(
    clip: Clip, start: int, stop: int, settings: VideoSettings, decode_from: int | None = None
) -> Iterator[tuple[int, VideoFrame]]:
    """Yield decoded pictures with their index."""
    if start >= stop:
        return
    last = start - 1
    first = start if decode_from is None else min(decode_from, start)
    pairs = _by_time(clip, first, settings) if clip.seekable else _by_count(clip, settings)
    for index, frame in pairs:
        if index is None or index <= last:
            continue  # before the start, or a picture the clock left out
        if index >= stop:
            return
        last = index
        yield index, frame
        if index == stop - 1:
            return  # the next picture may be a whole group away


def _by_count(clip: Clip, settings: VideoSettings) -> Iterator[tuple[int | None, VideoFrame]]:
    with opened(clip.path, settings) as (container, stream):
        if not clip.file_frames:
            yield from enumerate(decoded(container, stream))
            return
        row_of = {number: row for row, number in enumerate(clip.file_frames)}
        for number, frame in enumerate(decoded(container, stream)):
            yield row_of.get(number), frame


def _by_time(
    clip: Clip, start: int, settings: VideoSettings
) -> Iterator[tuple[int | None, VideoFrame]]:
    targets_s = _stamps_s(clip)
    back_s = _seek_distance_s(clip, start, settings) if start or clip.begins_s > 0 else None
    with opened(clip.path, settings) as (container, stream):
        if back_s is not None:
            tick_s = Fraction(stream.time_base or 1)
            container.seek(round((float(targets_s[start]) - back_s) / tick_s), stream=stream)
        for frame in decoded(container, stream):
            yield (None if frame.pts is None else _match(targets_s, frame.time)), frame


def _seek_distance_s(clip: Clip, start: int, settings: VideoSettings) -> float | None:
    """Return how long before frame `start` to seek so as to land on a keyframe at or before it.

    The keyframe's packet is looked at, not the first decoded picture: with open groups, pictures
    that lean on the group before come out first, broken.
    """
    target_s = float(_stamps_s(clip)[start])
    with opened(clip.path, settings) as (container, stream):
        tick_s = Fraction(stream.time_base or 1)
        for back_s in _SEEK_BACK_S:
            try:
                container.seek(round((target_s - back_s) / tick_s), stream=stream)
                packet = next(container.demux(stream))
            except (FFmpegError, StopIteration):
                continue
            lands_s = float("inf") if packet.pts is None else float(packet.pts * tick_s)
            if packet.is_keyframe and lands_s <= target_s + _SAME_S:
                return back_s
    return None


def _stamps_s(clip: Clip) -> FloatArray:
    """Return the file's own timestamps of the frames, shape (T,)."""
    return np.asarray(clip.file_time_s + clip.start_s)


def _match(targets_s: FloatArray, time_s: float) -> int | None:
    """Return the frame with this timestamp, None if there is none."""
    at = int(np.searchsorted(targets_s, time_s - _SAME_S))
    is_same = at < targets_s.size and abs(float(targets_s[at]) - time_s) <= _SAME_S
    return at if is_same else None


def _runs(clip: Clip, wanted: list[int], settings: VideoSettings) -> list[list[int]]:
    """Group indices so that each group is cheaper to decode through than to seek within."""
    runs: list[list[int]] = []
    keys: IntArray | None = None
    for index in wanted:
        if runs and index - runs[-1][-1] > settings.seek_gap_frames:
            keys = keyframe_indices(clip, settings) if keys is None else keys
            if ((keys > runs[-1][-1]) & (keys <= index)).any():
                runs.append([index])
                continue
        if runs:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
