"""A trial: who moved how, seen from where, with its steps and repetitions."""

from dataclasses import dataclass, field
from typing import Literal

from formcheck.data.clip import Clip
from formcheck.data.given import Given, usual
from formcheck.data.sequences import Channels, PoseSequence
from formcheck.keypoints import Side, View

Facing = Literal["left", "right", "toward", "away"]
Surface = Literal["treadmill", "overground", "static"]
EventKind = Literal["foot_strike", "toe_off"]
SampleSide = Literal["left", "right", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How the camera looks at the runner.

    Attributes
    ----------
    roll_deg, roll_sd_deg : float
        Camera roll about its axis, + = the picture must be turned clockwise to be level; its SD.
    yaw_deg : float or None
        Estimated angle off square for the view, None where it cannot be told.
    m_per_px : float or None
        Scale at the runner's mid-line depth.
    ambiguous : tuple of str
        Which of ``view``, ``facing``, ``surface``, ``leg`` have signs that disagree.
    near_side : {"left", "right"} or None
        In side view, the leg nearer the camera.
    leg : {"left", "right"} or None
        The leg that does a test on one leg, where the user has said it.
    """

    view: View
    facing: Facing
    surface: Surface
    roll_deg: float = 0.0
    roll_sd_deg: float = 1.5
    yaw_deg: float | None = None
    m_per_px: float | None = None
    m_per_px_sd: float | None = None
    ambiguous: tuple[str, ...] = ()
    near_side: Side | None = None
    leg: Side | None = None

    @property
    def forward_sign(self) -> int:
        """+1 if the runner faces image-right, -1 if image-left, 0 in frontal views."""
        return {"right": 1, "left": -1}.get(self.facing, 0)

    def lateral_sign(self, side: Side) -> int:
        """Image-x sign that points to the runner's `side` in rear or front view; 0 in side view."""
        if self.view == View.SIDE:
            return 0
        rear = 1 if self.view == View.REAR else -1
        return rear if side == "right" else -rear


@dataclass(frozen=True, slots=True, kw_only=True)
class FootEvent:
    """A foot strike or toe-off with its one-sigma time error."""

    kind: EventKind
    side: Side
    time_s: float
    sd_s: float
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stance and what follows: ``[strike_s, end_s)``, end = the next strike of any foot.

    Attributes
    ----------
    toe_off_s : float or None
        None where the toe-off was not seen.
    stride_end_s : float or None
        Next strike of the same foot.
    """

    side: Side
    strike_s: float
    toe_off_s: float | None
    end_s: float | None
    stride_end_s: float | None
    strike_sd_s: float
    toe_off_sd_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """One repetition of a movement test, ``[start_s, end_s)``.

    Attributes
    ----------
    counted : bool
        False for a half or disturbed repetition; `reason` says why.
    reach_pct : float or None
        How far it went, % of the first whole repetitions, where the test has such a size.
    """

    side: SampleSide
    start_s: float
    deepest_s: float
    end_s: float
    counted: bool = True
    reason: str = ""
    reach_pct: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """Everything a measure may look at.

    Attributes
    ----------
    pose : PoseSequence
        Repaired and zero-lag filtered landmarks on a uniform grid.
    raw : PoseSequence
        Repaired, unfiltered landmarks, one row per frame.
    far_steps : tuple of Step
        Steps too far from the camera for angles; their times still count.
    second_look : PoseSequence or None
        The same person found again, better, in the few pictures that some values hang on.
    given : Given
        Settings and learned numbers to work with.
    """

    clip: Clip
    scene: Scene
    pose: PoseSequence
    raw: PoseSequence
    channels: Channels
    steps: tuple[Step, ...] = ()
    far_steps: tuple[Step, ...] = ()
    reps: tuple[Rep, ...] = ()
    protocol_id: str = ""
    belt_speed_mps: float | None = None
    height_cm: float | None = None
    second_look: PoseSequence | None = None
    given: Given = field(default_factory=usual)

    def steps_of(self, side: Side) -> tuple[Step, ...]:
        """Return the steps whose stance foot is `side`."""
        return tuple(s for s in self.steps if s.side == side)

    @property
    def timed_steps(self) -> tuple[Step, ...]:
        """All steps in order, for what is read off the clock alone."""
        return tuple(sorted((*self.steps, *self.far_steps), key=lambda s: s.strike_s))
