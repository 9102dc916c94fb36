"""From probabilities to one of three outcomes: sure, ask, or none of the tests."""

from dataclasses import dataclass
from typing import Final, Literal

from formcheck.data import Surface

Outcome = Literal["sure", "ask", "walking", "not_a_test"]

WALK: Final = "walk"
RUNS: Final = ("run", "jog_on_spot")
NONE: Final = ("none_standing", "none_floor")
LYING_TESTS: Final = ("single_leg_bridge", "side_lying_abduction")
LEAST_ASKED, MOST_ASKED = 2, 3
_STEPS_COUNT: Final = 4.0
"""Steps in the rhythm of a run make one so many times likelier, and so do those of a walk."""
_WHICH_RUN: Final = 1.5
"""A run or a jog in place: one must be so many times likelier than the other."""
_WORTH_ASKING: Final = 0.03
_LIES, _STANDS = 0.7, 0.1  # shares of the time with the trunk level


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From where on an answer is sure; learned on sources left out.

    Attributes
    ----------
    sure : float
        Probability of the likeliest.
    margin : float
        Its distance to the next.
    none_sure : float
        Probability that it is no test.
    """

    sure: float
    margin: float
    none_sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What was filmed, as far as it can be told.

    Attributes
    ----------
    outcome : {"sure", "ask", "walking", "not_a_test"}
    kind : str
        The likeliest kind of movement.
    probability : float
        Of that kind.
    likely : tuple of (protocol id, probability)
        The likeliest tests, two or three, likeliest first.
    """

    outcome: Outcome
    kind: str
    probability: float
    likely: tuple[tuple[str, float], ...]

    @property
    def is_run(self) -> bool:
        """Whether it is likeliest that somebody runs, in place or not."""
        return self.kind in RUNS


def decide(
    probabilities: dict[str, float],
    features: dict[str, float],
    surface: Surface,
    limits: Limits,
    *,
    against: str = "",
) -> Recognition:
    """Return what was filmed, or what it may be.

    Parameters
    ----------
    probabilities : dict
        By kind; they sum to one.
    features : dict
        Of the whole clip: lying people pass no standing test, nor standing ones a lying test.
    surface : {"treadmill", "overground", "static"}
        Which run it is.
    limits : Limits
    against : {"run", "walk", ""}
        What the rhythm of the steps speaks against: that is asked, never sure.
    """
    favoured = {"walk": RUNS, "run": (WALK,)}.get(against, ())
    weighed = {k: p * (_STEPS_COUNT if k in favoured else 1) for k, p in probabilities.items()}
    held = _possible(weighed, features["lying"])
    order = sorted(held, key=lambda k: -held[k])
    kind = order[0]
    tests = [k for k in order if k != WALK and k not in NONE and held[k] > 0][:MOST_ASKED]
    named = [k for n, k in enumerate(tests) if n < LEAST_ASKED or held[k] >= _WORTH_ASKING]
    likely = tuple((protocol_of(k, features, surface), held[k]) for k in named)
    return Recognition(
        outcome=_outcome(held, limits, against), kind=kind, probability=held[kind], likely=likely
    )


def _possible(probabilities: dict[str, float], lying: float) -> dict[str, float]:
    """Return the probabilities of what the trunk's posture allows."""
    ruled_out: set[str] = set()
    if lying > _LIES:
        ruled_out = set(probabilities) - set(LYING_TESTS) - {"none_floor"}
    elif lying < _STANDS:
        ruled_out = {*LYING_TESTS, "none_floor"}
    left = {k: p for k, p in probabilities.items() if k not in ruled_out}
    total = sum(left.values())
    if total <= 0:
        left, total = probabilities, sum(probabilities.values())
    return {k: p / total for k, p in left.items()}


def _outcome(held: dict[str, float], limits: Limits, against: str) -> Outcome:
    groups = {k: p for k, p in held.items() if k not in (*RUNS, *NONE)}
    groups["run"], groups["none"] = (sum(held.get(k, 0.0) for k in g) for g in (RUNS, NONE))
    first, second = sorted(groups, key=lambda k: -groups[k])[:2]
    if first == "none":
        return "not_a_test" if groups["none"] >= limits.none_sure else "ask"
    clear = groups[first] >= limits.sure and groups[first] - groups[second] >= limits.margin
    if first == "run":
        one, other = sorted((held.get(k, 0.0) for k in RUNS), reverse=True)
        clear = clear and one >= _WHICH_RUN * other
    if not clear or first == against:
        return "ask"
    return "walking" if first == WALK else "sure"


def protocol_of(kind: str, features: dict[str, float], surface: Surface) -> str:
    """Return the test that a kind of movement belongs to."""
    if kind == "run":
        return "hallway_run" if surface == "overground" else "treadmill_run"
    if kind == "jump":
        one_leg = features["one_lifted"] * features["same_side"] > 0.5
        return "hop_in_place" if one_leg else "hop_landing"
    return kind
