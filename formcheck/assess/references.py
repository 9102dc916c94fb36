"""Published values of healthy people, one row per measure and group of people.

A published mean with its SD becomes mean +/- 2 SD, where about 95 of 100 of those people were; mean
+/- 1 SD is where the middle ends. A range says what was seen in a study, not what is right. Numbers
that are only remembered, or that a source could not be seen for, are not in here. Sources are the
S-numbers of measures.md and evidence.md (:mod:`formcheck.assess.sources`).

Grades: A, same definition and kind of device; B, a laboratory with markers, same definition, offset
to one camera unknown; C, derived or from a review.
"""

from dataclasses import dataclass
from typing import Final, Literal

from formcheck.data import Surface

Sex = Literal["women", "men"]
Grade = Literal["A", "B", "C"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What one group of healthy people showed.

    Attributes
    ----------
    low, high : float or None
        Ends of the range, in the measure's unit; None: that side has no limit.
    low_side, high_side : float or None
        Where the middle ends. None: it reaches to the end of the range.
    mean, sd : float or None
        Of the group, where published; of a range from a review, its centre and a quarter of it.
    sex : {"women", "men"} or None
        None: women and men, or no difference between them known.
    ages : (int, int) or None
        First and last year of age.
    protocols : tuple of str
        Tests it holds for; empty: runs.
    surfaces : tuple of str
        A treadmill range is not used over ground, nor the reverse.
    speed_mps : (float, float) or None
        Speeds it was measured at; None: it holds for any.
    needs_speed : bool
        True if the measure hangs on the speed so much that it is not used where that is unknown.
    rough : bool
        True if the definitions differ by a few degrees: only beyond the range is told, as about.
    who : str
        Who they were and where they moved, for a sentence.
    device : str
        What they were measured with.
    """

    measure_id: str
    low: float | None
    high: float | None
    source: str
    grade: Grade
    who: str
    device: str
    low_side: float | None = None
    high_side: float | None = None
    mean: float | None = None
    sd: float | None = None
    sex: Sex | None = None
    ages: tuple[int, int] | None = None
    protocols: tuple[str, ...] = ()
    surfaces: tuple[Surface, ...] = ("treadmill", "overground")
    speed_mps: tuple[float, float] | None = None
    needs_speed: bool = False
    rough: bool = False

    @property
    def inner(self) -> tuple[float, float]:
        """Where the middle begins and ends: at the ends of the range, where it is rough."""
        low = self.low if self.low_side is None or self.rough else self.low_side
        high = self.high if self.high_side is None or self.rough else self.high_side
        return (
            float("-inf") if low is None else low,
            float("inf") if high is None else high,
        )

    @property
    def spread(self) -> float:
        """One SD, or a quarter of the range; infinite for a range that is open on one side."""
        if self.sd is not None:
            return self.sd
        if self.low is None or self.high is None:
            return float("inf")
        return (self.high - self.low) / 4


_BELT: Final[tuple[Surface, ...]] = ("treadmill",)
_GROUND: Final[tuple[Surface, ...]] = ("overground",)
_STILL: Final[tuple[Surface, ...]] = ("static",)
_BRAMAH: Final = "36 healthy trained runners on a treadmill at 11.5 km/h"
_TENG: Final = "24 recreational runners over ground at 12 km/h"
_LABS: Final = "healthy runners on the treadmills of two laboratories"
_S75: Final = "young runners at about 10 km/h"
_MARKERS: Final = "3D motion capture"
_SQUAT: Final = ("single_leg_squat",)
_CALF: Final = ("calf_raise",)
_HOLD: Final = ("single_leg_balance",)

# fmt: off
_RUNS: Final = (
    Reference(measure_id="pelvic_drop", low=0.0, high=7.5, high_side=5.6, mean=3.7, sd=1.9,
              surfaces=_BELT, speed_mps=(3.2, 3.2), source="S 110", grade="B", who=_BRAMAH,
              device=_MARKERS),
    # the reference is the peak in stance, ours the mean of it: only the upper limit holds
    Reference(measure_id="trunk_side_lean", low=None, high=7.2, mean=3.6, sd=1.8,
              surfaces=_BELT, speed_mps=(3.2, 3.2), source="S 110", grade="B", rough=True,
              who=_BRAMAH, device=_MARKERS),
    Reference(measure_id="trunk_side_lean_peak", low=0.0, high=7.2, high_side=5.4, mean=3.6, sd=1.8,
              surfaces=_BELT, speed_mps=(3.2, 3.2), source="S 110", grade="B", rough=True,
              who=_BRAMAH, device=_MARKERS),
    Reference(measure_id="trunk_forward_lean", low=0.1, high=14.5, low_side=3.7, high_side=10.9,
              mean=7.3, sd=3.6, surfaces=_GROUND, speed_mps=(3.4, 3.4), source="S 115", grade="B",
              rough=True, who=_TENG, device=_MARKERS),
    Reference(measure_id="trunk_forward_lean_peak", low=3.7, high=15.3, high_side=12.4, mean=9.5,
              sd=2.9, surfaces=_BELT, speed_mps=(3.2, 3.2), source="S 110", grade="B", rough=True,
              who=_BRAMAH, device=_MARKERS),
    # two laboratories that differ by definition, taken together; straighter than most: 10.2 - 4.8
    Reference(measure_id="knee_flexion_at_contact", low=0.6, high=25.8, low_side=5.4,
              surfaces=_BELT, speed_mps=(2.9, 3.2), source="S 110, S 45", grade="C", who=_LABS,
              device=_MARKERS),
    Reference(measure_id="peak_knee_flexion_stance", low=22.9, high=55.3, surfaces=_BELT,
              speed_mps=(2.9, 3.2), source="S 110, S 45", grade="C", who=_LABS, device=_MARKERS),
    Reference(measure_id="cadence", low=155.0, high=190.0, mean=172.5, sd=8.75,
              speed_mps=(2.5, 3.3), source="S 63, S 116", grade="C",
              who="runners at an easy pace (9 to 12 km/h)", device="review of studies"),
    Reference(measure_id="vertical_oscillation", low=4.5, high=10.0, mean=7.25, sd=1.375,
              surfaces=_BELT, source="S 116, S 64", grade="C", who="runners on a treadmill",
              device="review of studies"),
    Reference(measure_id="vertical_oscillation", low=6.0, high=10.0, mean=8.0, sd=1.0,
              surfaces=_GROUND, source="S 116", grade="C", who="runners over ground",
              device="review of studies"),
    Reference(measure_id="contact_time", low=225.0, high=317.0,
              mean=271.0, sd=23.0, speed_mps=(2.7, 2.7), needs_speed=True, source="S 75", grade="B",
              who=_S75, device="force plate"),
    Reference(measure_id="contact_time", low=180.0, high=340.0, speed_mps=(2.2, 5.6),
              needs_speed=True, source="S 116", grade="C", who="runners at 8 to 20 km/h",
              device="review of studies"),
    Reference(measure_id="flight_time", low=74.0, high=150.0,
              mean=112.0, sd=19.0, speed_mps=(2.7, 2.7), needs_speed=True, source="S 75", grade="B",
              who=_S75, device="force plate"),
    Reference(measure_id="duty_factor", low=32.2, high=41.4, mean=36.8, sd=2.3,
              speed_mps=(2.5, 2.5), needs_speed=True, source="S 119, S 75", grade="C",
              who="runners in a laboratory at 9 km/h", device="force plate"),
    Reference(measure_id="duty_factor", low=27.6, high=36.8, mean=32.2, sd=2.3,
              speed_mps=(3.5, 3.5), needs_speed=True, source="S 119, S 75", grade="C",
              who="runners in a laboratory at 12.6 km/h", device="force plate"),
    Reference(measure_id="duty_factor", low=25.7, high=34.9, mean=30.3, sd=2.3,
              speed_mps=(4.5, 4.5), needs_speed=True, source="S 119, S 75", grade="C",
              who="runners in a laboratory at 16 km/h", device="force plate"),
    Reference(measure_id="step_width_pct_leg", low=0.0, high=15.0, surfaces=_BELT,
              speed_mps=(3.0, 3.0), source="S 125", grade="C",
              who="10 runners at their cheapest step width", device="treadmill, breath"),
)
_TESTS: Final = (
    Reference(measure_id="squat_valgus", low=-1.8, high=18.6, high_side=13.5, mean=8.4, sd=5.1,
              sex="women", protocols=_SQUAT, surfaces=_STILL, source="S 121", grade="A",
              who="30 healthy women", device="2D video from the front"),
    Reference(measure_id="squat_valgus", low=-3.2, high=17.2, high_side=12.1, mean=7.0, sd=5.1,
              sex="men", protocols=_SQUAT, surfaces=_STILL, source="S 103", grade="C",
              who="45 healthy men (their spread taken from the women)",
              device="2D video from the front"),
    Reference(measure_id="rep_count", low=None, high=None, low_side=20.0, protocols=_CALF,
              surfaces=_STILL, source="S 86", grade="C",
              who="checklists for the return to running", device="counting"),
    Reference(measure_id="hold_time", low=None, high=None, low_side=10.0, protocols=_HOLD,
              surfaces=_STILL, source="S 86", grade="C",
              who="checklists for the return to running", device="stopwatch"),
)
# fmt: on
_HEEL_RAISES: Final[dict[Sex, tuple[int, ...]]] = {
    "women": (30, 27, 24, 21, 19),
    "men": (37, 32, 28, 23, 19),
}
"""Typical count by decade from the 20s on: one leg, 10 degrees incline, metronome (S 130)."""


def _heel_raises(sex: Sex, decade: int, typical: int) -> Reference:
    first = 20 + 10 * decade
    return Reference(
        measure_id="rep_count",
        low=None,
        high=None,
        low_side=min(20.0, float(typical)),
        mean=float(typical),
        sex=sex,
        ages=(first, first + 9),
        protocols=_CALF,
        surfaces=_STILL,
        source="S 130, S 86",
        grade="B",
        who=f"{sex} in their {first}s",
        device="counting, with a metronome",
    )


REFERENCES: Final[tuple[Reference, ...]] = (
    *_RUNS,
    *_TESTS,
    *(
        _heel_raises(sex, k, typical)
        for sex, counts in _HEEL_RAISES.items()
        for k, typical in enumerate(counts)
    ),
)
