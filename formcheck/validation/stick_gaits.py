"""How stick people run, walk, jog in place and jump."""

import numpy as np

from formcheck.data import FloatArray
from formcheck.validation.stick_poses import LEGS, Course, Rng, squat, stand, with_arms


def _ballistic(
    t: FloatArray, rng: Rng, period: float, flight: float
) -> tuple[FloatArray, FloatArray]:
    """Return height (leg lengths) and how far the body is sunk between flights (0..1)."""
    u = (t - rng.uniform(0, 1)) % period
    air = u < flight
    up = np.where(air, 0.5 * 11.5 * u * (flight - u), 0.0)
    ground = np.clip((u - flight) / max(period - flight, 1e-3), 0, 1)
    return up, np.where(air, 0.0, np.sin(np.pi * ground) ** 2)


def jump(t: FloatArray, rng: Rng) -> Course:
    """Jumps on two legs or hops on one, with a pause or without."""
    flight = rng.uniform(0.2, 0.5)
    up, sunk = _ballistic(t, rng, flight + rng.choice([0.3, 0.6, 1.5, 3.0]), flight)
    rest = with_arms(stand(rng), rng)
    low = rest | squat(rng)
    if rng.random() < 0.4:
        free = {"thigh_r": rng.uniform(0, 40), "shank_r": -rng.uniform(50, 100)}
        rest, low = rest | free, low | free
    share = sunk * rng.uniform(0.4, 1)
    course: Course = {k: rest[k] + share * (low[k] - rest[k]) for k in rest}
    course |= {f"foot{s}": np.where(up > 0.02, -40.0, 0.0) for s in LEGS}
    return course | {"up": up}


def _gait(
    t: FloatArray, rng: Rng, hz: float, swing: tuple[float, float], bend: tuple[float, float, float]
) -> Course:
    """Return legs that swing in turn: `swing` middle and size, knee `bend` at rest, size, delay."""
    course = {k: np.full(t.size, v) for k, v in stand(rng).items()}
    turn = 2 * np.pi * hz * t + rng.uniform(0, 6)
    for s, phase in (("_l", 0.0), ("_r", np.pi)):
        thigh = swing[0] + swing[1] * np.sin(turn + phase)
        peak = np.clip(np.sin(turn + phase + bend[2]), 0, 1) ** 1.5
        early = np.clip(np.sin(turn + phase + bend[2] - 3.0), 0, 1) ** 2
        course[f"thigh{s}"] = thigh
        course[f"shank{s}"] = thigh - bend[0] - bend[1] * peak - 12 * early
        course[f"foot{s}"] = -45 * np.clip(np.sin(turn + phase + bend[2] + 0.6), 0, 1)
        course[f"arm{s}"] = -rng.uniform(0.3, 0.9) * (thigh - swing[0])
        course[f"forearm{s}"] = course[f"arm{s}"] + rng.choice([15, 80])
    return course


def run(t: FloatArray, rng: Rng) -> Course:
    """Run, with a flight in every step."""
    hz = rng.uniform(1.25, 1.7)
    course = _gait(
        t,
        rng,
        hz,
        (rng.uniform(5, 15), rng.uniform(22, 42)),
        (rng.uniform(8, 18), rng.uniform(45, 105), 0.9),
    )
    flight = rng.uniform(0.04, 0.14)
    up, _ = _ballistic(t, rng, 0.5 / hz, flight)
    arms = {f"forearm{s}": course[f"arm{s}"] + 85 for s in LEGS}
    return course | arms | {"up": up, "trunk": np.full(t.size, rng.uniform(0, 15))}


def walk(t: FloatArray, rng: Rng) -> Course:
    """Walk."""
    hz = rng.uniform(0.6, 1.05)
    return _gait(
        t,
        rng,
        hz,
        (rng.uniform(0, 6), rng.uniform(15, 26)),
        (rng.uniform(2, 8), rng.uniform(35, 60), 0.9),
    ) | {"trunk": np.full(t.size, rng.uniform(-2, 6))}


def jog_on_spot(t: FloatArray, rng: Rng) -> Course:
    """Jog in place, also with high knees or heels to the buttocks."""
    hz = rng.uniform(1.0, 1.8)
    swing, bend = [((12, 14), 55), ((40, 42), 75), ((-2, 8), 110)][int(rng.integers(3))]
    size = rng.uniform(0.7, 1.2)
    course = _gait(
        t,
        rng,
        hz,
        (swing[0] * size, swing[1] * size),
        (6, bend * size, 0.0 if swing[0] > 20 else 0.5),
    )
    up, _ = _ballistic(t, rng, 0.5 / hz, rng.uniform(0.02, 0.12))
    return course | {"up": up}
