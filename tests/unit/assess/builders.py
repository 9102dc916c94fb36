"""Small records for the tests of the assessment."""

from formcheck.registry import MEASURES
from formcheck.results import (
    Analysis,
    ClipRecord,
    Difference,
    Measurement,
    PoseRecord,
    ProtocolRecord,
    Versions,
)


def clip_record(**kw):
    base = {
        "path": "clip.mp4",
        "sha256": "0" * 64,
        "width_px": 1080,
        "height_px": 1920,
        "n_frames": 600,
        "duration_s": 10.0,
        "fps": 60.0,
        "vfr": False,
        "rotation_deg": 0,
        "slow_motion_factor": 1.0,
        "mirrored": False,
        "view": "side",
        "facing": "right",
        "surface": "treadmill",
        "roll_deg": 0.0,
        "m_per_px": 0.002,
    }
    return ClipRecord(**(base | kw))


def measurement(measure_id, value, half=1.0, side="right", status="ok", difference=None, **kw):
    unit = MEASURES[measure_id].unit
    asymmetry = None
    if difference is not None:
        d, d_half = difference
        asymmetry = Difference(
            value=d,
            ci95=(d - d_half, d + d_half),
            sd=d_half / 1.96,
            status=status,
            reason="" if status == "ok" else "few steps.",
        )
    if status == "unavailable":
        return Measurement(
            id=measure_id,
            side=side,
            unit=unit,
            value=None,
            ci95=None,
            sd=None,
            n=0,
            status=status,
            reason="Film from behind.",
        )
    base = {
        "id": measure_id,
        "side": side,
        "unit": unit,
        "value": value,
        "ci95": (value - half, value + half),
        "sd": half / 1.96,
        "n": 14,
        "status": status,
        "reason": "" if status == "ok" else "Few steps. Film 15 seconds.",
        "asymmetry": asymmetry,
        "sd_parts": {"steps": half / 1.96},
    }
    return Measurement(**(base | kw))


def analysis(measurements=(), findings=(), protocol="treadmill_run", **clip):
    return Analysis(
        clip=clip_record(**clip),
        protocol=ProtocolRecord(id=protocol),
        pose=PoseRecord(
            backend="replay",
            model="full",
            model_sha256="0",
            detection_rate=1.0,
            swaps_repaired=0,
            frames_dropped=0,
        ),
        measurements=tuple(measurements),
        findings=tuple(findings),
        versions=Versions(formcheck="0", mediapipe="0", settings_sha256="0"),
    )
