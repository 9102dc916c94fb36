"""What stick people do: the joint angles of every kind of movement, each a little differently."""

from collections.abc import Callable
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.validation.stick_gaits import jog_on_spot, jump, run, walk
from formcheck.validation.stick_poses import (
    Course,
    Pose,
    Rng,
    legs_in_turn,
    repeated,
    sides,
    squat,
    stand,
    steady,
    with_arms,
)


def double_squat(t: FloatArray, rng: Rng) -> Course:
    """Squats on both feet."""
    rest = with_arms(stand(rng), rng) | sides(out=rng.uniform(3, 20))
    return repeated(rest, rest | squat(rng) | sides(out=rng.uniform(5, 35)), t, rng, (1.5, 5))


def single_leg_squat(t: FloatArray, rng: Rng) -> Course:
    """Squats on the left leg, the free leg behind, beside or in front."""
    free = [(5, -80), (40, 20), (25, -50), (70, 60), (-10, -100)][int(rng.integers(5))]
    kept = {"thigh_r": free[0] + rng.normal(0, 8), "shank_r": free[1] + rng.normal(0, 12)}
    rest = with_arms(stand(rng), rng) | kept
    return repeated(rest, rest | squat(rng) | kept, t, rng, (1.5, 5))


def hip_hinge(t: FloatArray, rng: Rng) -> Course:
    """Lean forward from the hips."""
    rest, soft = stand(rng), rng.uniform(0, 35)
    lean = rng.uniform(45, 95)
    arms = sides(arm=rng.uniform(-20, 25), forearm=rng.uniform(0, 30))
    far = rest | {"trunk": lean} | sides(thigh=soft, shank=-rng.uniform(-5, 12)) | arms
    return repeated(rest, far, t, rng, (1.8, 5))


def lunge(t: FloatArray, rng: Rng) -> Course:
    """Lunges from a split stance or with a step, the left foot in front."""
    far_out = rng.uniform(75, 95)
    low = {
        "trunk": rng.uniform(-3, 25),
        "thigh_l": far_out * rng.uniform(0.7, 1),
        "shank_l": rng.uniform(-20, 5),
        "thigh_r": rng.uniform(-25, 10),
        "shank_r": -rng.uniform(70, 100),
        "foot_r": -rng.uniform(40, 75),
    }
    rest = with_arms(stand(rng), rng)
    if rng.random() < 0.5:
        apart = rng.uniform(18, 30)
        rest |= {
            "thigh_l": apart,
            "shank_l": apart - 8,
            "thigh_r": -apart,
            "shank_r": -apart - 10,
            "foot_r": -40,
        }
    course = repeated(rest, rest | low, t, rng, (1.5, 4))
    return legs_in_turn(course) if rng.random() < 0.3 else course


def calf_raise(t: FloatArray, rng: Rng) -> Course:
    """Heel raises on one leg or both."""
    rest = with_arms(stand(rng), rng)
    if rng.random() < 0.6:
        rest |= {"thigh_r": rng.uniform(0, 25), "shank_r": -rng.uniform(40, 90)}
        far = rest | {"foot_l": -rng.uniform(20, 50)}
    else:
        far = rest | sides(foot=-rng.uniform(20, 50))
    return repeated(rest, far, t, rng, (0.9, 3))


def bridge(t: FloatArray, rng: Rng) -> Course:
    """Bridges on one leg or both, lying on the back."""
    knee = rng.uniform(40, 70)
    rest = stand(rng) | {"trunk": -rng.uniform(85, 92)}
    rest |= sides(
        thigh=180 - knee - rng.uniform(0, 10), shank=rng.uniform(-15, 20), arm=80, forearm=85
    )
    far = rest | {"trunk": -rng.uniform(110, 130)} | sides(thigh=rng.uniform(75, 98))
    if rng.random() < 0.6:
        up = {"thigh_r": rng.uniform(100, 150), "shank_r": rng.uniform(90, 150)}
        rest, far = rest | up, far | up
    return repeated(rest, far, t, rng, (1.2, 4))


def sit_to_stand(t: FloatArray, rng: Rng) -> Course:
    """Rise from a seat and sit down again, one leg or two."""
    sit = with_arms(stand(rng), rng) | {"trunk": rng.uniform(-5, 12)}
    sit |= sides(thigh=rng.uniform(72, 95), shank=rng.uniform(-15, 5))
    up = stand(rng) | {k: v for k, v in sit.items() if "arm" in k}
    if rng.random() < 0.5:
        free = {"thigh_r": rng.uniform(70, 90), "shank_r": rng.uniform(20, 75)}
        sit, up = sit | free, up | free | {"thigh_r": rng.uniform(20, 70)}
    course = repeated(sit, up, t, rng, (1.5, 4))
    moving = np.sin(
        np.pi * (course["thigh_l"] - sit["thigh_l"]) / (up["thigh_l"] - sit["thigh_l"] + 1e-6)
    )
    course["trunk"] = course["trunk"] + rng.uniform(15, 40) * np.clip(moving, 0, 1)
    return course


def side_lying(t: FloatArray, rng: Rng) -> Course:
    """Raise the upper leg, lying on the side."""
    rest = stand(rng) | {"roll": 90.0} | sides(arm=rng.uniform(0, 120), out=0)
    rest["thigh_r"], rest["shank_r"] = rng.uniform(0, 40), -rng.uniform(0, 50)
    return repeated(rest, rest | {"out_l": rng.uniform(20, 55)}, t, rng, (1.2, 4))


def balance(t: FloatArray, rng: Rng) -> Course:
    """Stand on one leg and stay there."""
    rest = with_arms(stand(rng), rng)
    rest |= {
        "thigh_r": rng.uniform(0, 90),
        "out_r": rng.choice([0, 0, 50]),
        "shank_r": -rng.uniform(10, 95),
    }
    rest["shank_r"] = min(rest["shank_r"], rest["thigh_r"] - 40)
    return steady(rest, t, rng, rng.uniform(0.5, 3))


def running_man(t: FloatArray, rng: Rng) -> Course:
    """Swing one leg from a high knee to behind, standing on the other."""
    rest = stand(rng) | {"thigh_r": rng.uniform(60, 95), "shank_r": rng.uniform(-20, 10)}
    far = rest | {
        "thigh_r": -rng.uniform(5, 30),
        "shank_r": -rng.uniform(70, 110),
        "trunk": rng.uniform(5, 30),
    }
    far |= {"thigh_l": rng.uniform(10, 35), "shank_l": -rng.uniform(5, 20)}
    return repeated(rest, far, t, rng, (0.9, 3))


def none_standing(t: FloatArray, rng: Rng) -> Course:
    """Do something upright that is no test: stand, curl, jump jacks, raise arms or legs."""
    rest = stand(rng)
    held = rest | squat(rng)
    ways: tuple[tuple[Pose, Pose], ...] = (
        (rest, sides(forearm=rng.uniform(110, 160))),
        (rest, sides(arm=rng.uniform(90, 180), forearm=rng.uniform(90, 180))),
        (rest, sides(arm_out=rng.uniform(70, 170))),
        (rest, sides(out=rng.uniform(15, 30), arm_out=rng.uniform(120, 175))),
        (held, {"out_l": rng.uniform(25, 50)}),
        (rest, {"out_l": rng.uniform(25, 60)}),
        (rest, {"thigh_l": rng.uniform(50, 95), "shank_l": rng.uniform(0, 80)}),
    )
    what = int(rng.integers(-1, len(ways)))
    if what < 0:
        return steady(rest, t, rng)
    start, far = ways[what]
    course = repeated(start, start | far, t, rng, (0.8, 2.5))
    if "arm_out_l" in far and "out_l" in far:  # jumping jacks leave the floor
        quick = np.abs(np.gradient(course["out_l"]))
        course["up"] = 0.08 * quick / max(float(quick.max()), 1e-9)
    return legs_in_turn(course) if "out_l" in far and "out_r" not in far else course


def none_floor(t: FloatArray, rng: Rng) -> Course:
    """Do something on the floor that is no test: push-ups, plank, sit-ups, mountain climbers."""
    tilt = rng.uniform(68, 84)
    plank = (
        stand(rng) | {"trunk": tilt} | sides(thigh=-tilt, shank=-tilt, foot=-80, arm=0, forearm=5)
    )
    what = int(rng.integers(4))
    if what == 0:
        return steady(plank | sides(arm=rng.choice([0, 10]), forearm=rng.choice([0, 85])), t, rng)
    if what == 1:
        down = plank | {"trunk": 88} | sides(thigh=-86, shank=-86, arm=-50, forearm=30)
        return repeated(plank, down, t, rng, (1, 3))
    if what == 2:
        climb = repeated(plank, plank | {"thigh_l": 20, "shank_l": -70}, t, rng, (0.6, 1.2))
        return legs_in_turn(climb)
    back = stand(rng) | {"trunk": -88} | sides(thigh=130, shank=15, arm=150, forearm=60)
    return repeated(back, back | {"trunk": -rng.uniform(15, 55)}, t, rng, (1.5, 3))


KINDS: Final[dict[str, Callable[[FloatArray, Rng], Course]]] = {
    "run": run,
    "walk": walk,
    "jog_on_spot": jog_on_spot,
    "double_squat": double_squat,
    "single_leg_squat": single_leg_squat,
    "hip_hinge": hip_hinge,
    "lunge": lunge,
    "calf_raise": calf_raise,
    "single_leg_bridge": bridge,
    "single_leg_sit_to_stand": sit_to_stand,
    "side_lying_abduction": side_lying,
    "single_leg_balance": balance,
    "single_leg_running_man": running_man,
    "jump": jump,
    "none_standing": none_standing,
    "none_floor": none_floor,
}
