"""Recipes of the shipped samples."""

from dataclasses import replace

from sample_videos.render.camera import CameraSpec
from sample_videos.render.clip import ClipSpec
from sample_videos.render.motion import ForceShape, JumpSpec, RunSpec, SquatSpec
from sample_videos.render.scene.looks import LOOKS

#: The force of runners over a force plate: between half a sine and the two bells.
FORCE = ForceShape()

SAMPLES: tuple[ClipSpec, ...] = (
    ClipSpec(
        name="treadmill_side_left", protocol="treadmill_run", body="f1", look=LOOKS["b"],
        motion=RunSpec(
            force=FORCE, seed=11, clearance_m=-0.01, speed_mps=2.7, cadence_spm=164,
            contact_time_s=(0.262, 0.258),
            strike=("heel", "heel"), knee_ic_deg=(12.0, 13.0), knee_peak_deg=(41.0, 42.0),
            trunk_lean_deg=6.0, pelvic_drop_deg=(5.5, 4.5), trunk_rot_deg=22.0,
        ),
        camera=CameraSpec("left", 3.0, 0.95, 37.0, pitch_deg=-1.0),
        width_px=608, height_px=1080, fps=60, duration_s=8.0, subframes=2, exposure_s=0.004, crf=25,
    ),
    ClipSpec(
        name="treadmill_rear", protocol="treadmill_run", body="f3", look=LOOKS["f"],
        motion=RunSpec(
            force=FORCE, seed=12, clearance_m=-0.01, speed_mps=2.8, cadence_spm=168,
            contact_time_s=(0.252, 0.246),
            pelvic_drop_deg=(8.0, 4.0), pelvis_rot_deg=11.0, trunk_rot_deg=21.0,
            step_width_m=0.05, knee_in_deg=(7.0, 4.0), trunk_sway_deg=2.5,
        ),
        camera=CameraSpec("rear", 3.0, 1.0, 38.0, pitch_deg=-2.0),
        width_px=608, height_px=1080, fps=60, duration_s=9.5, exposure_s=0.004, crf=25,
    ),
    ClipSpec(
        name="squat_left", protocol="single_leg_squat", body="f2", look=LOOKS["e"], room="floor",
        motion=SquatSpec(
            seed=13, clearance_m=-1.0, side="L", depth_deg=62, fppa_deg=11.0, pelvic_drop_deg=6.0,
            trunk_side_deg=6.0, reps=3, rep_s=2.6, start_s=0.9,
        ),
        camera=CameraSpec("front", 2.9, 0.75, 38.0, pitch_deg=1.0),
        width_px=608, height_px=1080, fps=30, duration_s=9.2, subframes=2, exposure_s=0.010,
    ),
    ClipSpec(
        name="treadmill_side_right", protocol="treadmill_run", body="m1", look=replace(
            LOOKS["a"], shirt_pattern=4, shirt=(0.20, 0.34, 0.62), shirt2=(0.88, 0.86, 0.80)),
        motion=RunSpec(
            force=FORCE, seed=14, speed_mps=3.1, cadence_spm=172, contact_time_s=(0.236, 0.240),
            strike=("mid", "mid"), knee_ic_deg=(17.0, 16.0), knee_peak_deg=(44.0, 43.0),
            trunk_lean_deg=9.0, pelvic_drop_deg=(4.0, 5.0),
        ),
        camera=CameraSpec("right", 3.2, 1.0, 37.0, pitch_deg=-1.0),
        width_px=608, height_px=1080, fps=60, duration_s=8.0, subframes=2, exposure_s=0.004, crf=25,
    ),
    ClipSpec(
        name="squat_right", protocol="single_leg_squat", body="m3", look=LOOKS["c"], room="floor",
        motion=SquatSpec(
            seed=15, clearance_m=-1.0, side="R", depth_deg=68, fppa_deg=3.0, pelvic_drop_deg=3.0,
            trunk_side_deg=3.0, reps=3, rep_s=2.5, start_s=0.8,
        ),
        camera=CameraSpec("front", 3.1, 0.8, 37.0, pitch_deg=1.0),
        width_px=608, height_px=1080, fps=30, duration_s=8.8, subframes=2, exposure_s=0.010,
    ),
    ClipSpec(
        name="landing_soft", protocol="hop_landing", body="f1", look=replace(
            LOOKS["b"], shirt=(0.55, 0.30, 0.55), bottom="shorts", shorts=(0.1, 0.12, 0.2), room=7),
        room="floor",
        motion=JumpSpec(
            seed=16, height_m=0.22, knee_ic_deg=24, knee_peak_deg=82, descend_s=0.26, reps=3,
            period_s=2.7, start_s=0.4,
        ),
        camera=CameraSpec("left", 3.2, 0.95, 37.0),
        width_px=608, height_px=1080, fps=60, duration_s=8.2, subframes=1, exposure_s=0.005, crf=25,
    ),
    ClipSpec(
        name="landing_stiff", protocol="hop_landing", body="m2", look=LOOKS["d"], room="floor",
        motion=JumpSpec(
            seed=17, height_m=0.24, knee_ic_deg=13, knee_peak_deg=46, descend_s=0.12,
            crouch_deg=66, recover_s=0.7, trunk_lean_deg=14.0, reps=3, period_s=2.6, start_s=0.4,
        ),
        camera=CameraSpec("right", 3.2, 0.95, 37.0),
        width_px=608, height_px=1080, fps=60, duration_s=8.0, subframes=1, exposure_s=0.005, crf=25,
    ),
    ClipSpec(
        name="hallway_rear", protocol="hallway_run", body="fit_f1", look=replace(
            LOOKS["a"], bottom="leggings", shirt=(0.20, 0.55, 0.30), shirt_pattern=0, room=6),
        room="hallway",
        motion=RunSpec(
            force=FORCE, seed=18, overground=True, start_x_m=0.0, speed_mps=2.2, cadence_spm=160,
            contact_time_s=(0.275, 0.270), pelvic_drop_deg=(6.5, 5.0), trunk_rot_deg=20.0,
            knee_ic_deg=(15.0, 15.0), knee_swing_deg=(84.0, 84.0), drift_m=0.01,
        ),
        camera=CameraSpec("rear", 3.4, 1.15, 52.0, pitch_deg=-1.5),
        width_px=608, height_px=1080, fps=60, duration_s=8.0, exposure_s=0.005, crf=25,
    ),
)  # fmt: skip


def sample_named(name: str) -> ClipSpec:
    """Recipe of one shipped sample."""
    for spec in SAMPLES:
        if spec.name == name:
            return spec
    message = f"expected one of {[s.name for s in SAMPLES]}, got {name!r}"
    raise ValueError(message)
