"""The whole clip for the app's player: face hidden, body and curves beside it as numbers.

The lines are drawn by the player over the picture, so that they can be switched off; nothing is
painted frame by frame here, which makes this the cheapest way to show every step of a clip.

    review.mp4    the shown part of the clip at true speed, every frame
    review.json   per shown frame: true time, landmarks; the curves that the measures read
    review.vtt    captions: what happens when, for those who do not see the lines
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from formcheck.data import FloatArray, IntArray, Trial
from formcheck.errors import FormcheckError
from formcheck.files import whole_file
from formcheck.keypoints import BONES, INDEX
from formcheck.render import captions
from formcheck.render.annotators.face_blur import FaceBlur
from formcheck.render.compose import Framing, Painter, framing, landmarks_of
from formcheck.render.draw import Image
from formcheck.render.head import head_track
from formcheck.render.timeline import timeline_curves
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings
from formcheck.settings.video import VideoSettings
from formcheck.video.decode import read_frames
from formcheck.video.encode import Mp4Writer

VIDEO: Final = "review.mp4"
DATA: Final = "review.json"
CAPTIONS: Final = "review.vtt"
DRAWN: Final[tuple[str, ...]] = tuple(sorted({name for bone in BONES for name in bone}))
_DATA_VERSION: Final = 1


def write_review(
    trial: Trial,
    measurements: Iterable[Measurement],
    folder: Path,
    settings: RenderSettings | None = None,
    *,
    blur_face: bool = True,
    cancel: Callable[[], bool] | None = None,
) -> Path:
    """Write ``review.mp4``, ``review.json`` and ``review.vtt`` into `folder`.

    Parameters
    ----------
    trial : Trial
    measurements : iterable of Measurement
        For the captions.
    folder : Path
    settings : RenderSettings, optional
    blur_face : bool
        Pixelate the head.
    cancel : callable, optional
        Asked now and then; True stops the work.

    Returns
    -------
    Path
        The video.

    Raises
    ------
    FormcheckError
        CANCELLED, or if a file cannot be written.
    """
    settings = settings or RenderSettings()
    settings = settings.model_copy(
        update={"max_side_px": settings.review_side_px, "min_height_px": 240}
    )
    heads = head_track(trial.raw, settings)
    painter = Painter(trial=trial, readings=(), heads=heads, settings=settings, blur_face=blur_face)
    time_s = trial.raw.time_s
    rows = shown_rows(time_s, settings.review_rate_hz)
    shown = framing(trial, heads, [int(r) for r in rows], settings, stray_pct=1.0)
    shown = Framing(
        left=shown.left,
        top=shown.top,
        width=shown.width,
        height=shown.height,
        scale=min(shown.scale, settings.review_side_px / max(shown.width, shown.height)),
    )
    points = shown.points(landmarks_of(trial, rows))[:, [INDEX[n] for n in DRAWN]]
    written = _write_video(painter, rows, shown, folder / VIDEO, cancel)
    data = review_data(trial, rows[written], points[written], shown)
    with whole_file(folder / DATA) as part:
        part.write_text(json.dumps(data, separators=(",", ":")), encoding="utf-8")
    with whole_file(folder / CAPTIONS) as part:
        part.write_text(captions.webvtt(trial, measurements, settings), encoding="utf-8")
    return folder / VIDEO


def shown_rows(time_s: FloatArray, most_hz: float) -> IntArray:
    """Return the frames to show: none sooner after another than the shown rate allows.

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
    most_hz : float
    """
    keep: list[int] = []
    last = -np.inf
    for row, t in enumerate(time_s):
        if t - last >= 0.9 / most_hz:
            keep.append(row)
            last = float(t)
    return np.asarray(keep, dtype=np.int64)


def review_data(trial: Trial, rows: IntArray, points: FloatArray, shown: Framing) -> dict[str, Any]:
    """Return what the player draws from.

    Parameters
    ----------
    rows : ndarray of int, shape (N,)
        Source frame of each shown frame.
    points : ndarray of float, shape (N, J, 2)
        Places of the drawn landmarks in the shown picture, px; NaN where unseen.
    shown : Framing
    """
    time_s = trial.raw.time_s[rows]
    sure = trial.raw.confidence[rows][:, [INDEX[n] for n in DRAWN]] >= 0.5
    order = {name: i for i, name in enumerate(DRAWN)}
    return {
        "version": _DATA_VERSION,
        "size_px": list(shown.size_px),
        "time_s": _rounded(time_s, 4),
        "frame": [int(r) for r in rows],
        "names": list(DRAWN),
        "bones": [[order[a], order[b]] for a, b in BONES],
        "points": [_flat(p) for p in points],
        "sure": ["".join("1" if s else "0" for s in row) for row in sure],
        "curves": timeline_curves(trial),
    }


def _write_video(
    painter: Painter,
    rows: IntArray,
    shown: Framing,
    path: Path,
    cancel: Callable[[], bool] | None,
) -> IntArray:
    """Write the frames that decode; return which of `rows` those were."""
    trial = painter.trial
    time_s = trial.raw.time_s
    wanted = {int(row): i for i, row in enumerate(rows)}
    blur = FaceBlur()
    width, height = shown.size_px
    written: list[int] = []
    rate = rows.size / max(float(time_s[-1] - time_s[0]), 1e-3)
    encoding = VideoSettings(preset="superfast", crf=painter.settings.review_crf)
    with Mp4Writer(path, width, height, rate_hz=rate, settings=encoding) as out:
        for row, picture in read_frames(trial.clip, int(rows[0]), int(rows[-1]) + 1):
            if row not in wanted:
                continue
            if cancel is not None and cancel():
                code = "CANCELLED"
                raise FormcheckError(code, "stopped while drawing")
            part = picture[
                shown.top : shown.top + shown.height, shown.left : shown.left + shown.width
            ]
            how = cv2.INTER_AREA if shown.scale < 1 else cv2.INTER_LINEAR
            image: Image = np.asarray(
                cv2.resize(part, (width, height), interpolation=how), np.uint8
            )
            if painter.blur_face:
                image = blur.annotate(image, painter.head_context(row, shown))
            out.write(image, float(time_s[row]))
            written.append(wanted[row])
    return np.asarray(written, dtype=np.int64)


def _flat(points: FloatArray) -> list[int | None]:
    """Return x, y, x, y ... as whole pixels; None where unseen."""
    return [int(v) if np.isfinite(v) else None for v in np.round(points).ravel()]


def _rounded(values: FloatArray, digits: int) -> list[float]:
    return [round(float(v), digits) for v in values]
