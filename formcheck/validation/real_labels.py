"""Reads the hand labels of real clips: one ``labels.json`` per folder, in either of two forms.

Frames are 0-based decoded frames and may be fractional; sides are the person's own. What a label
leaves open (a side, a count) is None and is not scored.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from formcheck.errors import FormcheckError
from formcheck.registry import PROTOCOLS
from formcheck.validation.truth import CADENCE

NONE: Final = "none"
"""The test of a clip that shows none: the right answer is a refusal or a question."""
_LETTERS: Final = {"L": "left", "R": "right", "both": "both"}
_RUN_ON: Final = {"treadmill": "treadmill_run", "static": "jog_on_spot"}
_KINDS: Final = {"strike_": "foot_strike", "toe_off_": "toe_off"}
_SHORT_KINDS: Final = {"ic": "foot_strike", "to": "toe_off"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledEvents:
    """The labelled moments of one kind of event, all sides together.

    Attributes
    ----------
    moments : tuple of (float, str or None)
        Frame and side (None where the labeller could not tell), in order of time.
    span : tuple of float
        First and last frame between which every such event is labelled.
    """

    kind: str
    moments: tuple[tuple[float, str | None], ...]
    span: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class RealClip:
    """One real clip and what a person saw in it.

    Attributes
    ----------
    test : str
        Protocol that fits, or ``none``.
    may_refuse : bool
        A refusal or a question is as right as an analysis.
    count : int or None
        Whole repetitions or landings.
    extremes : tuple of float
        Frames of the deepest (or highest) moments, or landings, each give or take `extreme_u`.
    side : {"left", "right", "both"} or None
        Working leg of the whole clip.
    cadence : tuple of float or None
        Steps per minute on the file's clock, and plus or minus how much.
    contact : tuple of float or None
        Contact time by eye, ms on the file's clock, and plus or minus how much.
    """

    name: str
    path: Path
    test: str
    may_refuse: bool
    count: int | None = None
    extremes: tuple[float, ...] = ()
    extreme_u: float = 0.0
    side: str | None = None
    events: tuple[LabelledEvents, ...] = ()
    cadence: tuple[float, float] | None = None
    contact: tuple[float, float] | None = None

    @property
    def runs(self) -> bool:
        """Whether the fitting test is a run."""
        return self.test != NONE and PROTOCOLS[self.test].detector == "run"


def read_real(folder: Path) -> tuple[RealClip, ...]:
    """Return the labelled clips of a folder, by name.

    Raises
    ------
    FormcheckError
        FILE_NOT_FOUND without a ``labels.json``, RESULT_UNREADABLE if it is none.
    """
    path = folder / "labels.json"
    if not path.is_file():
        code, what = "FILE_NOT_FOUND", f"{folder} holds no labels.json"
        raise FormcheckError(code, what)
    try:
        labels = json.loads(path.read_text(encoding="utf-8"))
        clips = [
            _clip(name, folder / label.get("file", f"{name}.mp4"), label)
            for name, label in sorted(labels.items())
            if not name.startswith("_")
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        code, what = "RESULT_UNREADABLE", f"{path.name}: {type(error).__name__}: {error}"
        raise FormcheckError(code, what) from error
    return tuple(c for c in clips if c.path.is_file())


def _clip(name: str, path: Path, label: Mapping[str, Any]) -> RealClip:
    if "protocol" in label:
        return _movement(name, path, label)
    if isinstance(label["expected"], str):
        return _run(name, path, label)
    return _early(name, path, label)


def _movement(name: str, path: Path, label: Mapping[str, Any]) -> RealClip:
    """Read a movement test."""
    side = str(label["working_side"]).split(" ")[0].rstrip(",")
    return RealClip(
        name=name,
        path=path,
        test=str(label["protocol"]),
        may_refuse=any(word in label["expected"] for word in ("refus", "asked")),
        count=label["full_reps"],
        extremes=tuple(label["extreme_frames"]),
        extreme_u=float(label["extreme_u_frames"]),
        side=side if side in _LETTERS.values() else None,
    )


def _run(name: str, path: Path, label: Mapping[str, Any]) -> RealClip:
    """Read a clip of running or walking."""
    expected, cadence = label["expected"], label[CADENCE]
    walks = name.startswith("walk_") and "jog" not in expected
    never = walks or (expected.startswith("refuse") and " or analyse" not in expected)
    on = str(label["surface"]).split(" ")[0]
    events = _run_events(label["events"] or {})
    return RealClip(
        name=name,
        path=path,
        test=NONE if never else _RUN_ON.get(on, "hallway_run"),
        may_refuse="refuse" in expected,
        events=events,
        cadence=(cadence["steps_per_min_file_clock"], cadence["plus_minus"]) if cadence else None,
        contact=_contact(events, float(label["fps"])),
    )


def _run_events(label: Mapping[str, Any]) -> tuple[LabelledEvents, ...]:
    out = []
    for prefix, kind in _KINDS.items():
        moments = [
            (float(frame), side if side in ("left", "right") else None)
            for key, frames in label.items()
            if key.startswith(prefix) and isinstance(frames, list)
            for frame, side in ((f, key.removeprefix(prefix)) for f in frames)
        ]
        if moments:
            first, last = label["labelled_frames"]
            span = (float(first), float(last))
            out.append(
                LabelledEvents(kind=kind, moments=tuple(sorted(moments, key=_at)), span=span)
            )
    return tuple(out)


def _at(moment: tuple[float, str | None]) -> float:
    return moment[0]


def _contact(events: tuple[LabelledEvents, ...], fps: float) -> tuple[float, float] | None:
    """Return the mean contact time between labelled strikes and toe-offs of the same foot, ms."""
    if len(events) < 2:
        return None
    strikes, offs = (e.moments for e in events)
    lengths = []
    for frame, side in strikes:
        later = [f for f, s in offs if f > frame and s == side and side is not None]
        if later:
            lengths.append(1000 * (min(later) - frame) / fps)
    if not lengths:
        return None
    one_frame = 1000 / fps
    return float(np.mean(lengths)), float(one_frame * np.sqrt(2 / len(lengths) + 0.25))


def _early(name: str, path: Path, label: Mapping[str, Any]) -> RealClip:
    """Read the form of the first clips: ``ic``, ``to``, ``bottoms``, nested ``expected``."""
    expected = label["expected"]
    bottoms = [(f, _LETTERS[s]) for s, frames in label.get("bottoms", {}).items() for f in frames]
    hops = name.startswith("hop_")
    events = () if hops else _early_events(label)
    contact = expected.get("contact_time_ms")
    landings = tuple(sorted(label["ic"]["R"])) if hops else ()
    count = len(landings) or expected.get("full_reps", expected.get("reps_two_legged"))
    cadence = expected.get("cadence_spm")
    return RealClip(
        name=name,
        path=path,
        test=_early_test(name),
        may_refuse=any("must" in k or "too_short" in k for k in expected),
        count=count,
        extremes=landings or tuple(f for f, _ in bottoms if count == len(bottoms)),
        extreme_u=float(label.get("bottom_u", label["ic_u"] if hops else 0)),
        side="right" if hops else next((s for _, s in bottoms), None),
        events=events,
        cadence=(cadence, expected["cadence_u"]) if cadence else None,
        contact=(0.5 * (contact["L"] + contact["R"]), contact["u"]) if contact else None,
    )


def _early_test(name: str) -> str:
    tests = {
        "run_treadmill": "treadmill_run",
        "run_": "hallway_run",
        "jog_inplace": "jog_on_spot",
        "sls_": "single_leg_squat",
        "hop_singleleg": "hop_in_place",
        "neg_squat_twolegs": "double_squat",
    }
    return next((test for start, test in tests.items() if name.startswith(start)), NONE)


def _early_events(label: Mapping[str, Any]) -> tuple[LabelledEvents, ...]:
    out = []
    for key, kind in _SHORT_KINDS.items():
        by_side = label.get(key, {})
        moments = sorted(
            ((float(f), _LETTERS.get(s)) for s in by_side for f in by_side[s]), key=_at
        )
        if moments:
            span = (moments[0][0], moments[-1][0])
            out.append(LabelledEvents(kind=kind, moments=tuple(moments), span=span))
    return tuple(out)
