"""Score the surface stage on clips with truth, and update its rear-view loadings from them.

    python docs/surface_fit.py score FOLDER     # one line per clip, then slope, r and RMSE
    python docs/surface_fit.py fit FOLDER       # loadings that the folder's clips ask for

FOLDER holds NAME.mp4 beside NAME.truth.json (``python -m sample_videos.render validation``). Foot
strikes and toe-offs are the true ones, so that only the surface stage is judged.
"""

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.data import FloatArray, Scene, Step, Trial
from formcheck.keypoints import View
from formcheck.pipeline.observe import observe
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.features import collect
from formcheck.surface.series import remove_stride_mean, stride_clock
from formcheck.surface.waveforms import pelvis_obliquity_waveform, shoulder_rotation_per_stride

SIDE = {"L": "left", "R": "right"}
# how far a loading may move from its prior: oblique pelvis, pelvis yaw, shoulder yaw, thorax roll,
# thighs, legs apart, sideways
FREEDOM = np.array([0.15, 0.12, 0.08, 0.2, 0.06, 0.1, 0.1])
MISFIT = 2.5  # degrees or percent: what a phase average of one clip is worth
N = 40


def steps_of(truth: dict[str, Any]) -> tuple[Step, ...]:
    """Return the true steps that lie whole in the clip."""
    end = truth["frames"][-1]["t"]
    contacts = [c for c in truth["contacts"] if c["ic"] >= 0 and c["to"] < end]
    strikes = [c["ic"] for c in contacts] + [None, None]
    return tuple(
        Step(
            side=SIDE[c["side"]],  # type: ignore[arg-type]
            strike_s=c["ic"],
            toe_off_s=c["to"],
            end_s=strikes[i + 1],
            stride_end_s=strikes[i + 2],
            strike_sd_s=0.0,
        )
        for i, c in enumerate(contacts)
    )


def load(path: Path) -> tuple[Trial, dict[str, Any]]:
    """Return the clip as a trial with true steps, and its truth."""
    truth = json.loads(path.with_suffix("").with_suffix(".truth.json").read_text())
    seen = observe(path, AnalyzeOptions(), Settings(), cache_dir=path.parent / "passes")
    trial = Trial(
        clip=seen.clip,
        scene=Scene(view=View.REAR, facing="away", surface="treadmill"),
        pose=seen.landmarks,
        raw=seen.landmarks,
        channels=seen.channels,
        steps=steps_of(truth),
    )
    return trial, truth


def angle(truth: dict[str, Any], name: str) -> FloatArray:
    """Return one true angle per frame, degrees."""
    return np.array([f["deg"][name] for f in truth["frames"]])


def score(trial: Trial, truth: dict[str, Any]) -> list[tuple[str, float, float]]:
    """Return (quantity, estimate, truth) of one clip."""
    rows = []
    waves = pelvis_obliquity_waveform(trial)
    for side in ("left", "right"):
        own = [i for i, s in enumerate(waves.sides) if s == side]
        own = [i for i in own if np.isfinite(waves.peaks_deg()[i])]
        true = {round(c["ic"], 3): c for c in truth["contacts"]}
        if own:
            peak, start = waves.peaks_deg()[own].mean(), waves.starts_deg()[own].mean()
            known = [true[round(float(waves.start_s[i]), 3)] for i in own]
            t_peak = float(np.mean([c["pelvic_drop_peak"] for c in known]))
            t_start = float(np.mean([c["pelvic_drop_ic"] for c in known]))
            rows += [("drop", peak, t_peak), ("excursion", peak - start, t_peak - t_start)]
    turn = shoulder_rotation_per_stride(trial)
    if turn.sides:
        times = np.array([f["t"] for f in truth["frames"]])
        line = angle(truth, "shoulder_line_rotation")
        spans = zip(turn.start_s, turn.end_s, strict=True)
        ranges = [np.ptp(line[(times >= a) & (times <= b)]) for a, b in spans]
        rows.append(("shoulders", float(np.nanmean(turn.ranges_deg())), float(np.mean(ranges))))
    return rows


def drivers(trial: Trial, truth: dict[str, Any], stride_s: float) -> FloatArray:
    """Return the true drivers on the frames' times, zero mean over a stride."""
    point = {k: np.array([f["m"][k] for f in truth["frames"]]) for k in truth["frames"][0]["m"]}
    line = point["shoulder_L"] - point["shoulder_R"]
    roll = np.degrees(np.arctan2(line[:, 2], np.hypot(line[:, 0], line[:, 1])))
    leg = {s: point[f"knee_{s}"] - point[f"hip_{s}"] for s in "LR"}
    flexed = {s: np.degrees(np.arctan2(v[:, 0], -v[:, 2])) for s, v in leg.items()}
    apart = sum(np.degrees(np.arctan2(v[:, 1], -v[:, 2])) for v in leg.values())
    hips = np.array([(f["px"]["hip_L"][0] + f["px"]["hip_R"][0]) / 2 for f in truth["frames"]])
    torso = float(np.nanmedian(trial.channels.values["strip_torso_px"]))
    columns = [angle(truth, "pelvis_obliquity"), angle(truth, "pelvis_rotation")]
    columns += [angle(truth, "shoulder_line_rotation"), roll, flexed["L"] - flexed["R"]]
    columns += [apart, 100 * hips / torso]
    known, times = np.array([f["t"] for f in truth["frames"]]), trial.channels.time_s
    moved = [remove_stride_mean(times, np.interp(times, known, c), stride_s) for c in columns]
    return np.column_stack(moved)


def phase_mean(phase: FloatArray, values: FloatArray) -> FloatArray:
    """Return the mean over the cycles at N phases of the stride, shape (N, columns)."""
    bins = np.floor((phase % 1.0) * N)
    means = [np.nanmean(np.where((bins == b)[:, None], values, np.nan), axis=0) for b in range(N)]
    return np.array(means)


def fit(paths: list[Path]) -> None:
    """Print the loadings that minimise misfit, held to today's by FREEDOM."""
    settings = SurfaceSettings()
    prior = np.array([f.loadings for f in settings.rear])
    normal = np.repeat(np.diag(1 / FREEDOM**2)[None], len(prior), axis=0)
    right = (normal @ prior[:, :, None])[:, :, 0]
    clips = []
    for path in paths:
        trial, truth = load(path)
        clock = stride_clock(trial.steps)
        if clock is None or pelvis_obliquity_waveform(trial).reason:
            continue
        signals = collect(trial, settings.rear, clock, settings)
        phase = clock.phase(signals.time_s)
        moved = drivers(trial, truth, clock.stride_s)
        use = np.isfinite(phase) & np.isfinite(moved).all(axis=1)
        seen = np.where(signals.covered > 0, signals.seen, np.nan)
        x, y = phase_mean(phase[use], moved[use]), phase_mean(phase[use], seen[use])
        clips.append((x, y))
        for j in range(len(prior)):
            ok = np.isfinite(y[:, j]) & np.isfinite(x).all(axis=1)
            weight = 6 / N / MISFIT**2  # a phase average has about six independent values
            normal[j] += weight * x[ok].T @ x[ok]
            right[j] += weight * x[ok].T @ y[ok, j]
    loadings = np.linalg.solve(normal, right[:, :, None])[:, :, 0]
    misfit = [np.nanstd(y - x @ loadings.T, axis=0) for x, y in clips]
    for f, row, sd in zip(settings.rear, loadings, np.nanmedian(misfit, axis=0), strict=True):
        noise = float(np.hypot(sd, 0.3)) * (2 if f.kind.startswith(("shift", "shoulder_x")) else 1)
        print(f'("{f.kind}", {f.strip}, {noise:.2f}, ({", ".join(f"{v:.3f}" for v in row)})),')  # noqa: T201


def main() -> None:
    """Run one of the two commands."""
    command, folder = sys.argv[1:3]
    paths = sorted(Path(folder).glob("*rear*.mp4"))
    if command == "fit":
        fit(paths)
        return
    rows: list[tuple[str, float, float]] = []
    for path in paths:
        found = score(*load(path))
        rows += found
        print(path.stem, *(f"{k} {a:.1f}/{b:.1f}" for k, a, b in found))  # noqa: T201
    for name in dict.fromkeys(k for k, _, _ in rows):
        e, t = np.array([(a, b) for k, a, b in rows if k == name]).T
        line = f"{name}: n {e.size}, bias {np.mean(e - t):+.2f}, RMSE {np.std(e - t):.2f} about it"
        if e.size > 2:
            line += f", slope {np.polyfit(t, e, 1)[0]:.2f}, r {np.corrcoef(e, t)[0, 1]:.2f}"
        print(line)  # noqa: T201


if __name__ == "__main__":
    main()
