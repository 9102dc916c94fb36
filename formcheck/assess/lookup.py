"""Which published reference holds for a measure of one clip."""

from dataclasses import dataclass
from typing import Final

from formcheck.assess.references import REFERENCES, Reference, Sex

SPEED_MARGIN_MPS: Final = 0.5
"""A range is used this far beyond the speeds it was measured at."""
RUNS: Final = ("treadmill_run", "hallway_run")
"""Running on the spot is another movement: no published range holds for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What decides which reference holds.

    Attributes
    ----------
    speed_mps : float or None
        None: not known.
    sex : {"women", "men"} or None
        None: not told.
    """

    protocol: str
    surface: str
    speed_mps: float | None = None
    sex: Sex | None = None
    age: int | None = None


def reference_for(measure_id: str, around: Circumstances) -> Reference | None:
    """Return the reference that holds, or None.

    Of several the one measured nearest to the speed is taken, narrower spans of speed first. Where
    the sex is not told, women and men are taken together.
    """
    rows = [r for r in REFERENCES if r.measure_id == measure_id and _holds(r, around)]
    if not rows:
        return None
    rows.sort(key=lambda r: (r.ages is None, _off(r, around.speed_mps)))
    first = rows[0]
    others = [r for r in rows if r.sex not in (None, first.sex)]
    return united(first, others[0]) if first.sex is not None and others else first


def united(a: Reference, b: Reference) -> Reference:
    """Return the range that holds both groups, the middle as wide as either allows."""
    means = [r.mean for r in (a, b) if r.mean is not None]
    spreads = [r.sd for r in (a, b) if r.sd is not None]
    return Reference(
        measure_id=a.measure_id,
        low=None if a.low is None or b.low is None else min(a.low, b.low),
        high=None if a.high is None or b.high is None else max(a.high, b.high),
        low_side=None if a.low_side is None or b.low_side is None else min(a.low_side, b.low_side),
        high_side=(
            None if a.high_side is None or b.high_side is None else max(a.high_side, b.high_side)
        ),
        mean=sum(means) / len(means) if means else None,
        sd=max(spreads, default=None),
        protocols=a.protocols,
        surfaces=a.surfaces,
        speed_mps=a.speed_mps,
        source=", ".join(dict.fromkeys((a.source, b.source))),
        grade=max(a.grade, b.grade),
        who="healthy women and men",
        device=a.device,
        rough=a.rough or b.rough,
    )


def _holds(r: Reference, around: Circumstances) -> bool:
    if around.protocol not in r.protocols if r.protocols else around.protocol not in RUNS:
        return False
    if around.surface not in r.surfaces:
        return False
    if around.sex is not None and r.sex not in (None, around.sex):
        return False
    if r.ages is not None and (
        around.sex is None or around.age is None or not r.ages[0] <= around.age <= r.ages[1]
    ):
        return False
    return _speed_holds(r, around.speed_mps)


def _speed_holds(r: Reference, speed_mps: float | None) -> bool:
    if r.speed_mps is None:
        return True
    if speed_mps is None:
        return not r.needs_speed
    low, high = r.speed_mps
    return low - SPEED_MARGIN_MPS <= speed_mps <= high + SPEED_MARGIN_MPS


def _off(r: Reference, speed_mps: float | None) -> tuple[float, float]:
    """Return how wide the span of speeds is and how far its middle is from the speed."""
    if r.speed_mps is None:
        return float("inf"), 0.0
    low, high = r.speed_mps
    return high - low, 0.0 if speed_mps is None else abs(speed_mps - (low + high) / 2)
