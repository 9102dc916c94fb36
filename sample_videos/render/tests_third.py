"""Third take of every movement test: other people, cameras, clothes, legs, rhythms, pauses.

Written after the rules of counting had been looked at on the first two takes. Each row is set by
hand, so that nothing but the movement is shared with an earlier clip of the same test.
"""

from dataclasses import dataclass, replace

from sample_videos.render.camera import CameraSpec
from sample_videos.render.clip import ClipSpec
from sample_videos.render.motion import (
    ChainSpec,
    DrillSpec,
    HopSpec,
    JumpSpec,
    MotionSpec,
    RunSpec,
    WalkSpec,
)
from sample_videos.render.scene.looks import LOOKS


@dataclass(frozen=True)
class _Phone:
    """Where the phone stands in this take; metres and degrees."""

    view: str
    distance_m: float = 3.2
    height_m: float = 0.85
    azimuth_deg: float = 0.0
    roll_deg: float = 0.0
    sway: float = 0.0
    focal_mm: float = 0.0
    pitch_deg: float = -0.5

    def spec(self) -> CameraSpec:
        """Return the camera; without a focal length the whole person is in the picture."""
        return CameraSpec(
            self.view, self.distance_m, self.height_m,
            self.focal_mm or 35.0 * self.distance_m / 3.2, azimuth_deg=self.azimuth_deg,
            roll_deg=self.roll_deg, sway=self.sway, pitch_deg=self.pitch_deg,
        )  # fmt: skip


def _walk(seed: int, cadence_spm: float, speed_mps: float) -> WalkSpec:
    return WalkSpec(
        seed=seed, overground=True, start_x_m=-2.0 * speed_mps, speed_mps=speed_mps,
        cadence_spm=cadence_spm, contact_time_s=(0.66, 0.66), start_s=-2.0, end_s=6.0,
    )  # fmt: skip


def _after_walk(walk: WalkSpec, *parts: tuple[float, MotionSpec]) -> ChainSpec:
    """Return motions after a walk into the picture, each with the moment at which it begins."""
    return ChainSpec(
        parts=(walk, *(p for _, p in parts)), begins_s=(0.0, *(t for t, _ in parts))
    )  # fmt: skip


def _clip(  # noqa: PLR0917 - one row of the table below
    name: str,
    protocol: str,
    body: str,
    look: str,
    motion: MotionSpec,
    phone: _Phone,
    duration_s: float,
) -> ClipSpec:  # fmt: skip
    return ClipSpec(
        name=f"{name}_c", protocol=protocol, body=body, look=LOOKS[look], motion=motion,
        camera=phone.spec(), room="floor", split="tests", width_px=360, height_px=640, fps=30.0,
        duration_s=duration_s, exposure_s=0.007, crf=26, encoder_preset="veryfast",
        antialias=False, seed=203,
    )  # fmt: skip


def _wide(spec: ClipSpec) -> ClipSpec:
    return replace(spec, width_px=640, height_px=360)


_HOPS_LEFT = HopSpec(seed=91, side="L", contact_s=0.27, flight_s=0.27, start_s=1.1, end_s=3.9,
                     pelvic_drop_deg=7.0, valgus_deg=5.0)  # fmt: skip
_HOPS_RIGHT = HopSpec(seed=93, side="R", contact_s=0.36, flight_s=0.23, start_s=0.9, end_s=4.0,
                      knee_ic_deg=26.0)  # fmt: skip

THIRD: tuple[ClipSpec, ...] = (
    _clip("double_squat_side", "double_squat", "score3_f2", "c", _after_walk(
        _walk(61, 116, 1.25),
        (1.9, DrillSpec(seed=62, test="double_squat", full=84.0, lean_deg=26.0, start_s=1.0,
                        rep_s=2.1, shares=(1.0, 0.95))),
        (7.6, DrillSpec(seed=63, test="double_squat", full=84.0, lean_deg=26.0, start_s=0.7,
                        rep_s=2.8, shares=(0.95, 0.5, 0.9))),
    ), _Phone("right", height_m=0.7, azimuth_deg=-4.0), 17.4),
    _clip("double_squat_front", "double_squat", "fit3_m2", "a", DrillSpec(
        seed=64, test="double_squat", full=76.0, shift_m=-0.03, inward_deg=3.0, start_s=1.4,
        rep_s=2.6, shares=(0.95, 1.0, 0.48, 1.0), pause_after=1, pause_s=2.0,
    ), _Phone("front", distance_m=2.7, height_m=0.8, azimuth_deg=-5.0, roll_deg=-1.0), 14.6),
    _clip("hip_hinge_side", "hip_hinge", "score3_f4", "e", _after_walk(
        _walk(65, 110, 1.1),
        (2.1, DrillSpec(seed=66, test="hip_hinge", full=62.0, start_s=1.0, rep_s=2.7,
                        shares=(0.9, 1.0, 1.0, 0.45), pause_after=2, pause_s=1.8)),
    ), _Phone("left", distance_m=3.6, azimuth_deg=6.0), 16.4),
    _clip("lunge_side", "lunge", "fit3_f2", "d", _after_walk(
        _walk(67, 104, 1.05),
        (2.2, DrillSpec(seed=68, test="lunge", side="R", full=80.0, lean_deg=14.0, start_s=1.2,
                        rep_s=2.7, shares=(1.0, 0.9, 1.0, 0.5), pause_after=1, pause_s=1.4)),
    ), _Phone("right", distance_m=3.5, height_m=0.75, roll_deg=1.5), 17.0),
    _clip("running_man_side", "single_leg_running_man", "score3_m1", "c", _after_walk(
        _walk(69, 112, 1.2),
        (2.0, DrillSpec(seed=70, test="single_leg_running_man", side="R", full=80.0, lean_deg=18.0,
                        start_s=1.1, rep_s=1.8, shares=(0.95, 1.0, 0.5, 1.0), pause_after=3,
                        pause_s=1.2)),
        (12.6, DrillSpec(seed=71, test="single_leg_running_man", side="R", full=80.0,
                         lean_deg=18.0, start_s=0.7, rep_s=2.3, shares=(0.95,))),
    ), _Phone("right", distance_m=3.3, height_m=0.95, azimuth_deg=-6.0), 16.6),
    _clip("calf_raise_side", "calf_raise", "fit3_f4", "f", _after_walk(
        _walk(72, 108, 1.15),
        (2.0, DrillSpec(seed=73, test="calf_raise", side="L", full=31.0, start_s=1.2, rep_s=1.6,
                        shares=(1.0, 0.97, 0.5, 0.94, 0.92, 0.9), pause_after=4, pause_s=1.6)),
    ), _Phone("left", distance_m=2.9, height_m=0.6, azimuth_deg=4.0, pitch_deg=1.5), 15.4),
    _clip("sit_to_stand_side", "single_leg_sit_to_stand", "score3_f3", "b", DrillSpec(
        seed=74, test="single_leg_sit_to_stand", side="L", full=88.0, start_s=1.0, rep_s=3.2,
        shares=(1.0, 0.45, 1.0, 1.0), pause_after=3, pause_s=2.2,
    ), _Phone("left", height_m=1.0, azimuth_deg=-4.0, pitch_deg=-2.0), 17.2),
    _clip("squat_ten_front", "single_leg_squat", "score3_f1", "f", _after_walk(
        _walk(75, 114, 1.2),
        (2.0, DrillSpec(seed=76, test="single_leg_squat", side="L", full=52.0, inward_deg=12.0,
                        drop_deg=7.0, lean_deg=7.0, start_s=1.2, rep_s=2.2, wobble_m=0.007,
                        shares=(1.0, 0.9, 1.0, 0.5, 1.0, 0.92), pause_after=2, pause_s=2.0)),
    ), _Phone("front", distance_m=2.8, height_m=0.7, azimuth_deg=4.0, roll_deg=1.5,
              pitch_deg=0.5), 19.4),
    _clip("balance_front", "single_leg_balance", "fit3_m3", "b", _after_walk(
        _walk(77, 106, 1.1),
        (2.2, DrillSpec(seed=78, test="single_leg_balance", side="R", full=1.0, start_s=1.2,
                        rep_s=8.0, wobble_m=0.014, lean_deg=5.0, shares=(0.7, 0.5),
                        pause_after=1, pause_s=-1.4)),
    ), _Phone("front", distance_m=3.1, height_m=1.0, azimuth_deg=-6.0, pitch_deg=-1.5), 15.6),
    _wide(_clip("bridge_side", "single_leg_bridge", "score3_m2", "e", DrillSpec(
        seed=79, test="single_leg_bridge", side="L", full=22.0, start_s=1.4, rep_s=2.8,
        shares=(1.0, 0.9, 0.45, 1.0), pause_after=1, pause_s=1.5,
    ), _Phone("left", 3.3, 0.5, -5.0, focal_mm=38.0, pitch_deg=-6.0), 15.2)),
    _wide(_clip("abduction_front", "side_lying_abduction", "fit3_f1", "d", DrillSpec(
        seed=80, test="side_lying_abduction", side="L", full=30.0, start_s=0.9, rep_s=2.7,
        shares=(0.92, 1.0, 1.0, 0.48, 1.0), pause_after=2, pause_s=1.3,
    ), _Phone("front", 2.8, 0.65, 6.0, focal_mm=38.0, pitch_deg=-8.5), 16.4)),
    _clip("hop_in_place_front", "hop_in_place", "fit3_f3", "a", _after_walk(
        _walk(81, 112, 1.15), (2.0, _HOPS_RIGHT), (8.4, replace(_HOPS_RIGHT, seed=94)),
    ), _Phone("front", distance_m=2.9, height_m=0.7, azimuth_deg=5.0, pitch_deg=0.5), 14.0),
    _clip("hop_in_place_side", "hop_in_place", "score3_f2", "e", _after_walk(
        _walk(82, 106, 1.1), (2.1, _HOPS_LEFT), (7.9, replace(_HOPS_LEFT, seed=92)),
    ), _Phone("left", distance_m=3.4, height_m=0.8, azimuth_deg=-5.0), 13.2),
    # against the instructions: the leg that hops is the one farther from the phone
    _clip("hop_far_leg_side", "hop_in_place", "fit3_f2", "c", _after_walk(
        _walk(83, 110, 1.15), (2.0, _HOPS_LEFT), (7.8, replace(_HOPS_LEFT, seed=95)),
    ), _Phone("right", distance_m=3.0, height_m=0.9, azimuth_deg=4.0), 13.0),
    _clip("jump_landing_side", "hop_landing", "fit3_m1", "f", _after_walk(
        _walk(84, 108, 1.15),
        (2.0, JumpSpec(seed=85, height_m=0.17, reps=4, period_s=2.9, start_s=1.0,
                       knee_peak_deg=62.0, knee_ic_deg=16.0, descend_s=0.18, trunk_lean_deg=18.0,
                       variation=1.0)),
    ), _Phone("right", distance_m=3.4, height_m=1.0, azimuth_deg=5.0, pitch_deg=-1.5), 15.0),
    _clip("jump_landing_front", "hop_landing", "score3_f4", "b", _after_walk(
        _walk(86, 112, 1.2),
        (2.0, JumpSpec(seed=87, height_m=0.24, reps=3, period_s=3.6, start_s=1.4,
                       knee_peak_deg=78.0, valgus_deg=5.0, width_m=0.28, variation=1.0)),
    ), _Phone("front", distance_m=3.2, height_m=0.8, azimuth_deg=-4.0, roll_deg=-1.5), 14.6),
    _clip("jog_on_spot_front", "jog_on_spot", "score3_m3", "d", RunSpec(
        seed=88, speed_mps=0.2, cadence_spm=168, contact_time_s=(0.25, 0.25),
        strike=("fore", "fore"), knee_swing_deg=(66.0, 66.0), arm_swing_deg=36.0, drift_m=0.03,
    ), _Phone("front", distance_m=3.3, height_m=1.0, azimuth_deg=5.0, sway=0.5,
              pitch_deg=-1.5), 11.0),
    _wide(_clip("forward_bounds_side", "forward_bounds", "fit3_m1", "e", RunSpec(
        seed=89, overground=True, start_x_m=-3.3, speed_mps=1.9, cadence_spm=116,
        contact_time_s=(0.28, 0.28), strike=("mid", "mid"), knee_ic_deg=(20.0, 20.0),
        knee_peak_deg=(48.0, 48.0),
    ), _Phone("right", 4.0, 1.0, 5.0, focal_mm=24.0, pitch_deg=-1.5), 3.7)),
)  # fmt: skip
