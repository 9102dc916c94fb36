"""A stored result with known content, and the data a report is made from."""

import numpy as np

from formcheck.render.keyframes import write_png
from formcheck.report.base import ReportData
from formcheck.results import (
    Analysis,
    ClipRecord,
    Component,
    Difference,
    EventRecord,
    Finding,
    KeyFrame,
    PoseRecord,
    ProtocolRecord,
    Versions,
)
from tests.unit.render.builders import measured, withheld

WHY = "A view from behind cannot show this. Film from the side."


def measurements():
    right = measured(
        "pelvic_drop",
        "right",
        [6.0, 7.0, 8.0] * 4,
        asymmetry=Difference(value=2.0, ci95=(-1.0, 5.0), sd=1.5, status="ok"),
    )
    return (
        measured("pelvic_drop", "left", [4.0, 5.0, 6.0] * 4, status="uncertain", reason="Too few."),
        right,
        measured("cadence", "both", [168.0] * 20, half=1.0, unit="steps/min"),
        measured(
            "landing_softness",
            "left",
            [50.0, 54.0],
            unit="index 0-100",
            components={"flight_time": Component(value=90.0, unit="ms", ci95=(80.0, 100.0))},
        ),
        withheld("knee_flexion_at_contact", "left", WHY),
    )


def analysis(path="clip.mp4", **changes):
    base = {
        "clip": ClipRecord(
            path=path,
            sha256="a1" * 32,
            width_px=720,
            height_px=1280,
            n_frames=300,
            duration_s=10.0,
            fps=30.0,
            vfr=True,
            rotation_deg=90,
            slow_motion_factor=1.0,
            mirrored=False,
            view="rear",
            facing="away",
            surface="treadmill",
            roll_deg=2.2,
            m_per_px=None,
        ),
        "protocol": ProtocolRecord(id="treadmill_run"),
        "pose": PoseRecord(
            backend="mediapipe",
            model="full",
            model_sha256="b2" * 32,
            detection_rate=0.99,
            swaps_repaired=2,
            frames_dropped=1,
        ),
        "events": (
            EventRecord(kind="foot_strike", side="left", time_s=0.5, sd_s=0.01),
            EventRecord(kind="toe_off", side="left", time_s=0.75, sd_s=0.01),
        ),
        "measurements": measurements(),
        "findings": (
            Finding(
                code="pelvic_drop:high",
                severity="watch",
                message="Your pelvis drops 7 degrees when you stand on the right leg.",
                suggestion="Stand tall.",
                measure_ids=("pelvic_drop",),
            ),
            Finding(code="LOW_FRAME_RATE", severity="info", message="30 pictures a second."),
        ),
        "frames": (
            KeyFrame(
                path="frames/01_left_mid_stance.png",
                time_s=1.0,
                caption="Left mid-stance: pelvic drop 5° ± 3 (uncertain).",
                alt='A runner from behind, "left" stance.',
            ),
            KeyFrame(
                path="frames/02_right_mid_stance.png",
                time_s=1.4,
                caption="Right mid-stance: pelvic drop 7° ± 3.",
                alt="A runner from behind, right stance.",
            ),
        ),
        "versions": Versions(formcheck="0.1.0", mediapipe="1.2.2", settings_sha256="c3" * 32),
    }
    return Analysis(**(base | changes))


def report_data(folder, result=None, **changes):
    """Return report data whose pictures exist in `folder`."""
    result = analysis() if result is None else result
    rng = np.random.default_rng(0)
    for frame in result.frames:
        write_png(folder / frame.path, rng.integers(0, 255, (320, 200, 3), dtype=np.uint8))
    return ReportData(analysis=result, folder=folder, **changes)
