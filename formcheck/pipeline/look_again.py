"""After the events: the few pictures that frontal squats hang on are looked at again."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from formcheck.data import PoseSequence, Trial
from formcheck.keypoints import View
from formcheck.pipeline.interpret import Interpretation
from formcheck.pipeline.observe import Observed
from formcheck.pixels import PassControl
from formcheck.pixels.second_look import MODEL, look_twice
from formcheck.registry import MEASURES, PROTOCOLS
from formcheck.settings import Settings
from formcheck.signals.facing import standing_rows
from formcheck.store.landmarks import load_pose, save_pose

AROUND_DEEPEST_S: Final = (-0.1, 0.0, 0.1)
FEW_REPS: Final = 5
"""Up to so many repetitions get three pictures each; more get one each."""
N_STANDING: Final = 6


def moments_s(trial: Trial) -> tuple[float, ...]:
    """Return the moments worth a second look: none unless a test of squats is seen from the front.

    Parameters
    ----------
    trial : Trial
    """
    reps = [r for r in trial.reps if r.counted]
    wanted = set(MEASURES.needing("second_look")) & set(PROTOCOLS[trial.protocol_id].measures)
    if trial.scene.view != View.FRONT or not reps or not wanted:
        return ()
    around = AROUND_DEEPEST_S if len(reps) <= FEW_REPS else (0.0,)
    deepest = [r.deepest_s + dt for r in reps for dt in around]
    standing = trial.pose.time_s[standing_rows(trial.pose, trial.reps)]
    spread = np.linspace(0, standing.size - 1, N_STANDING).round().astype(int)
    return (*deepest, *(standing[spread].tolist() if standing.size else ()))


def looked_again(
    observed: Observed,
    found: Interpretation,
    settings: Settings,
    control: PassControl,
    cache_dir: Path | None = None,
) -> tuple[Observed, Interpretation]:
    """Return both with a second look at the pictures that matter, where any do.

    Raises
    ------
    FormcheckError
        As `look_twice`.
    """
    times = moments_s(found.trial)
    if not times:
        return observed, found
    seen = _kept(observed, times, settings, control, cache_dir)
    return (
        replace(observed, second_look=seen),
        replace(found, trial=replace(found.trial, second_look=seen)),
    )


def _kept(
    observed: Observed,
    times: tuple[float, ...],
    settings: Settings,
    control: PassControl,
    cache_dir: Path | None,
) -> PoseSequence:
    def look() -> PoseSequence:
        return look_twice(observed.clip, observed.landmarks, times, settings.pose.track, control)

    if cache_dir is None:
        return look()
    begins_s = observed.clip.begins_s
    part = (repr(begins_s),) if begins_s else ()
    words = "|".join(
        (observed.clip.sha256, *part, MODEL, settings.pose.model_dump_json(), repr(times))
    )
    path = cache_dir / f"twice-{hashlib.sha256(words.encode()).hexdigest()[:24]}.npz"
    if path.exists():
        return load_pose(path)
    seen = look()
    cache_dir.mkdir(parents=True, exist_ok=True)
    save_pose(seen, path)
    return seen
