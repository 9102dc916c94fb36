"""Where a value lies among published ones: one verdict for pictures, tables and words."""

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import numpy as np

from formcheck.assess.lookup import Circumstances, reference_for
from formcheck.assess.references import Reference, Sex
from formcheck.results import Measurement, Placed, ReferenceRecord

Verdict = Literal["usual", "watch", "outside"]
Z95: Final = 1.96
_CAMERA: Final = ("roll", "view")
_VERDICT: Final[dict[Placed, Verdict]] = {
    "middle": "usual",
    "low_side": "watch",
    "high_side": "watch",
    "beyond": "outside",
}
_TOO_WIDE: Final = "too wide to place"
_WORD: Final[dict[Placed, str]] = {
    "middle": "in the middle",
    "low_side": "toward the low side",
    "high_side": "toward the high side",
}


def with_places(
    measurements: Sequence[Measurement],
    *,
    protocol: str,
    surface: str,
    belt_speed_mps: float | None = None,
    sex: Sex | None = None,
    age: int | None = None,
) -> tuple[Measurement, ...]:
    """Return the measurements with the reference that holds for each, and the place in it.

    Parameters
    ----------
    measurements : sequence of Measurement
    protocol, surface : str
        Test and where it was done.
    belt_speed_mps : float, optional
        As told; else a sure measurement of the speed counts.
    sex, age : optional
        Where they are not told, a reference of both sexes is used, or none of one age.
    """
    measured = (m.value for m in measurements if m.id == "speed" and m.status == "ok")
    speed = belt_speed_mps if belt_speed_mps is not None else next(measured, None)
    around = Circumstances(protocol=protocol, surface=surface, speed_mps=speed, sex=sex, age=age)
    return tuple(_with_place(m, reference_for(m.id, around), speed) for m in measurements)


def place(m: Measurement, reference: Reference) -> Placed | None:
    """Place a value among those of a reference, with its 95 % interval.

    `beyond` only if the whole interval lies outside the range. A side, if the whole interval is
    past the middle, or the value is and the interval is no wider than one SD to each side. A rough
    reference tells only what is inside its range and what is beyond.

    Parameters
    ----------
    m : Measurement
    reference : Reference

    Returns
    -------
    {"middle", "low_side", "high_side", "beyond"} or None
        None for an uncertain value, one that its interval does not place, and one that the camera
        alone could have moved from the middle to beyond.
    """
    if m.status != "ok" or m.value is None or m.ci95 is None:
        return None
    low, high = m.ci95
    if camera_half_width(m.sd_parts) > 2 * reference.spread:
        return None
    if _outside(low, high, reference):
        return "beyond"
    inner_low, inner_high = reference.inner
    firm = (high - low) / 2 <= reference.spread and not reference.rough
    if m.value > inner_high:
        return "high_side" if not reference.rough and (firm or low > inner_high) else None
    if m.value < inner_low:
        return "low_side" if not reference.rough and (firm or high < inner_low) else None
    return "middle" if firm or (low >= inner_low and high <= inner_high) else None


def camera_half_width(parts: dict[str, float]) -> float:
    """Return half the 95 % interval that an unlevel or turned camera alone would give."""
    return Z95 * float(np.sqrt(sum(parts.get(name, 0.0) ** 2 for name in _CAMERA)))


def verdict_of(m: Measurement) -> Verdict | None:
    """Return the mark of a placed value; beyond a range that holds only roughly is no more."""
    if m.status != "ok" or m.reference is None:
        return None
    if m.placed is None:
        return "usual" if inside(m) else None
    if m.placed == "beyond" and m.reference.about:
        return "watch"
    return _VERDICT[m.placed]


def word_of(m: Measurement) -> str:
    """Return how sure a value is or where it lies, in the few words that stand beside it."""
    if m.value is None:
        return "not measured"
    if m.status == "uncertain":
        return "uncertain"
    if m.reference is None:
        return "measured"
    rough = "roughly " if m.reference.about else ""
    if m.placed == "beyond":
        return f"{rough}{'above' if is_high(m) else 'below'} most"
    if m.placed is None or (m.placed == "middle" and not has_middle(m.reference)):
        words = _loosely(m)
        return words if words == _TOO_WIDE else rough + words
    return rough + _WORD[m.placed]


def has_middle(r: ReferenceRecord) -> bool:
    """Tell whether a range has a middle: if not, to lie inside it is all that can be said."""
    sides = r.low_side is not None or r.high_side is not None
    return r.about != "definition" and r.mean is not None and sides


def inside(m: Measurement) -> bool:
    """Tell whether the whole interval of a sure value lies within the published range."""
    r = m.reference
    if r is None or m.ci95 is None or m.status != "ok" or r.low is None or r.high is None:
        return False
    return m.ci95[0] >= r.low and m.ci95[1] <= r.high


def trait_of(m: Measurement) -> float:
    """Return the value's distance from the published mean in SDs, if it is clear and large; else 0.

    One SD is the least: the middle of healthy people is nobody's trait.
    """
    z = z_of(m) or 0.0
    return z if abs(z) >= 1 else 0.0


def _loosely(m: Measurement) -> str:
    """Return where a value lies that no side or middle of a range holds for certain."""
    trait = trait_of(m)
    if trait and m.placed is not None:
        return f"in the {'upper' if trait > 0 else 'lower'} part of the range"
    if trait:
        return f"{'above' if trait > 0 else 'below'} average"
    return "in the range" if m.placed is not None or inside(m) else _TOO_WIDE


def is_high(m: Measurement) -> bool:
    """Tell whether a value lies above the centre of its reference rather than below."""
    r = m.reference
    if r is None or m.value is None:
        return False
    if r.low is not None and r.high is not None:
        return m.value > (r.low + r.high) / 2
    return r.high is not None and m.value > r.high


def z_of(m: Measurement) -> float | None:
    """Return how many SDs a sure value lies from its reference's mean; None where none is known.

    None as well where the value's interval holds the mean, where the reference is rough about the
    definition, and where the camera alone could have moved the value that far.
    """
    r = m.reference
    if r is None or r.mean is None or not r.sd or m.status != "ok":
        return None
    if m.value is None or m.ci95 is None or r.about == "definition":
        return None
    if m.ci95[0] <= r.mean <= m.ci95[1] or camera_half_width(m.sd_parts) > 2 * r.sd:
        return None
    return (m.value - r.mean) / r.sd


def within(measurements: Iterable[Measurement]) -> tuple[Measurement, ...]:
    """Return the values within what is published, the one nearest to an edge first.

    A range that was put together of two laboratories has edges of its own making: it comes last.
    """
    found = [m for m in measurements if verdict_of(m) == "usual"]
    return tuple(sorted(found, key=lambda m: (not (m.reference and m.reference.mean), _to_edge(m))))


def _to_edge(m: Measurement) -> float:
    """Return the way from a value to the nearer end of the middle, in SDs of the reference."""
    r = m.reference
    if r is None or m.value is None:
        return float("inf")
    low = r.low if r.low_side is None else r.low_side
    high = r.high if r.high_side is None else r.high_side
    ways = [abs(m.value - e) for e in (low, high) if e is not None]
    whole = None if r.low is None or r.high is None else (r.high - r.low) / 4
    return min(ways, default=float("inf")) / (r.sd or whole or 1.0)


def _with_place(m: Measurement, reference: Reference | None, speed: float | None) -> Measurement:
    if reference is None:
        return m
    unknown = reference.speed_mps is not None and speed is None
    record = ReferenceRecord(
        low=reference.low,
        high=reference.high,
        low_side=reference.low_side,
        high_side=reference.high_side,
        mean=reference.mean,
        sd=reference.sd,
        source=reference.source,
        grade=reference.grade,
        who=reference.who,
        about="definition" if reference.rough else "speed" if unknown else "",
    )
    return m.model_copy(update={"reference": record, "placed": place(m, reference)})


def _outside(low: float, high: float, r: Reference) -> bool:
    return (r.high is not None and low > r.high) or (r.low is not None and high < r.low)
