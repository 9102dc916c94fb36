"""Learns anew how the strips answer to the body, from behind (``fitted/strip_loadings.json``).

Foot strikes and toe-offs are the true ones, so that only what the strips show is learned.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Final

import numpy as np

from formcheck.data import FloatArray, Scene, Step, Trial
from formcheck.fitted.header import Header
from formcheck.fitted.strip_loadings import StripLoadings
from formcheck.keypoints import Side, View
from formcheck.pipeline.observe import Observed
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.features import collect
from formcheck.surface.series import remove_stride_mean, stride_clock
from formcheck.surface.waveforms import pelvis_obliquity_waveform

SIDE: Final[dict[str, Side]] = {"L": "left", "R": "right"}
FREEDOM: Final = np.array([0.15, 0.12, 0.08, 0.2, 0.06, 0.1, 0.1])
"""How far a loading may move from its prior: oblique pelvis, pelvis yaw, shoulder yaw, thorax roll,
thighs, legs apart, sideways."""
MISFIT: Final = 2.5
"""Degrees or percent: what a phase average of one clip is worth."""
N: Final = 40
INDEPENDENT: Final = 6
"""Independent values of a phase average."""
MIN_CLIPS: Final = 6
LEAST_NOISE: Final = 0.3
HALF_WEIGHT: Final = ("shift", "shoulder_x")
"""Features of neighbouring strips that err together: their noise is doubled."""


class StripPrior(StripLoadings):
    """The loadings by geometry alone, from meshes (``sample_videos.render.strip_prior``)."""

    FILE: ClassVar[str] = "strip_prior.json"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Phases:
    """Phase averages of one clip.

    Attributes
    ----------
    drivers : ndarray of float, shape (N, 7)
        True movements.
    seen : ndarray of float, shape (N, features)
        NaN where a feature was not tracked.
    """

    drivers: FloatArray
    seen: FloatArray


def phases_of(observed: Observed, truth_path: Path, table: StripLoadings) -> Phases | None:
    """Return what a clip from behind has to teach, None where its strips cannot be read.

    Parameters
    ----------
    observed : Observed
    truth_path : Path
    table : StripLoadings
        Names the features.
    """
    truth = json.loads(truth_path.read_text("utf-8"))
    trial = Trial(
        clip=observed.clip,
        scene=Scene(view=View.REAR, facing="away", surface="treadmill"),
        pose=observed.landmarks,
        raw=observed.landmarks,
        channels=observed.channels,
        steps=_steps(truth),
    )
    clock = stride_clock(trial.steps)
    if clock is None or pelvis_obliquity_waveform(trial).reason:
        return None
    signals = collect(trial, table.rear, clock, SurfaceSettings())
    phase = clock.phase(signals.time_s)
    moved = _drivers(trial, truth, clock.stride_s)
    use = np.isfinite(phase) & np.isfinite(moved).all(axis=1)
    seen = np.where(signals.covered > 0, signals.seen, np.nan)
    return Phases(
        drivers=_phase_mean(phase[use], moved[use]), seen=_phase_mean(phase[use], seen[use])
    )


def _steps(truth: dict[str, Any]) -> tuple[Step, ...]:
    """Return the true steps that lie whole in the clip."""
    end = truth["frames"][-1]["t"]
    contacts = [
        c
        for c in truth["contacts"]
        if None not in (c["ic"], c["to"]) and c["ic"] >= 0 and c["to"] < end
    ]
    strikes = [c["ic"] for c in contacts] + [None, None]
    return tuple(
        Step(
            side=SIDE[c["side"]],
            strike_s=c["ic"],
            toe_off_s=c["to"],
            end_s=strikes[i + 1],
            stride_end_s=strikes[i + 2],
            strike_sd_s=0.0,
        )
        for i, c in enumerate(contacts)
    )


def _drivers(trial: Trial, truth: dict[str, Any], stride_s: float) -> FloatArray:
    """Return the true drivers on the channels' times, zero mean over a stride."""
    frames = truth["frames"]

    def angle(name: str) -> FloatArray:
        return np.array([f["deg"][name] for f in frames])

    point = {k: np.array([f["m"][k] for f in frames]) for k in frames[0]["m"]}
    line = point["shoulder_L"] - point["shoulder_R"]
    roll = np.degrees(np.arctan2(line[:, 2], np.hypot(line[:, 0], line[:, 1])))
    leg = {s: point[f"knee_{s}"] - point[f"hip_{s}"] for s in "LR"}
    flexed = {s: np.degrees(np.arctan2(v[:, 0], -v[:, 2])) for s, v in leg.items()}
    apart = sum(np.degrees(np.arctan2(v[:, 1], -v[:, 2])) for v in leg.values())
    hips = np.array([(f["px"]["hip_L"][0] + f["px"]["hip_R"][0]) / 2 for f in frames])
    torso = float(np.nanmedian(trial.channels.values["strip_torso_px"]))
    columns = [angle("pelvis_obliquity"), angle("pelvis_rotation")]
    columns += [angle("shoulder_line_rotation"), roll, flexed["L"] - flexed["R"]]
    columns += [np.asarray(apart), 100 * hips / torso]
    known, times = np.array([f["t"] for f in frames]), trial.channels.time_s
    moved = [remove_stride_mean(times, np.interp(times, known, c), stride_s) for c in columns]
    return np.column_stack(moved)


def _phase_mean(phase: FloatArray, values: FloatArray) -> FloatArray:
    """Return the mean over the cycles at N phases of the stride, shape (N, columns)."""
    bins = np.floor((phase % 1.0) * N)
    out = np.full((N, values.shape[1]), np.nan)
    for b in range(N):
        own = values[bins == b]
        known = np.isfinite(own).any(axis=0)
        out[b, known] = np.nanmean(own[:, known], axis=0) if known.any() else np.nan
    return out


def load_prior() -> StripPrior:
    """Return the prior that lies beside this module."""
    return StripPrior.load(Path(__file__).parent)


def fit_strip_loadings(
    clips: Iterable[Phases], old: StripLoadings, prior: StripPrior, header: Header
) -> StripLoadings:
    """Return the loadings that minimise the misfit of clips, held to `prior` by `FREEDOM`.

    Parameters
    ----------
    clips : iterable of Phases
        Fewer than six leave the table as it is.
    old : StripLoadings
        Kept where a feature was never seen.
    prior : StripPrior
        With the same features.
    header : Header
    """
    found = list(clips)
    if len(found) < MIN_CLIPS:
        return old
    before = np.array([f.loadings for f in prior.rear])
    loadings = np.array([_ridge(found, j, row) for j, row in enumerate(before)])
    with np.errstate(invalid="ignore"):
        misfit = np.array([_spread(c.seen - c.drivers @ loadings.T) for c in found])
    rows = []
    for j, (feature, row) in enumerate(zip(old.rear, loadings, strict=True)):
        own = misfit[np.isfinite(misfit[:, j]), j]
        if not own.size:
            rows.append(feature)
            continue
        sd = float(np.hypot(np.median(own), LEAST_NOISE))
        noise = round(sd * (2 if feature.kind in HALF_WEIGHT else 1), 2)
        update = {"noise": noise, "loadings": tuple(np.round(row, 3).tolist())}
        rows.append(feature.model_copy(update=update))
    return StripLoadings(header=header, rear=tuple(rows))


def _ridge(clips: Sequence[Phases], j: int, prior: FloatArray) -> FloatArray:
    """Return one feature's loadings."""
    normal = np.diag(1 / FREEDOM**2)
    right = normal @ prior
    weight = INDEPENDENT / N / MISFIT**2
    for c in clips:
        ok = np.isfinite(c.seen[:, j]) & np.isfinite(c.drivers).all(axis=1)
        normal = normal + weight * c.drivers[ok].T @ c.drivers[ok]
        right = right + weight * c.drivers[ok].T @ c.seen[ok, j]
    return np.asarray(np.linalg.solve(normal, right))


def _spread(values: FloatArray) -> FloatArray:
    """Return each column's SD, NaN for a column that was never seen."""
    seen = np.isfinite(values).any(axis=0)
    out = np.full(values.shape[1], np.nan)
    out[seen] = np.nanstd(values[:, seen], axis=0)
    return out
