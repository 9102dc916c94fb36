"""Independent checks of a truth file and its video: numpy and a video decoder, no renderer.

Each check recomputes something from the stored joints or pixels in another way than the renderer
did, and returns a list of problems in words; an empty list is good.
"""

import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Truth = dict[str, Any]
SIDES = ("L", "R")
GRAVITY_MPS2 = 9.81

PROJECTION_PX = 0.8  # truth rounds points to 1 mm and pixels to 0.1
SEGMENT_M = 0.003
ANGLE_DEG = 0.8
BELT_MPS = 0.12
BELT_MEAN_MPS = 0.03
GRAVITY_TOLERANCE_MPS2 = 0.4
MEASURED_FALL_MPS2 = 6.0  # of a measured person the centre of mass falls freely, not the mid-hip
MEASURED_CORNER_M = 0.014
"""Measured feet roll off the rounded tip of the shoe, under which the stored toe lies as far."""
SOLE_ON_GROUND_M = 0.02
SOLE_IN_FLIGHT_M = 0.003
CLOCK_S = 5e-4
DROP_DEG = 1.2
BESIDE_PX, CONTRAST, HEAD_RUN_PX = 90, 28, 8


def column(truth: Truth, group: str, name: str) -> FloatArray:
    """One quantity of all frames, shape (N,) or (N, 2) or (N, 3)."""
    return np.array([f[group][name] for f in truth["frames"]], float)


def times_s(truth: Truth) -> FloatArray:
    """Presentation time of all frames."""
    return np.array([f["t"] for f in truth["frames"]], float)


def inside(truth: Truth, start_s: float, end_s: float) -> npt.NDArray[np.int64]:
    """Find the frames in [start_s, end_s)."""
    t = times_s(truth)
    return np.flatnonzero((t >= start_s) & (t < end_s))


def is_measured(truth: Truth) -> bool:
    """Whether the person moves like somebody measured."""
    return bool(truth["spec"]["motion"]["kind"] == "measured")


def check_clock(truth: Truth) -> list[str]:
    """Check that times rise, start at 0, and lie on the grid of the frame rate."""
    t = times_s(truth)
    out = []
    if not (np.diff(t) > 0).all():
        out.append("times do not rise")
    if t[0] != 0:
        out.append(f"the first frame is at {t[0]} s")
    ticks = t * truth["fps"]
    if np.abs(ticks - np.round(ticks)).max() > 1e-3 * truth["fps"]:
        out.append("times leave the grid of the frame rate")
    if not truth["spec"]["drop_share"] and round(ticks[-1]) != len(t) - 1:
        out.append("frames are missing")
    return out


def check_projection(truth: Truth) -> list[str]:
    """U = f X / Z + cx of every stored point is where the truth says."""
    names = [n for n in truth["frames"][0]["px"] if n in truth["frames"][0]["m"]]
    camera, worst = truth["camera"], 0.0
    for f in truth["frames"]:
        place = f.get("cam", camera)
        r, c = np.array(place["R"]), np.array(place["C"])
        if np.abs(r @ r.T - np.eye(3)).max() > 1e-5 or np.linalg.det(r) < 0:
            return ["the camera's matrix is no rotation"]
        world = np.array([f["m"][n] for n in names])
        x, y, z = ((world - c) @ r.T).T
        u = np.stack(
            [camera["f_px"] * x / z + camera["cx"], camera["f_px"] * y / z + camera["cy"]], 1
        )
        scale = max(1.0, camera["f_px"] / z.min() * 0.001)  # pixels per stored millimetre
        worst = max(worst, float(np.abs(u - [f["px"][n] for n in names]).max()) / scale)
    return [f"points are {worst:.2f} px off the camera's equation"] if worst > PROJECTION_PX else []


def check_segments(truth: Truth) -> list[str]:
    """Bones keep their length."""
    out, body = [], truth["body"]
    pairs = [("hip_L", "hip_R", body["hip_width_m"])]
    for s in SIDES:
        pairs += [
            (f"hip_{s}", f"knee_{s}", body["thigh_m"]),
            (f"knee_{s}", f"ankle_{s}", body["shank_m"]),
        ]
    for a, b, length_m in pairs:
        d = np.linalg.norm(column(truth, "m", a) - column(truth, "m", b), axis=1)
        if np.abs(d - length_m).max() > SEGMENT_M:
            out.append(f"{a} to {b} is {d.min():.3f} to {d.max():.3f} m, not {length_m:.3f}")
    return out


def check_angles(truth: Truth) -> list[str]:
    """Knee flexion and pelvic obliquity by other formulas than the truth's."""
    out = []
    for s in SIDES:
        hip, knee, ankle = (column(truth, "m", f"{n}_{s}") for n in ("hip", "knee", "ankle"))
        a, b = np.linalg.norm(hip - knee, axis=1), np.linalg.norm(ankle - knee, axis=1)
        c = np.linalg.norm(hip - ankle, axis=1)
        cosine = np.clip((a * a + b * b - c * c) / (2 * a * b), -1, 1)
        error = np.abs(
            180 - np.degrees(np.arccos(cosine)) - column(truth, "deg", f"knee_flexion_{s}")
        )
        bent = column(truth, "deg", f"knee_flexion_{s}") > 8  # arccos is blind near 180 deg
        if bent.any() and error[bent].max() > ANGLE_DEG:
            out.append(f"knee flexion {s} is {error[bent].max():.2f} deg off its triangle")
    d = column(truth, "m", "hip_L") - column(truth, "m", "hip_R")
    tilt = np.degrees(np.arcsin(d[:, 2] / np.linalg.norm(d, axis=1)))
    worst = float(np.abs(tilt - column(truth, "deg", "pelvis_obliquity")).max())
    return [*out, f"pelvic obliquity is {worst:.2f} deg off"] if worst > ANGLE_DEG else out


def check_stance_speed(truth: Truth) -> list[str]:
    """Check that what a foot stands on moves with the belt, or not at all."""
    belt, errors = truth["belt_speed_mps"] or 0.0, []
    for c in truth["contacts"]:
        if c["ic"] < 0 or c["to"] > truth["frames"][-1]["t"]:
            continue
        k = inside(truth, c["ic"] + 0.3 * (c["to"] - c["ic"]), c["to"] - 0.45 * (c["to"] - c["ic"]))
        if len(k) > 1:
            places = [column(truth, "m", f"{n}_{c['side']}")[k] for n in ("heel", "ball", "toe")]
            x = min(places, key=lambda p: p[:, 2].mean())[:, 0]  # what it stands on
            errors.append(np.polyfit(times_s(truth)[k], x, 1)[0] + belt)
    if not errors:
        return []
    if np.abs(errors).max() > BELT_MPS or abs(np.mean(errors)) > BELT_MEAN_MPS:
        return [f"standing feet slip: {np.mean(errors):.3f} m/s, worst {np.abs(errors).max():.3f}"]
    return []


def flights(truth: Truth) -> list[tuple[float, float]]:
    """Intervals with no foot on the ground, from the contacts."""
    spans = sorted((c["ic"], c["to"]) for c in truth["contacts"])
    out, end = [], spans[0][1]
    for ic, to in spans[1:]:
        if ic > end:
            out.append((end, ic))
        end = max(end, to)
    return out


def check_flight(truth: Truth) -> list[str]:
    """Check that the mid-hip falls freely, soles clear, while no foot is on the ground."""
    z, t, out = column(truth, "m", "midhip")[:, 2], times_s(truth), []
    falls, clear = [], []
    soles = np.min(
        [column(truth, "m", f"{n}_{s}")[:, 2] for n in ("heel", "ball", "toe") for s in SIDES], 0
    )
    for a, b in flights(truth):
        k = inside(truth, a, b)
        if len(k) >= 4:
            falls.append(2 * np.polyfit(t[k] - a, z[k], 2)[0])
        middle = inside(truth, a + 0.4 * (b - a), b - 0.4 * (b - a))
        clear += list(soles[middle])
    measured = is_measured(truth)
    tolerance = MEASURED_FALL_MPS2 if measured else GRAVITY_TOLERANCE_MPS2
    least_m = SOLE_IN_FLIGHT_M - (MEASURED_CORNER_M if measured else 0)
    if falls and np.abs(np.array(falls) + GRAVITY_MPS2).max() > tolerance:
        out.append(f"falls with {min(falls):.2f} to {max(falls):.2f} m/s2")
    if clear and min(clear) < least_m:
        out.append(f"a sole is {1000 * min(clear):.0f} mm high in the middle of a flight")
    return out


def check_feet(truth: Truth) -> list[str]:
    """Check that feet in contact are at the ground, and the flags of the frames."""
    t, out = times_s(truth), []
    for s in SIDES:
        on = np.zeros(len(t), bool)
        for c in truth["contacts"]:
            if c["side"] == s:
                on |= (t >= c["ic"]) & (t < c["to"])
        flags = np.array([f["contact"][s] for f in truth["frames"]])
        if (flags != on).any():
            out.append(f"contact flags of {s} are wrong in {(flags != on).sum()} frames")
        low = np.min([column(truth, "m", f"{n}_{s}")[:, 2] for n in ("heel", "ball", "toe")], 0)
        most_m = SOLE_ON_GROUND_M + (MEASURED_CORNER_M if is_measured(truth) else 0)
        if on.any() and np.abs(low[on]).max() > most_m:
            out.append(
                f"sole {s} is {1000 * np.abs(low[on]).max():.0f} mm off the ground in contact"
            )
        if (~on).any() and low[~on].min() < -0.03:
            out.append(f"sole {s} is {-1000 * low[~on].min():.0f} mm below the ground in swing")
    return out


def check_steps(truth: Truth) -> list[str]:
    """Sides alternate; cadence and pelvic drop agree with the contacts and the frames."""
    gaits = ("treadmill_run", "hallway_run", "walk")
    measured_gait = is_measured(truth) and truth["protocol"] in gaits
    if truth["spec"]["motion"]["kind"] not in ("run", "walk") and not measured_gait:
        return []
    rows, out = truth["contacts"], []
    if any(a["side"] == b["side"] for a, b in pairwise(rows)):
        out.append("sides do not alternate")
    strikes = np.array([c["ic"] for c in rows if c["ic"] >= 0])
    cadence = 60 / np.diff(strikes).mean()
    if abs(cadence - truth["summary"]["cadence_spm"]) > 0.5:
        out.append(f"cadence is {cadence:.1f}, not {truth['summary']['cadence_spm']}")
    tilt = column(truth, "deg", "pelvis_obliquity")
    for c in rows:
        k = inside(truth, c["ic"], c["to"])
        if "pelvic_drop_peak" in c and len(k) > 8:
            seen = (tilt[k] * (1 if c["side"] == "L" else -1)).max()
            if abs(seen - c["pelvic_drop_peak"]) > DROP_DEG:
                out.append(
                    f"pelvic drop at {c['ic']:.2f} s: {seen:.1f}, not {c['pelvic_drop_peak']:.1f}"
                )
    return out


def check_reps(truth: Truth) -> list[str]:
    """Knee angles of squats and landings agree with the frames."""
    out = []
    for r in truth["reps"]:
        sides = SIDES if r["side"] == "both" else (r["side"],)
        knee = np.mean([column(truth, "deg", f"knee_flexion_{s}") for s in sides], 0)
        if "t_deepest" in r:
            k, want = inside(truth, r["start"], r["end"]), r["knee_flexion"]
        else:
            k, want = inside(truth, r["landing"], r["landing"] + 0.55), r["knee_peak"]
        if len(k) and abs(knee[k].max() - want) > 2.0:
            out.append(f"deepest knee is {knee[k].max():.1f}, not {want:.1f} deg")
    return out


CHECKS: tuple[Callable[[Truth], list[str]], ...] = (
    check_clock, check_projection, check_segments, check_angles, check_stance_speed, check_flight,
    check_feet, check_steps, check_reps,
)  # fmt: skip


def check_truth(truth: Truth) -> list[str]:
    """Run all checks that need only the truth file."""
    return [problem for check in CHECKS for problem in check(truth)]


def check_container(truth: Truth, path: Path) -> list[str]:
    """Check number, times and size of the video's frames against the truth."""
    import av

    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        size = (stream.width, stream.height)
        stamps = sorted(p.pts for p in container.demux(stream) if p.pts is not None)
        seen = np.array([float(s * (stream.time_base or 0)) for s in stamps])
    want, camera, out = times_s(truth), truth["camera"], []
    upright = (camera["width"], camera["height"])
    if size != (upright if truth["stored_rotation"] in (0, 180) else upright[::-1]):
        out.append(f"the video is {size}, the truth {upright}")
    if len(seen) != len(want):
        return [*out, f"the video has {len(seen)} frames, the truth {len(want)}"]
    if np.abs(seen - want).max() > CLOCK_S:
        out.append(f"times differ by up to {np.abs(seen - want).max():.4f} s")
    return out


def head_rows(truth: Truth, path: Path, n_frames: int) -> FloatArray:
    """Find the topmost row of the head in the first frames; NaN where nothing is seen."""
    import av

    pictures = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            pictures.append(frame.to_ndarray(format="gray"))
            if len(pictures) == n_frames:
                break
    stack = np.array(pictures, np.int16)
    head = column(truth, "px", "head_top")
    rows = np.full(len(stack), np.nan)
    reach = 45
    top = int(max(0, head[:n_frames, 1].min() - reach))
    bottom = int(head[:n_frames, 1].max() + reach)
    left = int(max(0, head[:n_frames, 0].min() - BESIDE_PX))
    right = int(head[:n_frames, 0].max() + BESIDE_PX)
    # what the wall looks like in each row, beside the head: ceilings and shelves are level enough
    wall = np.median(np.median(stack[:, top:bottom, left:right], 0), 1)
    for i, picture in enumerate(stack):
        x = round(float(head[i, 0]))
        strip = picture[top:bottom, max(0, x - 4) : x + 5].mean(1)
        other = (np.abs(strip - wall) > CONTRAST).astype(int)
        found = np.flatnonzero(np.convolve(other, np.ones(HEAD_RUN_PX), "valid") >= HEAD_RUN_PX)
        if len(found):
            rows[i] = top + found[0]
    return rows


def check_pixels(truth: Truth, path: Path, n_frames: int = 90) -> list[str]:
    """Check that the head in the pictures bobs when the truth says so, to the frame."""
    n = min(n_frames, len(truth["frames"]))
    seen, want = head_rows(truth, path, n), column(truth, "px", "head_top")[:n, 1]
    if np.isfinite(seen).mean() < 0.9:
        return ["the head cannot be seen"]
    shifts = range(-3, 4)
    core = np.arange(4, n - 4)
    spread = {k: np.nanstd(seen[core] - want[core - k]) for k in shifts}
    best = min(spread, key=spread.__getitem__)
    if best != 0:
        return [f"the pictures are {best} frames behind the truth"]
    return [f"the head is {spread[0]:.1f} px off"] if spread[0] > 2.5 else []


def check_files(path: Path) -> list[str]:
    """Check a truth file, and the video beside it if there is one.

    Parameters
    ----------
    path : Path
        NAME.truth.json.
    """
    truth = json.loads(path.read_text(encoding="utf-8"))
    problems = check_truth(truth)
    video = path.with_name(truth["name"] + ".mp4")
    return problems + (check_container(truth, video) if video.exists() else ["there is no video"])
