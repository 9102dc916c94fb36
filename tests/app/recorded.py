"""A recorded result and a recorded pipeline for page tests: no video is decoded, no model runs."""

import sys
import time
import types
from pathlib import Path

import cv2
import numpy as np

from formcheck.data import Clip, Scene
from formcheck.errors import FormcheckError
from formcheck.keypoints import View
from formcheck.results import (
    Analysis,
    ClipRecord,
    Difference,
    EventRecord,
    Finding,
    KeyFrame,
    Measurement,
    PoseRecord,
    ProtocolRecord,
    Versions,
)

SHA = "0" * 64


def measurement(measure_id, side, value, half=3.0, **more):
    rng = np.random.default_rng(abs(hash((measure_id, side))) % 2**32)
    steps = tuple(float(v) for v in value + rng.normal(0, half / 2, more.pop("n", 14)))
    return Measurement(
        id=measure_id,
        side=side,
        unit=more.pop("unit", "deg"),
        value=value,
        ci95=(value - half, value + half),
        sd=half / 2,
        n=len(steps),
        status=more.pop("status", "ok"),
        per_step=steps,
        times_s=tuple(0.35 * i for i in range(len(steps))),
        **more,
    )


def missing(measure_id, side, reason, unit="deg"):
    return Measurement(
        id=measure_id, side=side, unit=unit, value=None, ci95=None, sd=None, n=0,
        status="unavailable", reason=reason,
    )  # fmt: skip


def analysis(view="rear"):
    gap = Difference(value=4.0, ci95=(-1.0, 9.0), sd=2.5, status="ok")
    strikes = tuple(
        EventRecord(
            kind="foot_strike", side="left" if i % 2 else "right", time_s=0.35 * i, sd_s=0.01
        )
        for i in range(28)
    )
    return Analysis(
        clip=ClipRecord(
            path="clip.mp4", sha256=SHA, width_px=720, height_px=1280, n_frames=600,
            duration_s=10.0, fps=60.0, vfr=False, rotation_deg=0, slow_motion_factor=1.0,
            mirrored=False, view=view, facing="away", surface="treadmill", roll_deg=1.4,
            m_per_px=None,
        ),
        protocol=ProtocolRecord(id="treadmill_run"),
        pose=PoseRecord(
            backend="mediapipe", model="full", model_sha256=SHA, detection_rate=0.99,
            swaps_repaired=4, frames_dropped=0,
        ),
        events=strikes,
        measurements=(
            measurement("pelvic_drop", "left", 5.0),
            measurement("pelvic_drop", "right", 9.0, asymmetry=gap),
            measurement("trunk_side_lean", "left", 3.0, 2.0),
            measurement("trunk_side_lean", "right", 1.0, 2.0),
            measurement(
                "trunk_rotation", "both", 14.0, 9.0, status="uncertain",
                reason="from behind, rotation is a rough proxy",
            ),
            measurement("cadence", "both", 168.0, 2.0, unit="steps/min"),
            missing("knee_flexion_at_contact", "left", "Needs the side view."),
            missing("knee_flexion_at_contact", "right", "Needs the side view."),
        ),
        findings=(
            Finding(
                code="PELVIC_DROP_ASYMMETRY", severity="watch",
                message="Your pelvis drops about 4 degrees more when your right foot is down.",
                clinical="Pelvic drop right minus left: +4 deg.",
                suggestion="Think 'stand tall, push the floor away' for 30 seconds at a time.",
                measure_ids=("pelvic_drop",), frames=(1,),
            ),
            Finding(
                code="TOO_DARK", severity="info", message="It is quite dark.",
                suggestion="Turn on a light.",
            ),
        ),
        frames=(
            KeyFrame(path="frames/a.png", time_s=1.0, caption="Left mid-stance", alt="Left stance"),
            KeyFrame(path="frames/b.png", time_s=1.3, caption="Right mid-stance", alt="Right"),
        ),
        versions=Versions(formcheck="0.1.0", mediapipe="1.2.2", settings_sha256=SHA),
    )  # fmt: skip


def write_result(folder: Path, result: Analysis | None = None) -> Analysis:
    result = result or analysis()
    (folder / "frames").mkdir(parents=True, exist_ok=True)
    for i, frame in enumerate(result.frames):
        picture = np.full((640, 480, 3), 70 + 40 * i, np.uint8)
        cv2.line(picture, (150, 300), (330, 330), (240, 240, 240), 6)
        cv2.imwrite(str(folder / frame.path), picture)
    for name in ("report.pdf", "report.html", "measurements.csv", "events.csv"):
        (folder / name).write_bytes(b"recorded")
    (folder / "analysis.json").write_text(result.model_dump_json(), encoding="utf-8")
    return result


def checked(level="ok"):
    poster = np.full((640, 480, 3), 120, np.uint8)
    cv2.rectangle(poster, (140, 80), (330, 600), (77, 184, 255), 4)
    clip = Clip(
        path=Path("clip.mp4"), sha256=SHA, width_px=720, height_px=1280,
        file_time_s=np.arange(600) / 60.0,
    )  # fmt: skip
    check = types.SimpleNamespace
    return check(
        poster_rgb=poster,
        clip=clip,
        scene=Scene(view=View.REAR, facing="away", surface="treadmill"),
        checks=(
            check(code="BODY", level="ok", text="Your whole body is in the picture."),
            check(code="LIGHT", level=level, text="It's quite dark, so edges are blurry."),
        ),
        protocol_id="treadmill_run",
        measurable=(
            ("pelvic_drop", "Pelvic drop", True, ""),
            ("knee_flexion_at_contact", "Knee bend at landing", False, "Film from the side."),
        ),
    )


def nobody():
    check = checked()
    check.scene, check.measurable, check.protocol_id = None, (), None
    check.checks = (
        types.SimpleNamespace(code="NO_PERSON", level="stop", text="Nobody was found."),
    )
    return check


def pipeline(*, delay_s=0.0, fail=None, calls=None, look=checked):
    """Return a stand-in for the module ``formcheck.pipeline``."""
    module = types.ModuleType("formcheck.pipeline")
    progress = types.ModuleType("formcheck.pipeline.progress")
    progress.STAGES = (
        "Reading", "Finding you", "Finding steps", "Measuring", "Drawing", "Writing",
    )  # fmt: skip

    def analyze_file(path, out_dir, options, *, settings=None, on_progress=None, cancel=None):
        if calls is not None:
            calls.append(Path(path).name)
        for stage in progress.STAGES:
            for i in range(10):
                if cancel and cancel():
                    raise FormcheckError("CANCELLED", "stopped")
                on_progress(stage, i + 1, 10)
                time.sleep(delay_s / 60)
        if fail is not None:
            raise fail
        folder = Path(out_dir) / Path(path).stem
        return write_result(folder), folder

    def quick_check(path, options):
        return look()

    module.analyze_file = analyze_file
    module.quick_check = quick_check
    module.progress = progress
    return {"formcheck.pipeline": module, "formcheck.pipeline.progress": progress}


def install(monkeypatch, **kinds):
    for name, module in pipeline(**kinds).items():
        monkeypatch.setitem(sys.modules, name, module)
