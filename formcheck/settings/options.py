"""What the user may choose for one analysis (command line and app are built from these fields)."""

from typing import Literal

from pydantic import Field

from formcheck.settings.base import SettingsModel

ModelName = Literal["full", "heavy", "lite"]


class AnalyzeOptions(SettingsModel):
    """Choices for one clip; None means: detect it."""

    protocol: str = Field("auto", description="Which test was filmed, or auto.")
    view: Literal["side", "rear", "front", "auto"] = Field(
        "auto", description="Where the camera stands."
    )
    facing: Literal["left", "right", "toward", "away", "auto"] = "auto"
    surface: Literal["treadmill", "overground", "static", "auto"] = "auto"
    leg: Literal["left", "right", "auto"] = Field(
        "auto", description="Which leg does the test, for tests on one leg seen from the side."
    )
    belt_speed_mps: float | None = Field(
        None, gt=0.2, lt=12, description="Treadmill speed, m/s: gives a scale for lengths."
    )
    height_cm: float | None = Field(
        None, gt=80, lt=230, description="Standing height, cm: gives a scale for lengths."
    )
    sex: Literal["women", "men"] | None = Field(
        None, description="Whose published values to place yours among, where they differ."
    )
    age: int | None = Field(None, ge=16, le=110, description="Age in years, for the same.")
    capture_fps: float | None = Field(
        None, ge=5, le=1000, description="Rate the camera filmed at, for slow motion."
    )
    start_s: float | None = Field(
        None, ge=0, description="Where the part to analyse begins, true seconds into the clip."
    )
    end_s: float | None = Field(
        None, gt=0, description="Where the part to analyse ends, true seconds into the clip."
    )
    mirrored: bool = Field(False, description="Filmed in selfie mode: left and right swapped.")
    roll_deg: float | None = Field(None, ge=-45, le=45, description="Camera roll, if known.")
    model: ModelName = Field("full", description="Landmark model.")
    workers: int = Field(0, ge=0, le=64, description="Worker processes; 0 = one per core.")
    frames: bool = Field(True, description="Write annotated frames.")
    video: Literal["none", "strides", "full"] = Field("strides", description="Annotated clip.")
    review: bool = Field(False, description="Write the whole clip for the app's player.")
    report: tuple[Literal["html", "pdf"], ...] = ("html",)
    exports: tuple[Literal["trc", "mot", "c3d"], ...] = ()
    audience: Literal["runner", "pt"] = Field("runner", description="Whose words the report uses.")
    paper: Literal["a4", "letter"] = Field("a4", description="Paper of the PDF.")
    blur_face: bool = True
