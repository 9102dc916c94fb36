"""Landmarks in, what was filmed out."""

from dataclasses import replace
from functools import cache

import numpy as np

from formcheck.data import FloatArray, PoseSequence, Scene
from formcheck.events import classify_activity
from formcheck.fitted.recognition import RecognitionTable, load_recognition
from formcheck.keypoints import View
from formcheck.recognition.body import RATE_HZ, Body, body_of
from formcheck.recognition.decide import Limits, Recognition, decide
from formcheck.recognition.features import features_of
from formcheck.recognition.model import Forest, tree_from
from formcheck.settings.events import EventSettings

_CUT_FROM_S = 4.0
_PART = 0.6


def recognise(
    raw: PoseSequence, scene: Scene, settings: EventSettings | None = None
) -> Recognition | None:
    """Tell what somebody does.

    Parameters
    ----------
    raw : PoseSequence
        Repaired, unfiltered landmarks.
    scene : Scene
        View and surface are used.
    settings : EventSettings, optional

    Returns
    -------
    Recognition or None
        None where nobody is seen for a second.
    """
    body = body_of(raw)
    if body is None:
        return None
    table = load_recognition()
    looks = looks_of(body)
    mean = mean_probabilities(_forest(), looks)
    held = dict(zip(table.kinds, (float(p) for p in mean), strict=True))
    against = spoken_against(raw, scene, settings)
    return decide(held, looks[0], scene.surface, limits_of(table), against=against)


def spoken_against(raw: PoseSequence, scene: Scene, settings: EventSettings | None = None) -> str:
    """Return what the rhythm of the steps speaks against: ``run``, ``walk`` or nothing.

    In side view the hips tell a walk from a run; from the front and behind they do not.
    """
    gait = classify_activity(raw, scene, settings).kind
    if gait == "running":
        return "walk"
    return "run" if gait == "walking" and scene.view == View.SIDE else ""


def looks_of(body: Body) -> list[dict[str, float]]:
    """Return the features of the whole clip, then of its first and its last part if it is long."""
    n = body.time_s.size
    looks = [features_of(body)]
    if n >= _CUT_FROM_S * RATE_HZ:
        part = int(_PART * n)
        looks += [features_of(_between(body, a, a + part)) for a in (0, n - part)]
    return looks


def _between(body: Body, start: int, end: int) -> Body:
    return replace(
        body,
        time_s=body.time_s[start:end],
        at=body.at[start:end],
        world=body.world[start:end],
        unit_px=body.unit_px[start:end],
    )


def mean_probabilities(forest: Forest, looks: list[dict[str, float]]) -> FloatArray:
    """Return the mean probability of every kind over several looks at a clip."""
    return np.asarray(np.mean([forest.probabilities(look) for look in looks], axis=0))


@cache
def _forest() -> Forest:
    return forest_of(load_recognition())


def forest_of(table: RecognitionTable) -> Forest:
    """Return the forest that a table holds."""
    trees = tuple(tree_from(list(lines), table.features, table.kinds) for lines in table.trees)
    return Forest(
        features=table.features, kinds=table.kinds, trees=trees, sharpness=table.sharpness
    )


def limits_of(table: RecognitionTable) -> Limits:
    """Return from where on an answer is sure."""
    return Limits(sure=table.sure, margin=table.margin, none_sure=table.none_sure)
