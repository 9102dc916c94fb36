"""Sentences: what was seen, what is published, where the value lies, and why only roughly."""

import re
from collections.abc import Mapping
from typing import Final

from formcheck.assess.placing import has_middle, inside, is_high, trait_of, word_of
from formcheck.assess.seen import ANY_DIFFERENCE, MOVEMENT_TEXTS, MovementText
from formcheck.assess.sides import limit_of
from formcheck.assess.texts import (
    COMPARED,
    SIDES_TEXTS,
    lower_first,
    shown,
    shown_half,
    title_of,
)
from formcheck.keypoints import other
from formcheck.results import Measurement, ReferenceRecord

UNSIGNED: Final = (
    "squat_valgus", "knee_line", "trunk_side_lean", "trunk_side_lean_peak", "trunk_forward_lean",
    "trunk_forward_lean_peak", "step_width_pct_leg",
)  # fmt: skip
"""Told with a word for the direction (inward, away from, apart) instead of a sign."""
_ONE: Final = re.compile(r"(?<![\d.])1 degrees")
_LONG_UNIT: Final = {"deg": " degrees", "ms": " thousandths of a second", "%": " percent"}


def seen(m: Measurement) -> MovementText:
    """Return what was seen of one value, in both kinds of words."""
    text = MOVEMENT_TEXTS[f"{m.id}:value"]
    words = _words(m)
    runner = _ONE.sub("1 degree", text.runner.format(**words))
    return MovementText(runner, text.clinical.format(**words))


def has_words(m: Measurement) -> bool:
    """Tell whether there are words for a value."""
    return f"{m.id}:value" in MOVEMENT_TEXTS


def compared(m: Measurement) -> str:
    """Return how a value compares with what is published; empty where nothing is.

    One sentence for every kind of reference and every place in it, and for a value whose interval
    does not place it.
    """
    r = m.reference
    if r is None or m.value is None:
        return ""
    kind = _kind(r)
    where = _place_key(m, r, kind)
    rough = COMPARED[f"about:{r.about}"]
    lead = COMPARED[kind].format(**_ends(r, m.unit))
    return f"{lead[:1].upper()}{lead[1:]}{COMPARED[where]} {rough}".strip()


def told(m: Measurement) -> MovementText:
    """Return what was seen of a value and how it compares, in both kinds of words."""
    text = seen(m)
    if m.reference is None:
        return text
    r = m.reference
    clinical = f"Reference {range_words(r, m.unit)} ({r.who}; grade {r.grade}): {word_of(m)}."
    return MovementText(f"{text.runner} {compared(m)}", f"{text.clinical} {clinical}")


def range_words(r: ReferenceRecord, unit: str) -> str:
    """Return the range in words: ``0 to 8``, ``up to 7``, ``20 or more``."""
    ends = _ends(r, unit)
    kind = _kind(r)
    if kind == "range":
        return f"{ends['low']} to {ends['high']}"
    return f"up to {ends['high']}" if kind == "upper" else f"{ends['low_side']} or more"


def differing(m: Measurement, against: Measurement) -> MovementText:
    """Return what is seen of the right side against the left, and what is usual.

    Parameters
    ----------
    m, against : Measurement
        Of the right side, with the difference, and of the left.
    """
    d = m.asymmetry
    value, (low, high) = (d.value, d.ci95) if d is not None else (0.0, (0.0, 0.0))
    long_unit = _LONG_UNIT.get(m.unit, f" {m.unit}")
    words = {
        "title": title_of(m.id),
        "more": "right" if value > 0 else "left",
        "difference": shown(abs(value), m.unit),
        "signed": f"{value:+.0f}",
        "half": shown_half(low, high, m.unit),
        "unit": long_unit,
        "short_unit": f" {m.unit}",
    }
    text = MOVEMENT_TEXTS.get(f"{m.id}:asymmetry", ANY_DIFFERENCE)
    limit = shown(limit_of(m, against) or 0.0, m.unit)
    usual = SIDES_TEXTS["usual"].format(limit=f"{limit}{long_unit}")
    return MovementText(
        f"{text.runner.format(**words)} {usual}", f"{text.clinical.format(**words)} {usual}"
    )


def hidden(m: Measurement) -> MovementText:
    """Return why the sides cannot be told apart, and what would settle it."""
    title = title_of(m.id)
    return MovementText(
        SIDES_TEXTS["hidden"].format(title=lower_first(title)),
        SIDES_TEXTS["hidden_clinical"].format(title=title),
    )


def _kind(r: ReferenceRecord) -> str:
    if r.low is not None and r.high is not None:
        return "range"
    if r.high is not None:
        return "upper"
    return "asked" if r.mean is None else "typical"


def _place_key(m: Measurement, r: ReferenceRecord, kind: str) -> str:
    if kind in ("asked", "typical"):
        reached = "low_side" if m.placed == "low_side" else "middle"
        return f"asked:{reached if m.placed else 'open'}"
    if m.placed == "beyond":
        return f"beyond:{'high' if is_high(m) else 'low'}"
    trait = trait_of(m)
    part = "" if not trait else ":high" if trait > 0 else ":low"
    if m.placed == "middle":
        return "middle" if has_middle(r) else f"inside{part}"
    if m.placed is not None:
        return m.placed
    if part:
        return f"trait{part}"
    return "inside:open" if inside(m) else "open"


def _ends(r: ReferenceRecord, unit: str) -> Mapping[str, str]:
    ends = {"low": r.low, "high": r.high, "low_side": r.low_side, "mean": r.mean}
    return {k: "" if v is None else shown(v, unit) for k, v in ends.items()} | {"who": r.who}


def _words(m: Measurement) -> dict[str, str]:
    low, high = m.ci95 or (0.0, 0.0)
    value = m.value or 0.0
    return {
        "side": m.side,
        "other": m.side if m.side == "both" else other(m.side),
        "value": shown(abs(value) if m.id in UNSIGNED else value, m.unit),
        "half": shown_half(low, high, m.unit),
        "signed": f"{value:+.0f}",
        "inward": "inward" if value >= 0 else "outward",
        "toward": "toward" if value >= 0 else "away from",
        "forward": "forward" if value >= 0 else "backward",
        "apart": "apart" if value >= 0 else "across each other",
        "on_leg": "" if m.side == "both" else f" on the {m.side} leg",
        "knee_bends": "knees bend" if m.side == "both" else f"{m.side} knee bends",
        "repetitions": "repetition" if round(value) == 1 else "repetitions",
    }
