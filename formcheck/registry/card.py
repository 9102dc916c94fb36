"""The card of a measure: all that the rest of the program must know about it, in its own file."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Literal, TypeAlias, get_args

from formcheck.data import Samples, Trial
from formcheck.keypoints import View
from formcheck.registry.table import Registry

Need: TypeAlias = Literal[
    "body",  # the landmarks at all; whoever needs anything else needs these
    "contact",  # the moment of landing
    "feet",  # heel and toes in the picture
    "shoulders",
    "pelvis",  # the cloth or stickers over it
    "square_on",  # a camera that stands square
    "facing_camera",  # a person who looks at the camera, not turned away
    "still_camera",
    "scale",  # centimetres per pixel
    "facing",  # which way the person looks, even for a value of the whole body
    "deep_bend",  # a knee bent far enough to show its line
    "second_look",  # the deepest points looked at again, by a better model
]
Counted: TypeAlias = Literal["step", "stride", "repetition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraError:
    """How far a measure moves when the camera is off.

    Attributes
    ----------
    roll : float
        Units per degree of camera roll that was not corrected.
    opposite : bool
        True if roll (or the level of a pixel signal) moves left and right apart, so that it counts
        twice in their difference; else it moves both alike and cancels there.
    yaw, yaw2 : float
        Units per degree, and per degree squared, that the camera stands off square.
    yaw_sd_deg : float or None
        Spread of the yaw that is assumed where it is not known, if other than for the rest: who
        points the toes at the phone as told is nearly square.
    why : str
        Why there is nothing to count, where there is not.
    """

    roll: float = 0.0
    opposite: bool = False
    yaw: float = 0.0
    yaw2: float = 0.0
    yaw_sd_deg: float | None = None
    why: str = ""

    def __post_init__(self) -> None:
        """Ask for a reason where nothing is counted."""
        if not (self.roll or self.yaw or self.yaw2 or self.why):
            msg = "a measure that no camera moves must say why"
            raise ValueError(msg)


def no_camera_error(why: str) -> CameraError:
    """Say that roll and yaw of the camera are not counted, and why."""
    return CameraError(why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureCard:
    """What a measure is; calling the card with the function that reads it registers the measure.

    Attributes
    ----------
    short : str
        Its title on plates and table heads.
    views : tuple of View
        Views in which a number is given today; from any other it is `unavailable`.
    sided : bool
        True if left and right are reported apart.
    sign : str
        What a positive value means, in words.
    how_to_film : str
        What to film so that it can be measured (ends the reason of an unavailable value).
    source : str
        Where formula and definition come from.
    needs : tuple of Need
        What must be seen; empty for what is counted from events alone.
    camera : CameraError
        How the camera moves it, or :func:`no_camera_error` with the reason.
    plausible : tuple of float
        What people can reach, chosen widely [P]: a value beyond it was read wrongly. The comment
        beside it says what it rests on.
    useful_half_width : float or None
        Half of a 95 % interval beyond which a value is only indicative; None for counts.
    counted : Counted
        What one value is taken from.
    retest_sem : float or None
        Published error between two sessions; None where none is known.
    near_leg_only : bool
        In side view, only the leg nearer the camera is reported.
    min_fps : float
        Pictures per second below which the value is only indicative.
    core : bool
        One of the five measures of the mission.
    once : bool
        One value per clip and side.
    of_stance : bool
        The side is the leg that stands: "right stance".
    people_sd : float
        Error that rendered people cannot show, in the measure's unit.
    curve : str
        The drawn curve that passes through it, if any.
    not_given : str
        Why no view shows it today, where `views` is empty.
    """

    id: str
    title: str
    short: str
    unit: str
    views: tuple[View, ...]
    sided: bool
    sign: str
    how_to_film: str
    source: str
    needs: tuple[Need, ...]
    camera: CameraError
    plausible: tuple[float, float]
    useful_half_width: float | None
    counted: Counted
    retest_sem: float | None
    near_leg_only: bool = False
    min_fps: float = 0.0
    core: bool = False
    once: bool = False
    of_stance: bool = False
    people_sd: float = 0.0
    curve: str = ""
    not_given: str = ""

    def __post_init__(self) -> None:
        """Refuse a card that contradicts itself."""
        if unknown := set(self.needs) - set(get_args(Need)):
            msg = f"{self.id} needs {', '.join(sorted(unknown))}, which nothing looks at"
            raise ValueError(msg)
        if not self.plausible[0] < self.plausible[1]:
            msg = f"{self.id}: the lower end of what people reach comes first"
            raise ValueError(msg)
        if (self.useful_half_width is None) != self.is_count:
            msg = f"{self.id}: counts have no useful half-width, all else has one"
            raise ValueError(msg)
        if bool(self.views) == bool(self.not_given):
            msg = f"{self.id} is given in some view, or says why in none"
            raise ValueError(msg)

    def __call__(self, compute: Callable[[Trial], Samples]) -> Callable[[Trial], Samples]:
        """Register `compute`, a pure function, as the measure of this card."""
        facts = {f.name: getattr(self, f.name) for f in fields(MeasureCard)}
        MEASURES.add(self.id, MeasureSpec(compute=compute, **facts))
        return compute

    @property
    def is_count(self) -> bool:
        """Whether it is counted, not measured: a whole number without an interval."""
        return self.unit == "count"

    def asks_for(self, need: Need) -> bool:
        """Tell whether the measure cannot do without `need`."""
        return need in self.needs or (need == "body" and bool(self.needs))


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSpec(MeasureCard):
    """A measure: its card and the function that reads it."""

    compute: Callable[[Trial], Samples] = field(repr=False)


measure = MeasureCard
"""``@measure(id=..., ...)`` above a pure function registers it."""


class Measures(Registry[MeasureSpec]):
    """The measures, which can be asked what they hang on."""

    def needing(self, need: Need) -> tuple[str, ...]:
        """Return the ids of the measures that cannot do without `need`."""
        return tuple(m.id for m in self.values() if m.asks_for(need))

    def sha256(self) -> str:
        """Return a digest of all cards: what they say changes intervals and statuses."""
        return hashlib.sha256("\n".join(map(repr, self.values())).encode()).hexdigest()


MEASURES: Measures = Measures("measure", "formcheck.measures")
