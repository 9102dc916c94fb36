"""Recipes of the movement tests: small clips with a pause, a half repetition and a walk into view.

They are rendered on demand into the cache and are no part of the package. Each holds what a phone
clip holds: walking in, whole repetitions, a pause, one half repetition that must not count.
"""

from dataclasses import replace

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
from sample_videos.render.tests_third import THIRD

WALK_S = 2.0
"""Walking into the picture takes this long."""
PORTRAIT, LANDSCAPE = (360, 640), (640, 360)
HALF = 0.45
"""Share of the movement of a repetition that must not count."""


def _walk_in(test: MotionSpec, seed: int) -> ChainSpec:
    walk = WalkSpec(
        seed=seed, overground=True, start_x_m=-2.3, speed_mps=1.15, cadence_spm=108,
        contact_time_s=(0.68, 0.68), start_s=-2.0, end_s=6.0,
    )  # fmt: skip
    return ChainSpec(parts=(walk, test), begins_s=(0.0, WALK_S))


def _camera(view: str, height_m: float = 0.9, distance_m: float = 3.0) -> CameraSpec:
    pitch_deg = -1.0 if height_m > 0.8 else 1.5
    return CameraSpec(view, distance_m, height_m, 36.0 * distance_m / 3.2, pitch_deg=pitch_deg)


_LYING = CameraSpec("left", 2.9, 0.55, 40.0, pitch_deg=-7.0)


def _clip(  # noqa: PLR0917 - one row of the table below
    name: str,
    protocol: str,
    body: str,
    look: str,
    motion: MotionSpec,
    camera: CameraSpec,
    duration_s: float,
) -> ClipSpec:  # fmt: skip
    return ClipSpec(
        name=name, protocol=protocol, body=body, look=LOOKS[look], motion=motion, camera=camera,
        room="floor", split="tests", width_px=PORTRAIT[0], height_px=PORTRAIT[1], fps=30.0,
        duration_s=duration_s, exposure_s=0.006, crf=25, encoder_preset="veryfast",
        antialias=False,
    )  # fmt: skip


def _drill(
    name: str,
    body: str,
    look: str,
    camera: CameraSpec,
    spec: DrillSpec,
    *,
    walk: bool = True,
    suffix: str = "",
) -> ClipSpec:
    motion: MotionSpec = _walk_in(spec, spec.seed) if walk else spec
    n = len(spec.shares)
    end = spec.start_s + n * spec.rep_s + (spec.pause_s if spec.pause_after else 0) + 1.2
    begin = WALK_S if walk else 0.0
    return _clip(name + suffix, spec.test, body, look, motion, camera, round(begin + end, 1))


_REPS = (1.0, 1.0, 1.0, HALF, 1.0, 1.0)
"""Three whole ones, a half one, two whole ones; the pause comes after the second."""


def _plan(test: str, side: str, full: float, **more: float) -> DrillSpec:
    shares = more.pop("shares", _REPS)
    return DrillSpec(
        seed=int(7 * full) % 97, test=test, side=side, full=full, shares=shares,  # type: ignore[arg-type]
        pause_after=2, pause_s=2.5, start_s=1.2, **more,  # type: ignore[arg-type]
    )  # fmt: skip


_HOPS = ChainSpec(
    parts=(
        WalkSpec(seed=3, overground=True, start_x_m=-2.3, speed_mps=1.15, cadence_spm=108,
                 contact_time_s=(0.68, 0.68), start_s=-2.0, end_s=6.0),
        HopSpec(seed=4, side="L", contact_s=0.30, flight_s=0.24, start_s=1.2, end_s=3.5),
        HopSpec(seed=5, side="L", contact_s=0.30, flight_s=0.24, start_s=1.0, end_s=3.8),
    ),
    begins_s=(0.0, WALK_S, 8.0),
)  # fmt: skip

_FIRST: tuple[ClipSpec, ...] = (
    _drill("double_squat_side", "f1", "b", _camera("left"),
           _plan("double_squat", "both", 88.0, lean_deg=34.0)),
    _drill("double_squat_front", "f2", "c", _camera("front"),
           _plan("double_squat", "both", 80.0, shift_m=0.04, inward_deg=6.0)),
    _drill("hip_hinge_side", "f3", "f", _camera("right"), _plan("hip_hinge", "both", 68.0)),
    _drill("lunge_side", "f1", "e", _camera("left", distance_m=3.3),
           _plan("lunge", "L", 86.0, lean_deg=10.0)),
    _drill("running_man_side", "m1", "a", _camera("left"),
           _plan("single_leg_running_man", "L", 84.0, rep_s=2.0)),
    _drill("calf_raise_side", "f2", "b", _camera("left"),
           _plan("calf_raise", "L", 34.0, rep_s=1.8,
                 shares=(1.0, 1.0, 1.0, 0.95, HALF, 0.85, 0.82))),  # type: ignore[arg-type]
    _drill("sit_to_stand_side", "f3", "d", _camera("right"),
           _plan("single_leg_sit_to_stand", "R", 92.0, rep_s=3.0), walk=False),
    _drill("squat_ten_front", "f1", "d", _camera("front", 0.75),
           _plan("single_leg_squat", "R", 62.0, inward_deg=9.0, drop_deg=5.0, lean_deg=5.0,
                 shares=(1.0, 1.0, 1.0, HALF, 1.0, 1.0, 1.0, 1.0))),  # type: ignore[arg-type]
    _drill("balance_front", "f2", "e", _camera("front"),
           _plan("single_leg_balance", "L", 1.0, rep_s=6.5, wobble_m=0.010, lean_deg=3.0,
                 shares=(1.0, 1.0))),  # type: ignore[arg-type]
    replace(
        _drill("bridge_side", "f1", "b", _LYING, _plan("single_leg_bridge", "L", 26.0), walk=False),
        width_px=LANDSCAPE[0], height_px=LANDSCAPE[1],
    ),
    replace(
        _drill("abduction_front", "f3", "c", replace(_LYING, view="front"),
               _plan("side_lying_abduction", "L", 36.0), walk=False),
        width_px=LANDSCAPE[0], height_px=LANDSCAPE[1],
    ),
    _clip("hop_in_place_front", "hop_in_place", "f2", "d", _HOPS, _camera("front"), 13.0),
    _clip("hop_in_place_side", "hop_in_place", "f3", "b", _HOPS, _camera("left"), 13.0),
    _clip("jump_landing_side", "hop_landing", "f1", "e",
          _walk_in(JumpSpec(seed=8, height_m=0.22, reps=3, period_s=3.2, start_s=1.2,
                            knee_peak_deg=72.0, trunk_lean_deg=26.0), 8), _camera("left"), 13.2),
    _clip("jump_landing_front", "hop_landing", "f3", "c",
          _walk_in(JumpSpec(seed=9, height_m=0.20, reps=3, period_s=3.2, start_s=1.2,
                            knee_peak_deg=66.0, valgus_deg=10.0, width_m=0.16), 9),
          _camera("front"), 13.2),
    _clip("jog_on_spot_front", "jog_on_spot", "f1", "f",
          RunSpec(seed=21, speed_mps=0.25, cadence_spm=156, contact_time_s=(0.27, 0.27),
                  strike=("fore", "fore"), knee_swing_deg=(80.0, 80.0), arm_swing_deg=30.0),
          _camera("front"), 12.0),
    replace(
        _clip("forward_bounds_side", "forward_bounds", "m1", "b",
              RunSpec(seed=22, overground=True, start_x_m=-3.0, speed_mps=1.7, cadence_spm=112,
                      contact_time_s=(0.30, 0.30), strike=("mid", "mid"),
                      knee_ic_deg=(24.0, 24.0), knee_peak_deg=(52.0, 52.0)),
              CameraSpec("left", 3.6, 0.95, 24.0, pitch_deg=-1.0), 3.8),
        width_px=LANDSCAPE[0], height_px=LANDSCAPE[1],
    ),
)  # fmt: skip

_OTHER_BODY = {"f1": "m2", "f2": "score_f3", "f3": "score_m1", "m1": "score_f5"}
_OTHER_LOOK = {"a": "d", "b": "e", "c": "b", "d": "f", "e": "a", "f": "c"}
_OTHER_SIDE = {"L": "R", "R": "L", "both": "both"}
_OTHER_VIEW = {"left": "right", "right": "left", "front": "front", "rear": "rear"}


def _other_drill(spec: DrillSpec) -> DrillSpec:
    """Return the test on the other leg, quicker, the half repetition elsewhere."""
    shares = spec.shares
    if HALF in shares:
        whole = tuple(s for s in shares if s != HALF)
        shares = (whole[0], HALF, *whole[1:])
    return replace(
        spec, seed=spec.seed + 50, side=_OTHER_SIDE[spec.side], shares=shares, pause_after=3,
        pause_s=1.6, rep_s=round(0.85 * spec.rep_s, 2), full=0.9 * spec.full,
    )  # fmt: skip


def _other_motion(motion: MotionSpec) -> MotionSpec:
    if isinstance(motion, DrillSpec):
        return _other_drill(motion)
    if isinstance(motion, ChainSpec):
        return replace(motion, parts=tuple(_other_motion(p) for p in motion.parts))
    if isinstance(motion, HopSpec):
        return replace(motion, seed=motion.seed + 50, side=_OTHER_SIDE[motion.side],
                       contact_s=0.34, flight_s=0.21)  # fmt: skip
    return replace(motion, seed=motion.seed + 50)


def _other_clip(spec: ClipSpec) -> ClipSpec:
    """Return the held-out twin of a clip: another person, room, leg, side of the phone, tempo."""
    camera = replace(spec.camera, view=_OTHER_VIEW[spec.camera.view], azimuth_deg=5.0,
                     height_m=spec.camera.height_m + 0.1, roll_deg=1.0)  # fmt: skip
    return replace(
        spec, name=f"{spec.name}_b", body=_OTHER_BODY[spec.body], motion=_other_motion(spec.motion),
        camera=camera, seed=spec.seed + 50, look=next(
            LOOKS[_OTHER_LOOK[k]] for k, look in LOOKS.items() if look == spec.look),
    )  # fmt: skip


TESTS: tuple[ClipSpec, ...] = (*_FIRST, *(_other_clip(s) for s in _FIRST), *THIRD)
"""Three takes of every test; docs/tests.md says which of them were looked at while counting."""
