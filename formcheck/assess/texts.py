"""One table for all words about the movement: how a value compares, headlines, change.

Runner copy: second person, present tense, short words, about what the video shows. ``clinical``
says the same to a physiotherapist. What is seen is in :mod:`formcheck.assess.seen`, what to try in
:mod:`formcheck.assess.cues`, and the words for the clip itself in :mod:`formcheck.quality.texts`;
all make :data:`TEXT_TABLE`.
"""

from collections.abc import Mapping
from typing import Final

from formcheck.assess.cues import CUES
from formcheck.assess.seen import ANY_DIFFERENCE, MOVEMENT_TEXTS
from formcheck.quality.texts import QUALITY_TEXTS, Copy
from formcheck.registry import MEASURES

COMPARED: Final[Mapping[str, str]] = {
    "range": "{who} showed {low} to {high}: ",
    "upper": "{who} stayed within {high}: ",
    "asked": "{who} ask for {low_side}: ",
    "typical": "{who} do about {mean}, and checklists ask for {low_side}: ",
    "beyond:high": "you are above most of them.",
    "beyond:low": "you are below most of them.",
    "high_side": "you are toward the high side.",
    "low_side": "you are toward the low side.",
    "middle": "you are in the middle of them.",
    "inside": "you are among them.",
    "inside:open": "you are among them, in which part is not sure.",
    "inside:high": "you are among them, in the upper part.",
    "inside:low": "you are among them, in the lower part.",
    "trait:high": "you are above their average, how far is not sure.",
    "trait:low": "you are below their average, how far is not sure.",
    "open": "this clip is too rough to say where you are among them.",
    "asked:middle": "you reach that.",
    "asked:low_side": "this is fewer.",
    "asked:open": "this clip is too rough to say whether you reach that.",
    "about:": "",
    "about:speed": "Your speed is not known, so take this as rough.",
    "about:definition": "Laboratories draw the trunk a little differently, so take this as rough.",
}
"""How a value compares: what was published, where the value lies, and why only roughly."""

SIDES_TEXTS: Final[Mapping[str, str]] = {
    "usual": "The sides of most people are within about {limit} of each other.",
    "hidden": (
        "Whether your sides differ in this cannot be told from this clip: {title}. A phone that is "
        "not level or not straight would look the same. Stand it upright, straight in line with "
        "you, with a door frame or another upright edge in the picture."
    ),
    "hidden_clinical": "{title}, right minus left: not told; camera roll or yaw is not known.",
}

SUMMARY_TEXTS: Final[Mapping[str, str]] = {
    "middle": "Within what healthy people showed: {titles}.",
    "nearest": "Nearest to an edge is {title}. {seen} {compared}",
    "baseline": "There are no published values to place this among, so it is your starting point.",
}

HEADLINES: Final[Mapping[str, str]] = {
    "nothing_measured": "This clip could not be measured. {why}",
    "only_rough": "This clip gives rough values only, shown without a verdict. {why}",
    "symptoms": (
        "How you feel comes first: with leaking, heaviness, pain or bleeding, stop and see a "
        "pelvic-health physiotherapist or your doctor."
    ),
    "limits": (
        "Estimates from one camera. They describe movement in this clip and say nothing about "
        "health."
    ),
}

CHANGE_TEXTS: Final[Mapping[str, str]] = {
    "changed": "changed, by more than the measurement error",
    "maybe": "may have changed; film once more to be sure",
    "no clear change": "no clear change: the difference is inside the measurement error",
    "can't compare": "can't compare",
    "other_view": "filmed from another view ({a} and {b})",
    "other_surface": "one is on a treadmill, the other over ground",
    "other_rate": "filmed at different frame rates ({a} and {b} per second)",
    "other_speed": "the speeds differ ({a} and {b} m/s)",
    "other_source": "read from stickers in one of the two clips only",
    "not_sure": "one of the two values is uncertain",
    "not_measured": "not measured in one of the two clips",
}

TEXT_TABLE: Final[Mapping[str, Copy]] = {
    **QUALITY_TEXTS,
    **{key: Copy(t.runner, t.clinical) for key, t in MOVEMENT_TEXTS.items()},
    **{
        f"cue:{key}": Copy(f"{c.cue} {c.drill}", f"{c.cue} {c.drill}", c.expect)
        for key, c in CUES.items()
    },
    "sides:any": Copy(ANY_DIFFERENCE.runner, ANY_DIFFERENCE.clinical),
    "sides:usual": Copy(SIDES_TEXTS["usual"], SIDES_TEXTS["usual"]),
    "sides:hidden": Copy(SIDES_TEXTS["hidden"], SIDES_TEXTS["hidden_clinical"]),
    **{f"summary:{key}": Copy(text, text) for key, text in SUMMARY_TEXTS.items()},
    **{f"headline:{key}": Copy(text, text) for key, text in HEADLINES.items()},
    **{f"change:{key}": Copy(text, text) for key, text in CHANGE_TEXTS.items()},
}


def title_of(measure_id: str) -> str:
    """Return the plain title of a measure, or its id if it is not known."""
    return MEASURES[measure_id].title if measure_id in MEASURES else measure_id


def lower_first(words: str) -> str:
    """Return the words with a small first letter, for the middle of a sentence."""
    return words[:1].lower() + words[1:]


def shown(value: float, unit: str) -> str:
    """Round as far as the measurement carries: whole degrees, times to 5 ms, cadence to 1.

    Parameters
    ----------
    value : float
    unit : str

    Returns
    -------
    str
    """
    if unit == "ms":
        return f"{5 * round(value / 5):.0f}"
    if unit in ("s", "m/s"):
        return f"{value:.1f}"
    return f"{value:.0f}" if abs(value) >= 0.5 else "0"


def shown_half(low: float, high: float, unit: str) -> str:
    """Write half the width of an interval, never less than one rounding step."""
    step = {"ms": 5.0, "s": 0.1, "m/s": 0.1}.get(unit, 1.0)
    return shown(max((high - low) / 2, step), unit)
