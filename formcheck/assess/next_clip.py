"""What to film next, so that the next clip tells what this one could not."""

from collections.abc import Sequence
from typing import Final

from formcheck.assess.lookup import RUNS
from formcheck.keypoints import other
from formcheck.results import ClipRecord, Measurement

_FEW_PICTURES: Final = 50.0
_NEXT: Final = {
    "other_leg": "Next, film your {side} side: this clip shows the {near} leg only.",
    "side": "Next, film from the side: it shows how your knee bends at landing.",
    "rear": "Next, film from straight behind: it shows your pelvis and your side lean.",
    "rate": "Next, film at 60 pictures a second: landing and timing then count too.",
    "again": "Film the same test again in 2 to 4 weeks, set up the same way.",
}


def next_clip(measurements: Sequence[Measurement], clip: ClipRecord, protocol: str) -> str:
    """Return one sentence on the clip that would add most."""
    if clip.fps < _FEW_PICTURES and protocol in RUNS:
        return _NEXT["rate"]
    if clip.view == "side" and clip.near_side is not None and _one_legged(measurements):
        return _NEXT["other_leg"].format(side=other(clip.near_side), near=clip.near_side)
    if protocol not in RUNS:
        return _NEXT["again"]
    return _NEXT["rear"] if clip.view in ("side", "front") else _NEXT["side"]


def _one_legged(measurements: Sequence[Measurement]) -> bool:
    """Tell whether a measure has a value on one side and none on the other."""
    sides: dict[str, set[bool]] = {}
    for m in measurements:
        if m.side != "both":
            sides.setdefault(m.id, set()).add(m.value is not None)
    return any(len(has) == 2 for has in sides.values())
