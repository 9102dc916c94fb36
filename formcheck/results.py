"""What crosses the file boundary: the models behind ``analysis.json`` (schema 1.0).

The JSON Schema that ships with the package is generated from :class:`Analysis`.
"""

from datetime import datetime
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.0"
Status = Literal["ok", "uncertain", "unavailable"]
Severity = Literal["info", "watch", "outside", "stop"]
ResultSide = Literal["left", "right", "both"]
Interval = tuple[float, float]


class Record(BaseModel):
    """Base of every stored record: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class ClipRecord(Record):
    """The clip and what was detected of the scene."""

    path: str
    sha256: str
    width_px: int
    height_px: int
    n_frames: int
    duration_s: float
    fps: float
    vfr: bool
    rotation_deg: int
    slow_motion_factor: float
    mirrored: bool
    view: Literal["side", "rear", "front"]
    facing: Literal["left", "right", "toward", "away"]
    surface: Literal["treadmill", "overground", "static"]
    roll_deg: float
    m_per_px: float | None
    ambiguous: tuple[str, ...] = ()
    near_side: Literal["left", "right"] | None = None


class ProtocolRecord(Record):
    """Which test was analysed."""

    id: str


class LikelyTest(Record):
    """A test that a clip may show, with its probability."""

    protocol: str
    probability: float


class RecognitionRecord(Record):
    """What the clip was recognised as; `protocol` is empty where it is none of the tests."""

    protocol: str
    probability: float
    others: tuple[LikelyTest, ...] = ()


class PoseRecord(Record):
    """Where the landmarks come from."""

    backend: str
    model: str
    model_sha256: str
    detection_rate: float
    swaps_repaired: int
    frames_dropped: int


class EventRecord(Record):
    """One foot strike or toe-off."""

    kind: Literal["foot_strike", "toe_off"]
    side: Literal["left", "right"]
    time_s: float
    sd_s: float


class RepRecord(Record):
    """One repetition of a movement test."""

    side: ResultSide
    start_s: float
    deepest_s: float
    end_s: float
    counted: bool = True
    reason: str = ""
    reach_pct: float | None = None


class Difference(Record):
    """Right minus left of a sided measure."""

    value: float
    ci95: Interval
    sd: float
    status: Status
    reason: str = ""


class Component(Record):
    """One part of a composite measure."""

    value: float | None
    unit: str
    ci95: Interval | None = None


class Measurement(Record):
    """A measure's value for one side, with its 95 % interval.

    ``value`` is None exactly when ``status`` is ``unavailable``. ``sd_parts`` holds what ``sd`` is
    made of (steps, events, roll, view, scale, method, clip), in the measure's unit. ``source`` says
    what the value was read from where that is not the usual: ``stickers`` on the waistband.
    """

    id: str
    side: ResultSide
    unit: str
    value: float | None
    ci95: Interval | None
    sd: float | None
    n: int
    status: Status
    reason: str = ""
    per_step: tuple[float | None, ...] = ()
    times_s: tuple[float, ...] = ()
    components: dict[str, Component] = Field(default_factory=dict)
    sd_parts: dict[str, float] = Field(default_factory=dict)
    source: str = ""
    asymmetry: Difference | None = None

    @model_validator(mode="after")
    def _value_matches_status(self) -> Self:
        if (self.value is None) != (self.status == "unavailable"):
            msg = f"{self.id}: value is None exactly when status is unavailable"
            raise ValueError(msg)
        if self.value is not None and self.ci95 is None:
            msg = f"{self.id}: a value needs its 95 % interval"
            raise ValueError(msg)
        if self.status != "ok" and not self.reason:
            msg = f"{self.id}: status {self.status} needs a reason"
            raise ValueError(msg)
        return self


class Finding(Record):
    """Something worth telling: what, how grave, what to do, and the frames that show it.

    ``message`` speaks to the runner, ``clinical`` says the same to a physiotherapist.
    """

    code: str
    severity: Severity
    message: str
    suggestion: str = ""
    clinical: str = ""
    measure_ids: tuple[str, ...] = ()
    frames: tuple[int, ...] = ()


EARLIER_VALUES: Final = "Values in the picture are those before the edits."
"""Ends the caption of a picture that an edit made old."""


class KeyFrame(Record):
    """One annotated picture."""

    path: str
    time_s: float
    caption: str
    alt: str


class EditRecord(Record):
    """One correction by hand that the numbers contain; ``edits.json`` has the whole log."""

    id: str
    made_at: datetime
    what: str
    before: str
    after: str


class Versions(Record):
    """What made the numbers."""

    formcheck: str
    mediapipe: str
    settings_sha256: str


class Analysis(Record):
    """The whole result of one clip, as written to ``analysis.json``."""

    schema_version: Annotated[str, Field(pattern=r"^1\.\d+$")] = SCHEMA_VERSION
    clip: ClipRecord
    protocol: ProtocolRecord
    recognition: RecognitionRecord | None = None
    pose: PoseRecord
    events: tuple[EventRecord, ...] = ()
    reps: tuple[RepRecord, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    findings: tuple[Finding, ...] = ()
    frames: tuple[KeyFrame, ...] = ()
    edits: tuple[EditRecord, ...] = ()
    versions: Versions

    def find(self, measure_id: str, side: ResultSide | None = None) -> Measurement | None:
        """Return the measurement of `measure_id` (on `side`), or None."""
        for m in self.measurements:
            if m.id == measure_id and side in (None, m.side):
                return m
        return None
