"""Motions of the validation set: every measured quantity spread over its plausible range."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from sample_videos.render.motion import (
    ForceShape,
    HopSpec,
    JumpSpec,
    MotionSpec,
    RunSpec,
    SquatSpec,
    WalkSpec,
)

TOWARD_S = 4.5
STRIKES = ("heel", "heel", "mid", "heel", "fore")


class Spread:
    """Stratified random numbers: each list of n covers its range evenly, in random order."""

    def __init__(self, rng: np.random.Generator, n: int) -> None:
        self.rng, self.n = rng, n

    def __call__(self, low: float, high: float, digits: int = 2) -> list[float]:
        """Draw n values between ``low`` and ``high``."""
        u = (self.rng.permutation(self.n) + self.rng.random(self.n)) / self.n
        return [round(float(x), digits) for x in low + (high - low) * u]

    def pairs(self, low: float, high: float, digits: int = 2) -> list[tuple[float, float]]:
        """Draw n pairs (left, right), the sides independent."""
        return list(zip(self(low, high, digits), self(low, high, digits), strict=True))

    def chance(self, share: float) -> list[bool]:
        """Mark a share of the n clips, rounded, at random places."""
        marked = np.arange(self.n) < round(share * self.n)
        return [bool(x) for x in self.rng.permutation(marked)]


def postpartum(run: RunSpec, amount: float) -> RunSpec:
    """Move a run towards what was seen 6 weeks postpartum.

    Less trunk and pelvis rotation, lower cadence, longer stance, wider steps: the directions come
    from the literature, the sizes are our guess.

    Parameters
    ----------
    run : RunSpec
        The run to change.
    amount : float
        0 none to 1 strong.
    """
    contact = tuple(c + 0.03 * amount for c in run.contact_time_s)
    return replace(
        run,
        trunk_rot_deg=round(run.trunk_rot_deg * (1 - 0.4 * amount), 2),
        pelvis_rot_deg=round(run.pelvis_rot_deg * (1 - 0.4 * amount), 2),
        cadence_spm=round(run.cadence_spm * (1 - 0.04 * amount), 2),
        step_width_m=round(max(run.step_width_m, 0.04) + 0.05 * amount, 4),
        contact_time_s=(round(contact[0], 4), round(contact[1], 4)),
    )


#: Share of the impulse in the early bell, and its length: small and short for those who land on the
#: heel; on the forefoot shank and foot are stopped more slowly.
IMPACT = {"heel": (0.05, 0.09, 0.05, 0.08), "mid": (0.06, 0.10, 0.06, 0.09),
          "fore": (0.08, 0.12, 0.08, 0.11)}  # fmt: skip


def force_of(seed: int, strike: str) -> ForceShape:
    """Draw how a runner's force grows and fades, with numbers of its own: all else stays."""
    rng = np.random.default_rng([seed, 4711])
    least, most, short_s, long_s = IMPACT[strike]
    draw = ((0.55, 1.0), (0.43, 0.49), (least, most), (short_s, long_s))
    roundness, peak_at, impact, impact_s = (round(float(rng.uniform(*x)), 3) for x in draw)
    return ForceShape(roundness, peak_at, impact, impact_s)


def runs(s: Spread, seed: int) -> list[RunSpec]:
    """Stratified runs."""
    speed = s(2.1, 3.7)
    drop, knee, peak = s.pairs(1, 12), s.pairs(8, 28), s(36, 50)
    trunk, pelvis, lean = s(10, 40), s(4, 20), s(1, 15)
    width, sway, cadence = s(-0.01, 0.13, 3), s(0, 5), s(152, 186)
    knee_in, toe_out, duty = s.pairs(-3, 12), s.pairs(0, 13), s(0.66, 0.80)
    arms, elbow, asymmetry = s(30, 60), s(75, 105), s(-0.02, 0.02, 4)
    strike = [STRIKES[int(i)] for i in s.rng.permutation(np.arange(s.n) % len(STRIKES))]
    after_birth = s.chance(0.2)
    out = []
    for i in range(s.n):
        contact_s = min(0.31, duty[i] * 60 / cadence[i]) - 0.012 * (speed[i] - 2.8)
        both = (
            round(contact_s, 4),
            round(contact_s + float(s.rng.uniform(-0.01, 0.01)), 4),
        )
        high = round(82 + 11 * (speed[i] - 2.1), 1)
        run = RunSpec(
            seed=seed + i, cadence_spm=cadence[i], speed_mps=speed[i], contact_time_s=both,
            strike=(strike[i], strike[i]), knee_ic_deg=knee[i],
            knee_peak_deg=(peak[i], round(peak[i] + 1.5, 2)), knee_swing_deg=(high, high),
            pelvic_drop_deg=drop[i], pelvis_rot_deg=pelvis[i], trunk_rot_deg=trunk[i],
            trunk_lean_deg=lean[i], trunk_sway_deg=sway[i], step_width_m=width[i],
            toe_out_deg=toe_out[i], knee_in_deg=knee_in[i], arm_swing_deg=arms[i],
            elbow_deg=elbow[i], step_asymmetry=asymmetry[i], end_s=8.0,
            force=force_of(seed + i, strike[i]),
        )  # fmt: skip
        out.append(postpartum(run, 1.0) if after_birth[i] else run)
    return out


def squats(s: Spread, seed: int) -> list[SquatSpec]:
    """Stratified single-leg squats."""
    depth, fppa, drop, side = s(45, 82), s(-5, 20), s(-2, 12), s(0, 12)
    lean, wobble, toe_out, rep = s(5, 28), s(0.4, 1.8), s(0, 14), s(2.2, 2.8)
    return [
        SquatSpec(
            seed=seed + i, side="LR"[i % 2], depth_deg=depth[i], fppa_deg=fppa[i],
            pelvic_drop_deg=drop[i], trunk_side_deg=side[i], trunk_lean_deg=lean[i],
            wobble=wobble[i], toe_out_deg=toe_out[i], rep_s=rep[i], reps=2, start_s=0.5,
        )
        for i in range(s.n)
    ]  # fmt: skip


def landings(s: Spread, seed: int) -> list[JumpSpec]:
    """Landings from stiff to soft."""
    soft, height, knee, valgus, width = (
        s(0, 1),
        s(0.14, 0.28),
        s(-4, 6),
        s(-3, 10),
        s(0.16, 0.32),
    )
    return [
        JumpSpec(
            seed=seed + i, height_m=height[i],
            knee_ic_deg=round(13 + 13 * soft[i] + knee[i] / 2, 2),
            knee_peak_deg=round(44 + 46 * soft[i] + knee[i], 2),
            descend_s=round(0.105 + 0.15 * soft[i], 3), valgus_deg=valgus[i], width_m=width[i],
            trunk_lean_deg=round(12 + 18 * soft[i], 2), recover_s=0.65, period_s=2.2, reps=2,
            crouch_deg=72.0, variation=1.0, start_s=0.15,
        )
        for i in range(s.n)
    ]  # fmt: skip


def hops(s: Spread, seed: int) -> list[HopSpec]:
    """Hops in place on one foot."""
    contact, flight, knee = s(0.20, 0.30, 3), s(0.20, 0.30, 3), s(14, 30)
    return [
        HopSpec(seed=seed + i, side="LR"[(seed + i) % 2], contact_s=contact[i], flight_s=flight[i],
                knee_ic_deg=knee[i])
        for i in range(s.n)
    ]  # fmt: skip


def walks(s: Spread, seed: int) -> list[WalkSpec]:
    """Make walks on the treadmill."""
    speed, drop, width = s(1.0, 1.5), s.pairs(1, 7), s(0.05, 0.15, 3)
    return [
        WalkSpec(seed=seed + i, speed_mps=speed[i], cadence_spm=round(85 + 21 * speed[i], 2),
                 contact_time_s=(round(39.6 / (85 + 21 * speed[i]) * 0.94 * 2, 4),) * 2,
                 pelvic_drop_deg=drop[i], step_width_m=width[i], end_s=8.0)
        for i in range(s.n)
    ]  # fmt: skip


def runs_toward(s: Spread, seed: int) -> list[RunSpec]:
    """Make runs towards the camera that end three to four metres before it."""
    seconds = TOWARD_S
    return [replace(r, start_x_m=round(-seconds * r.speed_mps, 3)) for r in hallway_runs(s, seed)]


def hallway_runs(s: Spread, seed: int) -> list[RunSpec]:
    """Make runs away from the camera."""
    return [
        replace(r, overground=True, speed_mps=round(r.speed_mps * 0.85, 2), drift_m=0.01)
        for r in runs(s, seed)
    ]


MOTIONS: dict[str, Callable[[Spread, int], Sequence[MotionSpec]]] = {
    "rear": runs, "side": runs, "squat": squats, "landing": landings, "hop": hops,
    "walk": walks, "hallway": hallway_runs, "toward": runs_toward, "passed": runs,
}  # fmt: skip
