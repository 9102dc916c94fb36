"""Learns what was filmed and says how well: ``python -m formcheck.validation.recognition DIR...``.

Learned from real clips with hand labels and from stick people; scored on real clips whose source
was left out. The same left-out probabilities say from where on an answer may be called sure.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.files import whole_file
from formcheck.fitted.recognition import FILE, RecognitionTable
from formcheck.pose.bundles import expected_sha256
from formcheck.recognition.body import body_of
from formcheck.recognition.decide import NONE, Limits, Recognition, decide
from formcheck.recognition.features import features_of
from formcheck.recognition.model import Forest, sharpened, tree_lines
from formcheck.recognition.recognise import mean_probabilities
from formcheck.validation.filmed import Filmed, filmed_in, sources_joined
from formcheck.validation.fit.clips import commit_of_checkout
from formcheck.validation.forest import Examples, grown
from formcheck.validation.stick_moves import KINDS
from formcheck.validation.stick_people import person

STICK_PEOPLE: Final = 60
"""Of every kind; the first seeds."""
_REAL_WEIGHT: Final = 0.5
"""One real clip against all stick people of its kind together."""
_WRONG_AT_MOST: Final = 0.02
_PARTS: Final = 12
"""Sources are left out in so many parts, each source with all its clips in one of them."""
_KINDS: Final = tuple(sorted(KINDS))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sticks:
    """Features and kinds of stick people, in the same order."""

    x: FloatArray
    kind: list[str]
    features: tuple[str, ...]


def stick_people(n_each: int = STICK_PEOPLE) -> Sticks:
    """Return the features of stick people of every kind."""
    found: list[tuple[str, dict[str, float]]] = []
    for kind in _KINDS:
        for seed in range(n_each):
            body = body_of(person(kind, seed))
            if body is not None:
                found.append((kind, features_of(body)))
    names = tuple(found[0][1])
    x = np.array([[f[n] for n in names] for _, f in found])
    return Sticks(x=x, kind=[k for k, _ in found], features=names)


def learned(clips: Sequence[Filmed], sticks: Sticks, *, n_trees: int) -> Forest:
    """Return the forest grown on clips and stick people, every kind with the same weight."""
    own = [(c.kind, look, 1 / len(c.looks)) for c in clips if c.kind for look in c.looks]
    real = np.array([[look[n] for n in sticks.features] for _, look, _ in own])
    kind = np.array([_KINDS.index(k) for k in (*(k for k, _, _ in own), *sticks.kind)])
    weight = np.concatenate([[w for *_, w in own], np.ones(len(sticks.kind))])
    is_real = np.arange(kind.size) < len(own)
    for k in range(len(_KINDS)):
        here, made = is_real & (kind == k), ~is_real & (kind == k)
        n = float(weight[here].sum())
        share = _REAL_WEIGHT * n / (_REAL_WEIGHT * n + 1)
        weight[here] *= share / n if n else 0.0
        weight[made] = (1 - share) / made.sum()
    x = np.vstack([real.reshape(-1, len(sticks.features)), sticks.x])
    examples = Examples(x=x, kind=kind, weight=weight * kind.size / weight.sum())
    return grown(examples, sticks.features, _KINDS, n_trees=n_trees)


def left_out(clips: Sequence[Filmed], sticks: Sticks, *, n_trees: int) -> dict[str, FloatArray]:
    """Return the probabilities of every clip from a forest that knows nothing of its source."""
    sources = sorted({c.source for c in clips})
    out = {}
    for part in range(_PARTS):
        away = set(sources[part::_PARTS])
        forest = learned([c for c in clips if c.source not in away], sticks, n_trees=n_trees)
        for clip in clips:
            if clip.source in away and clip.looks:
                out[clip.name] = mean_probabilities(forest, clip.looks)
    return out


def sharpness_of(clips: Sequence[Filmed], means: dict[str, FloatArray]) -> float:
    """Return the power that makes left-out means the best probabilities (least log loss)."""
    own = [(means[c.name], _KINDS.index(c.kind)) for c in clips if c.kind and c.name in means]

    def loss(power: float) -> float:
        return -float(np.mean([np.log(sharpened(m, power)[k]) for m, k in own]))

    return float(min(np.arange(0.8, 3.01, 0.1), key=loss))


def verdict(clip: Filmed, probabilities: FloatArray, limits: Limits) -> tuple[Recognition, str]:
    """Return what is said of a clip and how good that is.

    Returns
    -------
    str
        ``right``, ``asked`` (with the right one among those named), ``asked_without`` or ``wrong``.
    """
    held = dict(zip(_KINDS, (float(p) for p in probabilities), strict=True))
    said = decide(held, clip.looks[0], clip.surface, limits, against=clip.against)
    if said.outcome == "ask":
        named = {kind_of_protocol(p) for p, _ in said.likely}
        no_test = clip.kind in (*NONE, "walk", "")
        return said, "asked" if no_test or clip.kind in named else "asked_without"
    if said.outcome == "not_a_test":
        return said, "right" if clip.kind in (*NONE, "") else "wrong"
    if said.outcome == "walking":
        return said, "right" if clip.kind in ("walk", *NONE) else "wrong"
    return said, "right" if said.kind == clip.kind else "wrong"


def kind_of_protocol(protocol: str) -> str:
    """Return the kind of movement of a test."""
    kinds = {"treadmill_run": "run", "hallway_run": "run"}
    kinds |= dict.fromkeys(("hop_landing", "hop_in_place", "forward_bounds"), "jump")
    return kinds.get(protocol, protocol)


def limits_for(clips: Sequence[Filmed], held: dict[str, FloatArray]) -> Limits:
    """Return the limits that let the most be right by itself and few be silently wrong."""
    own = [c for c in clips if c.name in held]

    def worth(limits: Limits) -> tuple[float, float]:
        told = [verdict(c, held[c.name], limits)[1] for c in own]
        wrong = told.count("wrong") / len(told)
        over = max(0.0, wrong - _WRONG_AT_MOST)
        return (-over, told.count("right") / len(told) - 2 * wrong)

    tried = product(np.arange(0.4, 0.91, 0.05), (0.0, 0.1, 0.2, 0.3, 0.4), (0.5, 0.6, 0.7, 0.8))
    options = [Limits(sure=float(a), margin=float(b), none_sure=float(c)) for a, b, c in tried]
    return max(options, key=worth)


def table_text(clips: Sequence[Filmed], held: dict[str, FloatArray], limits: Limits) -> str:
    """Return how it fares by kind: right, asked with and without the right one, wrong."""
    rows: dict[str, dict[str, int]] = {}
    for clip in clips:
        kind = clip.kind or "two things"
        row = rows.setdefault(kind, dict.fromkeys(_COLUMNS, 0))
        row["all"] += 1
        row[verdict(clip, held[clip.name], limits)[1] if clip.name in held else "unseen"] += 1
    rows = dict(sorted(rows.items()))
    rows["all"] = {c: sum(r[c] for r in rows.values()) for c in _COLUMNS}
    lines = [f"| kind | {' | '.join(_COLUMNS)} |", "|---" * (len(_COLUMNS) + 1) + "|"]
    lines += [f"| {k} | {' | '.join(str(r[c]) for c in _COLUMNS)} |" for k, r in rows.items()]
    return "\n".join(lines)


_COLUMNS: Final = ("all", "right", "asked", "asked_without", "wrong", "unseen")


def fit(
    clips: list[Filmed], sticks: Sticks, command: str, *, n_trees: int
) -> tuple[RecognitionTable, str]:
    """Return the table learned from clips, and its score with sources left out and in sample."""
    means = left_out(clips, sticks, n_trees=n_trees)
    power = sharpness_of(clips, means)
    held = {name: sharpened(mean, power) for name, mean in means.items()}
    limits = limits_for(clips, held)
    forest = learned(clips, sticks, n_trees=n_trees)
    inside = {
        c.name: sharpened(mean_probabilities(forest, c.looks), power) for c in clips if c.looks
    }
    score = (
        f"sharpness {power:.1f}, {limits}\n\n"
        f"sources left out\n{table_text(clips, held, limits)}\n\n"
        f"in sample\n{table_text(clips, inside, limits)}\n"
    )
    table = RecognitionTable(
        header=_header(clips, command),
        features=forest.features,
        kinds=_KINDS,
        sharpness=round(power, 2),
        sure=round(limits.sure, 3),
        margin=round(limits.margin, 3),
        none_sure=round(limits.none_sure, 3),
        left_out={n: _told(p) for n, p in held.items()},
        trees=tuple(tuple(tree_lines(t, forest.features, _KINDS)) for t in forest.trees),
    )
    return table, score


def _told(probabilities: FloatArray) -> dict[str, float]:
    return {k: round(float(p), 3) for k, p in zip(_KINDS, probabilities, strict=True) if p >= 0.01}


def _header(clips: Sequence[Filmed], command: str) -> dict[str, object]:
    return {
        "command": command,
        "commit": commit_of_checkout(),
        "date": datetime.now(UTC).date().isoformat(),
        "pose_model_sha256": expected_sha256("full"),
        "clips": sorted(c.name for c in clips if c.kind and c.looks),
        "sources": len({c.source for c in clips}),
        "stick_people": STICK_PEOPLE * len(_KINDS),
        "split": "scored with whole sources left out; the trees are grown on all of them",
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Learn the table, write it, and print how well it does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of clips with labels.json")
    parser.add_argument("--cache", type=Path, help="keeps the passes over the pixels")
    parser.add_argument("--trees", type=int, default=60)
    parser.add_argument("--out", type=Path, default=Path("formcheck/fitted") / FILE)
    given = parser.parse_args(argv)
    clips = sources_joined([c for f in given.folders for c in filmed_in(f, given.cache)])
    command = "python -m formcheck.validation.recognition REAL_DIR CLIPS_DIR --cache DIR"
    table, score = fit(clips, stick_people(), command, n_trees=given.trees)
    with whole_file(given.out) as part:
        part.write_text(json.dumps(table.model_dump(mode="json"), indent=1) + "\n", "utf-8")
    sys.stdout.write(score)
    return 0


if __name__ == "__main__":
    sys.exit(main())
