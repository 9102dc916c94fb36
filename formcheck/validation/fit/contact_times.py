"""Learns the contact times anew (``fitted/contact_times.json``)."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.events.calibrate import Example, examples_of, fit
from formcheck.fitted.contact_times import ContactTimes
from formcheck.fitted.header import Header
from formcheck.keypoints import SIDES, Side
from formcheck.pipeline.measure import AnalysisRun
from formcheck.validation.truth import RUNS, Truth

NOTE: Final = (
    "Fitted on rendered runners (MakeHuman bodies) whose contacts are known exactly; landmarks by "
    "MediaPipe full, unsmoothed, and the head's and back's motion in the pixels. Left out: each "
    "person in turn. None of these clips is scored."
)


def contacts_of(truth: Truth) -> dict[Side, FloatArray]:
    """Return strike and toe-off of every whole contact, seconds, shape (N, 2) per side."""
    return {
        side: np.array(
            [
                (c.strike_s, c.toe_off_s)
                for c in truth.contacts
                if c.side == side and c.strike_s is not None and c.toe_off_s is not None
            ]
        ).reshape(-1, 2)
        for side in SIDES
    }


def examples(pairs: Iterable[tuple[Truth, AnalysisRun]]) -> list[Example]:
    """Return the examples of analysed runs."""
    out: list[Example] = []
    for truth, run in pairs:
        out += examples_of(
            truth.name,
            run.trial.raw,
            run.trial.scene,
            contacts_of(truth),
            runner=truth.spec["body"],
            channels=run.observed.channels,
        )
    return out


def fit_contact_times(
    pairs: Iterable[tuple[Truth, AnalysisRun]], old: ContactTimes, header: Header
) -> ContactTimes:
    """Return the table learned anew on analysed clips; `old` where a view has too few people."""
    found = fit(examples((t, run) for t, run in pairs if t.protocol in RUNS))
    header = header.model_copy(update={"note": NOTE})
    return ContactTimes(header=header, views={**old.views, **found})
