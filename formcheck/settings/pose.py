"""Thresholds of the pose stage and the pass over the pixels: unit, bounds and source of each."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class TrackSettings(SettingsModel):
    """Finding people in a frame and following each of them."""

    max_people: int = Field(
        3,
        ge=1,
        le=6,
        description="People followed at once: the runner, a helper and one more. Each costs one "
        "inference per frame.",
    )
    detection_confidence: float = Field(
        0.5, gt=0, lt=1, description="Detector score that makes a person (MediaPipe's default)."
    )
    presence_confidence: float = Field(
        0.5, gt=0, lt=1, description="Landmark model's score that somebody is there (its default)."
    )
    scout_every_s: float = Field(
        1.0,
        gt=0,
        le=5,
        description="Seconds (true) between looks at the whole picture for further people.",
    )
    retry_frames: int = Field(
        3,
        ge=1,
        le=30,
        description="While nobody is followed the whole picture is searched every so many frames.",
    )
    input_side_px: int = Field(
        640,
        ge=256,
        le=2048,
        description="Longer side of what the model is given, px: pictures are shrunk by the whole "
        "number that comes nearest. The net sees 256 x 256; on rendered runners (960 px high) 640 "
        "and 480 gave the errors of the full picture.",
    )
    crop_factor: float = Field(
        2.2,
        ge=1.3,
        le=6,
        description="Side of the square cut out around a small person, in body lengths, so that "
        "detector and net are not given mostly wall.",
    )
    crop_below: float = Field(
        0.5,
        gt=0,
        le=1,
        description="The cut-out is used when it is smaller than this share of the picture.",
    )
    edge_margin: float = Field(
        0.06,
        ge=0,
        lt=0.3,
        description="A person this near (share of its side) to the cut-out's edge gets a new one.",
    )
    small_scale: float = Field(
        0.25,
        gt=0,
        lt=1,
        description="A person shorter than this share of the cut-out gets a new one.",
    )
    same_person_iou: float = Field(
        0.3,
        gt=0,
        lt=1,
        description="Overlap (intersection over union) of boxes that makes two detections of "
        "neighbouring frames the same person.",
    )
    duplicate_iou: float = Field(
        0.7,
        gt=0,
        lt=1,
        description="Overlap in one frame above which two followers hold the same person.",
    )
    min_relative_height: float = Field(
        0.3,
        ge=0,
        lt=1,
        description="People shorter than this share of the tallest are not followed: posters, "
        "passers-by far off.",
    )
    dark_border_luma: int = Field(
        24,
        ge=0,
        le=80,
        description="Rows and columns at the rim that never get brighter (0-255) are padding, "
        "and are cut off before searching.",
    )


class PersonSettings(SettingsModel):
    """Choosing the runner once the whole clip has been seen."""

    max_bridge_s: float = Field(
        0.7,
        ge=0,
        le=5,
        description="A lost person may come back within this time (s) near where they were.",
    )
    jitter_heights: float = Field(
        0.10, gt=0, le=1, description="Jump of a body's centre (its heights) put down to jitter."
    )
    max_speed_heights_s: float = Field(
        3.5,
        gt=0,
        le=20,
        description="Fastest a body crosses the picture, heights per second: a run past the camera "
        "at 4 m/s is 2.4.",
    )
    max_jump_heights: float = Field(
        1.0, gt=0, le=5, description="Farthest a body may have gone over a bridged gap, heights."
    )
    bridge_drift_heights_s: float = Field(
        0.75,
        gt=0,
        le=10,
        description="How far a body may be from where its motion leads, heights per second of gap.",
    )
    same_spot_heights: float = Field(
        0.25,
        gt=0,
        le=1,
        description="After a longer absence, farthest from the old place to be the same body.",
    )
    max_size_ratio: float = Field(
        1.5, gt=1, le=4, description="Largest change of body height over a bridged gap."
    )
    outside_share: float = Field(
        0.01,
        ge=0,
        le=0.5,
        description="A landmark farther outside the picture than this share of its side counts as "
        "unseen: the model made it up.",
    )
    other_min_height: float = Field(
        0.3,
        ge=0,
        le=1,
        description="A second person counts as such from this share of the runner's height.",
    )
    other_apart: float = Field(
        0.5,
        gt=0,
        le=1,
        description="Boxes overlapping more than this are one person seen twice.",
    )


class PassSettings(SettingsModel):
    """The one pass over the pixels."""

    work_side_px: int = Field(
        1280,
        ge=320,
        le=4096,
        description="Longer side of the picture that models and probes are given, px: a 4K frame "
        "carries no more for a 256 x 256 net.",
    )
    segment_frames: int = Field(
        120,
        ge=16,
        le=2000,
        description="Shortest segment worth a start of its own (a few frames are decoded twice).",
    )
    max_segments: int = Field(
        8,
        ge=1,
        le=256,
        description="Segments a clip is cut into at most, unless they get too long: enough that "
        "2 to 4 workers end at about the same time. The number is even, for two cores.",
    )
    max_segment_s: float = Field(
        30.0,
        gt=1,
        le=600,
        description="Longest segment (s of file time): bounds what one death "
        "of a worker costs and the size of a result.",
    )
    lead_in_frames: int = Field(
        2,
        ge=1,
        le=30,
        description="Frames seen before a segment's first, so that the follower has settled; "
        "probes may ask for more.",
    )
    line_frames: int = Field(
        8,
        ge=0,
        le=200,
        description="Pictures, spread over the clip, in which straight edges are looked for.",
    )
    light_rate_hz: float = Field(
        15.0,
        gt=0,
        le=1000,
        description="How often brightness and camera shake are judged, Hz (true time).",
    )
    light_side_px: int = Field(
        160, ge=32, le=1024, description="Size at which brightness and camera shake are judged, px."
    )


class PoseSettings(SettingsModel):
    """Settings of the pose stage and of the pass over the pixels."""

    track: TrackSettings = TrackSettings()
    person: PersonSettings = PersonSettings()
    pixel_pass: PassSettings = PassSettings()
