"""The annotated clip: slow strides around the median step, or all of it; key frames pause."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from formcheck.data import Clip, IntArray, Trial
from formcheck.render.compose import Painter, framing, readings_of
from formcheck.render.head import head_track
from formcheck.render.moments import Moment, key_moments, shown_sides, typical_rep, typical_step
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings
from formcheck.video.decode import read_frames
from formcheck.video.encode import Mp4Writer


def write_strides(
    clip: Clip,
    trial: Trial,
    measurements: Iterable[Measurement],
    path: Path,
    settings: RenderSettings | None = None,
    *,
    blur_face: bool = True,
) -> Path | None:
    """Write two or three strides around the median step, slowed down, with pauses on key frames.

    Parameters
    ----------
    clip : Clip
    trial : Trial
    measurements : iterable of Measurement
    path : Path
        The MP4 to write.
    settings : RenderSettings, optional
    blur_face : bool
        Pixelate the head.

    Returns
    -------
    Path or None
        `path`; None (and no file) where no step or repetition was found.
    """
    settings = settings or RenderSettings()
    measured = tuple(measurements)
    span = representative_span(trial, measured, settings)
    if span is None:
        return None
    painter = _painter(trial, measured, settings, blur_face=blur_face)
    _write(clip, painter, path, span, slow=settings.slow_factor)
    return path


def write_full(
    clip: Clip,
    trial: Trial,
    measurements: Iterable[Measurement],
    path: Path,
    settings: RenderSettings | None = None,
    *,
    blur_face: bool = True,
) -> Path:
    """Write the whole clip annotated, at true speed, with pauses on key frames.

    Parameters are those of :func:`write_strides`; frames are read, drawn and written one at a time.
    """
    settings = settings or RenderSettings()
    painter = _painter(trial, tuple(measurements), settings, blur_face=blur_face)
    t = trial.raw.time_s
    _write(clip, painter, path, (float(t[0]), float(t[-1]) + 1e-6), slow=1.0)
    return path


def representative_span(
    trial: Trial, measurements: Iterable[Measurement], settings: RenderSettings
) -> tuple[float, float] | None:
    """Return ``[start, end)`` of the strides or repetitions around the median one, true seconds."""
    measured = tuple(measurements)
    chosen: list[tuple[float, float]] = []
    for side in shown_sides(trial):
        if trial.reps and not trial.steps:
            rep = typical_rep(trial, side, measured)
            chosen += [] if rep is None else [(rep.start_s, rep.end_s)]
            continue
        step = typical_step(trial, side, measured)
        if step is not None:
            chosen.append((step.strike_s, step.stride_end_s or step.end_s or step.strike_s + 0.8))
    if not chosen:
        return None
    if trial.reps and not trial.steps:
        return _padded(trial, chosen[0] if len(chosen) == 1 else _longest_gapless(chosen))
    length = chosen[0][1] - chosen[0][0]
    half = 0.5 * (settings.median_steps_clip - 1) * length
    return _padded(trial, (chosen[0][0] - half, chosen[0][1] + half))


def _longest_gapless(spans: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the join of both repetitions if they are near each other, else the first."""
    a, b = sorted(spans)
    return (a[0], b[1]) if b[0] - a[1] < 2.0 else spans[0]


def _padded(trial: Trial, span: tuple[float, float]) -> tuple[float, float]:
    t = trial.raw.time_s
    return max(float(t[0]), span[0] - 0.1), min(float(t[-1]) + 1e-6, span[1] + 0.1)


def _painter(
    trial: Trial, measured: tuple[Measurement, ...], settings: RenderSettings, *, blur_face: bool
) -> Painter:
    return Painter(
        trial=trial,
        readings=readings_of(measured),
        heads=head_track(trial.raw, settings),
        settings=settings,
        blur_face=blur_face,
    )


def _write(
    clip: Clip, painter: Painter, path: Path, span: tuple[float, float], *, slow: float
) -> None:
    s = painter.settings
    t = painter.trial.raw.time_s
    rows = np.flatnonzero((t >= span[0]) & (t < span[1]))
    keep = set(_thinned(painter, rows, slow))
    pauses = {painter.row_at(m.time_s): m for m in _moments_in(painter, span)}
    keep |= {r for r in pauses if rows[0] <= r <= rows[-1]}
    shown = framing(painter.trial, painter.heads, [int(r) for r in rows], s, stray_pct=2.0)
    width, height = shown.size_px
    with Mp4Writer(path, width, height + shown.strip_px, rate_hz=s.clip_rate_hz) as out:
        shown_s = 0.0
        last: float | None = None
        image = None
        for row, picture in read_frames(clip, int(rows[0]), int(rows[-1]) + 1):
            if row not in keep:
                continue
            now = float(t[row])
            shown_s += 0.0 if last is None else (now - last) * slow
            last = now
            moment = pauses.get(row)
            image = painter.paint(shown.picture(picture), painter.context(row, shown, moment))
            out.write(image, shown_s)
            shown_s += 0.0 if moment is None else s.hold_s
        if image is not None:  # the last picture needs an end to be seen
            out.write(image, shown_s + slow / max(clip.fps, 1.0))


def _thinned(painter: Painter, rows: IntArray, slow: float) -> Iterator[int]:
    """Yield the rows to show: none sooner after another than the shown rate allows."""
    t = painter.trial.raw.time_s
    least_s = 1.0 / (painter.settings.clip_rate_hz * slow)
    last = -np.inf
    for row in rows:
        if t[row] - last >= 0.9 * least_s:
            last = float(t[row])
            yield int(row)


def _moments_in(painter: Painter, span: tuple[float, float]) -> tuple[Moment, ...]:
    measured = tuple(r.measurement for r in painter.readings)
    found = key_moments(painter.trial, measured)
    return tuple(m for m in found if span[0] <= m.time_s < span[1])
