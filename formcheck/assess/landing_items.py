"""What landing scores look at, item by item: what a side or a front view shows, and how surely.

Modelled on the items of the Landing Error Scoring System (LESS). No score is added up and no item
is passed or failed: automated scoring errs by more than a point, some items are unreliable even
between experts (measures.md 7b.7), and the dossier holds no cut-offs for single items.
"""

from dataclasses import dataclass
from typing import Final

from formcheck.assess.texts import shown, shown_half
from formcheck.fitted import load_fitted
from formcheck.registry import MEASURES
from formcheck.results import Analysis, Measurement, Record

Z95: Final = 1.96


@dataclass(frozen=True, slots=True, kw_only=True)
class LandingItem:
    """One thing that landing scores look at.

    Attributes
    ----------
    measure : str
        The measure that stands for it; empty where one phone does not show it.
    view : str
        From where it shows.
    note : str
        What limits it.
    """

    title: str
    measure: str = ""
    view: str = ""
    note: str = ""


ITEMS: Final[tuple[LandingItem, ...]] = (
    LandingItem(
        title="Bend of the knee as the feet land",
        measure="knee_flexion_at_contact",
        view="side",
        note="30 frames a second are too few to time the landing well.",
    ),
    LandingItem(
        title="Bend of the knee at the deepest point",
        measure="peak_knee_flexion_stance",
        view="side",
    ),
    LandingItem(
        title="Forward lean of the trunk as the feet land",
        measure="trunk_lean_at_landing",
        view="side",
    ),
    LandingItem(
        title="Toes or heels first",
        measure="foot_inclination_at_contact",
        view="side",
        note="Below zero the toes are lower than the heel.",
    ),
    LandingItem(
        title="Knees toward the middle at the deepest point",
        measure="knee_line",
        view="front",
        note="Feet or a phone turned by a few degrees read as an angle.",
    ),
    LandingItem(
        title="Feet apart, against the shoulders",
        measure="feet_apart",
        view="front",
    ),
    LandingItem(
        title="Softness over all",
        measure="landing_softness",
        view="side",
        note="An index made of parts, not a force.",
    ),
    LandingItem(title="Both feet at the same moment", note="Differences under a frame are unseen."),
    LandingItem(title="Turn of the feet", note="The picture is flat: a turned foot looks shorter."),
    LandingItem(title="Bend of the hips", note="The pelvis itself is hidden in clothes."),
)


class ItemResult(Record):
    """One item of a clip.

    Attributes
    ----------
    values : tuple of str
        Per side, with the 95 % interval; empty where it was not measured.
    reliability : str
        How sure the measure is, from the table of method errors; or why nothing is told.
    """

    title: str
    values: tuple[str, ...] = ()
    reliability: str


def landing_items(analysis: Analysis) -> tuple[ItemResult, ...]:
    """Return what a landing clip shows of each item.

    Parameters
    ----------
    analysis : Analysis
        Of a hop or landing test.
    """
    return tuple(_result(item, analysis) for item in ITEMS)


def _result(item: LandingItem, analysis: Analysis) -> ItemResult:
    if not item.measure:
        return ItemResult(title=item.title, reliability=f"Not told from one phone. {item.note}")
    if item.view != analysis.clip.view:
        return ItemResult(title=item.title, reliability=f"Shows from the {item.view} only.")
    found = [m for m in analysis.measurements if m.id == item.measure and m.value is not None]
    if not found:
        return ItemResult(title=item.title, reliability="Not measured in this clip.")
    return ItemResult(
        title=item.title,
        values=tuple(_value(m) for m in found),
        reliability=_reliability(item, analysis),
    )


def _unit(measure: str) -> str:
    return {"deg": " degrees", "%": " %", "index 0-100": " of 100"}.get(MEASURES[measure].unit, "")


def _value(m: Measurement) -> str:
    low, high = m.ci95 or (0.0, 0.0)
    side = "" if m.side == "both" else f"{m.side} "
    rough = ", rough" if m.status == "uncertain" else ""
    half = shown_half(low, high, m.unit)
    return f"{side}{shown(m.value or 0.0, m.unit)} ± {half}{_unit(m.id)}{rough}"


def _reliability(item: LandingItem, analysis: Analysis) -> str:
    error = load_fitted().errors.find(item.measure, analysis.clip.view, analysis.clip.fps)
    if error is None:
        return item.note
    method = f"The method errs by up to {Z95 * error.sd:.0f}{_unit(item.measure)} (95 of 100)"
    origin = "on rendered people" if error.n_clips else "from published or assumed errors"
    return f"{method}, {origin}. {item.note}".strip()
