"""What crosses the file boundary: the models behind ``analysis.json`` (schema 1.1).

The JSON Schema that ships with the package is generated from :class:`Analysis`.
"""

from datetime import datetime
from typing import Annotated, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.1"
Status = Literal["ok", "uncertain", "unavailable"]
Severity = Literal["info", "watch", "outside", "stop"]
ResultSide = Literal["left", "right", "both"]
Placed = Literal["middle", "low_side", "high_side", "beyond"]
Interval = tuple[float, float]


class Record(BaseModel):
    """Base of every stored record: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class PartRecord(Record):
    """A part of a clip that breaks: true seconds from the start of the file.

    ``reason`` is the break before it; ``view`` is that of the part measured, None of the others.
    """

    start_s: float
    end_s: float
    reason: Literal["start", "cut", "frozen", "hole"]
    measured: bool
    view: Literal["side", "rear", "front"] | None = None


class ClipRecord(Record):
    """The clip and what was detected of the scene.

    ``begins_s`` is where in the file (true seconds) the part measured begins; all other times count
    from there. ``parts`` is empty for a clip that does not break.
    """

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
    begins_s: float = 0.0
    n_repeated: int = 0
    parts: tuple[PartRecord, ...] = ()


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
    """Right minus left of a sided measure; ``sd_parts`` is what its ``sd`` is made of."""

    value: float
    ci95: Interval
    sd: float
    status: Status
    reason: str = ""
    sd_parts: dict[str, float] = Field(default_factory=dict)


class ReferenceRecord(Record):
    """What healthy people showed in a study, in the unit of the measure.

    ``low`` and ``high`` are the ends of the range, ``low_side`` and ``high_side`` where its middle
    ends; None where that side has no limit. ``grade``: A, same definition and kind of device; B, a
    laboratory; C, derived or from a review. ``about`` says why a value is placed only roughly:
    ``speed`` (not known) or ``definition``; empty otherwise.
    """

    low: float | None
    high: float | None
    low_side: float | None = None
    high_side: float | None = None
    mean: float | None = None
    sd: float | None = None
    source: str
    grade: Literal["A", "B", "C"]
    who: str
    about: Literal["", "speed", "definition"] = ""


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
    ``placed`` says where the value lies in ``reference``; None where its interval does not tell.
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
    reference: ReferenceRecord | None = None
    placed: Placed | None = None

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
    """What made the numbers.

    ``settings_sha256`` changes with anything that may change a number, the learned tables included;
    ``fitted_sha256`` with these alone (empty in results of schema 1.0).
    """

    formcheck: str
    mediapipe: str
    settings_sha256: str
    fitted_sha256: str = ""


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
