"""Captions of the annotated clip (WebVTT): what each pause shows, so that no message needs eyes."""

from collections.abc import Iterable

import numpy as np

from formcheck.data import Trial
from formcheck.render import wording
from formcheck.render.captions import stamp
from formcheck.render.clip import representative_span
from formcheck.render.moments import Moment, key_moments
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings

_READING_S = 2.5


def clip_webvtt(
    trial: Trial,
    measurements: Iterable[Measurement],
    settings: RenderSettings | None = None,
    *,
    whole: bool = False,
) -> str:
    """Return the captions of ``strides.mp4`` (or of ``annotated.mp4``), on that clip's own clock.

    A cue begins as the clip pauses on its moment and stays long enough to be read, or until the
    next one.

    Parameters
    ----------
    trial : Trial
    measurements : iterable of Measurement
    settings : RenderSettings, optional
    whole : bool
        Captions for the whole clip at true speed.

    Returns
    -------
    str
        A WebVTT file; without cues where no step or repetition was found.
    """
    settings = settings or RenderSettings()
    measured = tuple(measurements)
    t = trial.raw.time_s
    span = (float(t[0]), float(t[-1]) + 1e-6)
    if not whole:
        found = representative_span(trial, measured, settings)
        if found is None:
            return "WEBVTT\n"
        span = found
    slow = 1.0 if whole else settings.slow_factor
    first = float(t[int(np.searchsorted(t, span[0]))])
    pauses = {
        int(np.argmin(np.abs(t - m.time_s))): m
        for m in key_moments(trial, measured)
        if span[0] <= m.time_s < span[1]
    }
    begins = [
        (float(t[row]) - first) * slow + k * settings.hold_s for k, row in enumerate(sorted(pauses))
    ]
    cues = []
    for k, row in enumerate(sorted(pauses)):
        end = begins[k] + max(_READING_S, settings.hold_s)
        if k + 1 < len(begins):
            end = min(end, begins[k + 1])
        words = _words(pauses[row], measured, settings)
        cues.append(f"{k + 1}\n{stamp(begins[k])} --> {stamp(end)}\n{words}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


def _words(moment: Moment, measured: tuple[Measurement, ...], settings: RenderSettings) -> str:
    told = [
        f"{wording.lower_first(wording.title_of(m.id))} {wording.value_text(m, settings)}"
        + ("" if m.status == "ok" else " (uncertain)")
        for measure_id in moment.measure_ids
        for m in measured
        if m.id == measure_id and m.side in (moment.side, "both") and m.value is not None
    ]
    head = f"{moment.side.capitalize()} {moment.title}"
    return f"{head}: {'; '.join(told)}" if told else head
