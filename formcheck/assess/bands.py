"""Usual ranges, only where measures.md gives a published one; everywhere else there is none.

A published mean with its SD becomes mean +/- 2 SD: where about 95 of 100 of those runners were. A
range says what was seen in a study, not what is right. Values that measures.md marks as remembered
([M]) are not used.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from formcheck.results import ClipRecord, Difference, Measurement

Zone = Literal["usual", "watch", "outside"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A published range of values.

    Attributes
    ----------
    low, high : float
        In the measure's unit.
    source : str
        S-number in measures.md and what was studied.
    surfaces : tuple of str
        Where it holds.
    speed_mps : (float, float) or None
        Speeds at which it holds; None: any.
    """

    low: float
    high: float
    source: str
    surfaces: tuple[str, ...] = ("treadmill", "overground")
    speed_mps: tuple[float, float] | None = None


def _mean_sd(mean: float, sd: float) -> tuple[float, float]:
    return round(mean - 2 * sd, 1), round(mean + 2 * sd, 1)


_KNEE = "S 45: 45 recreational runners, treadmill, own pace"
_TIMING = "S 75: young runners at about 2.7 m/s"
_SLOW: Final = (2.4, 3.0)
_CONTACT, _FLIGHT, _DUTY = _mean_sd(271, 23), _mean_sd(112, 19), _mean_sd(35.5, 2.3)
_KNEE_CONTACT, _KNEE_PEAK = _mean_sd(17.8, 4.0), _mean_sd(46.3, 4.5)

BANDS: Final[dict[str, Band]] = {
    "knee_flexion_at_contact": Band(
        low=_KNEE_CONTACT[0], high=_KNEE_CONTACT[1], source=_KNEE, surfaces=("treadmill",)
    ),
    "peak_knee_flexion_stance": Band(
        low=_KNEE_PEAK[0], high=_KNEE_PEAK[1], source=_KNEE, surfaces=("treadmill",)
    ),
    "contact_time": Band(low=_CONTACT[0], high=_CONTACT[1], source=_TIMING, speed_mps=_SLOW),
    "flight_time": Band(low=_FLIGHT[0], high=_FLIGHT[1], source=_TIMING, speed_mps=_SLOW),
    "duty_factor": Band(low=_DUTY[0], high=_DUTY[1], source=_TIMING, speed_mps=_SLOW),
}

USUAL_DIFFERENCE_DEG: Final = 3.0
"""Left and right of healthy runners differ by 2 to 3 degrees (S 72)."""
DIFFERENCE_SOURCE: Final = "S 72: healthy runners differ by 2 to 3 degrees"


def band_of(measure_id: str, clip: ClipRecord, speed_mps: float | None = None) -> Band | None:
    """Return the published range that holds for a measure of this clip, or None.

    Parameters
    ----------
    measure_id : str
    clip : ClipRecord
        Its surface decides: a treadmill range is not used over ground.
    speed_mps : float, optional
        A range that was published for one speed needs the speed to be known.

    Returns
    -------
    Band or None
    """
    band = BANDS.get(measure_id)
    if band is None or clip.surface not in band.surfaces:
        return None
    if band.speed_mps is None:
        return band
    low, high = band.speed_mps
    return band if speed_mps is not None and low <= speed_mps <= high else None


def zone_of(measurement: Measurement, band: Band | None) -> Zone | None:
    """Place a value against a range, with its whole interval.

    `outside` only if the whole interval lies beyond a limit; an interval that straddles a limit is
    `watch`. No verdict for an uncertain value, and none where the interval is as wide as the range:
    then every value would be `watch`.

    Parameters
    ----------
    measurement : Measurement
    band : Band or None

    Returns
    -------
    {"usual", "watch", "outside"} or None
    """
    if band is None or measurement.status != "ok" or measurement.ci95 is None:
        return None
    low, high = measurement.ci95
    if high < band.low or low > band.high:
        return "outside"
    if low >= band.low and high <= band.high:
        return "usual"
    return None if high - low >= band.high - band.low else "watch"


def difference_zone(difference: Difference | None, unit: str) -> Zone | None:
    """Place right minus left against what is usual; angles only.

    Parameters
    ----------
    difference : Difference or None
    unit : str
        Of the measure; only degrees have a published usual difference.

    Returns
    -------
    {"usual", "watch", "outside"} or None
        `watch` where the sides clearly differ and by more than usual on the whole; None where the
        interval allows both.
    """
    if difference is None or difference.status != "ok" or unit != "deg":
        return None
    low, high = difference.ci95
    limit = USUAL_DIFFERENCE_DEG
    if low > limit or high < -limit:
        return "outside"
    if low >= -limit and high <= limit:
        return "usual"
    apart = low > 0 or high < 0
    return "watch" if apart and abs(difference.value) > limit else None


def sure_speed_mps(measurements: Iterable[Measurement]) -> float | None:
    """Return the speed of a clip where it is sure; ranges published for one speed need it."""
    return next((m.value for m in measurements if m.id == "speed" and m.status == "ok"), None)
