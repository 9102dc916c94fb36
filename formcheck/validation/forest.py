"""Grows the recogniser's forest: extremely randomised trees (Geurts 2006), a few lines of numpy."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.data import FloatArray, IntArray
from formcheck.recognition.model import Forest, Tree

N_TREES: Final = 80
N_LEAVES: Final = 40
_TRIED_SHARE: Final = 0.3
_SMALLEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Examples:
    """What is learned from.

    Attributes
    ----------
    x : ndarray of float, shape (N, F)
    kind : ndarray of int, shape (N,)
    weight : ndarray of float, shape (N,)
    """

    x: FloatArray
    kind: IntArray
    weight: FloatArray


def grown(
    examples: Examples,
    features: tuple[str, ...],
    kinds: tuple[str, ...],
    *,
    n_trees: int = N_TREES,
    seed: int = 0,
) -> Forest:
    """Return a forest grown on weighted examples."""
    rng = np.random.default_rng(seed)
    trees = tuple(_tree(examples, len(kinds), rng) for _ in range(n_trees))
    return Forest(features=features, kinds=kinds, trees=trees)


def _tree(examples: Examples, n_kinds: int, rng: np.random.Generator) -> Tree:
    """Grow one tree, always where the most weight is still mixed, up to so many leaves."""
    one_hot = np.zeros((examples.kind.size, n_kinds))
    one_hot[np.arange(examples.kind.size), examples.kind] = examples.weight
    rows = [np.arange(examples.kind.size)]
    nodes: list[tuple[int, float, int, int]] = [(-1, 0.0, -1, -1)]
    impurity = [_mixed(one_hot.sum(axis=0))]
    open_nodes = {0}
    while open_nodes and len(nodes) < 2 * N_LEAVES - 1:
        k = max(open_nodes, key=lambda n: impurity[n])
        open_nodes.discard(k)
        found = _question(examples.x[rows[k]], one_hot[rows[k]], rng)
        if found is None:
            continue
        feature, cut = found
        below = examples.x[rows[k], feature] < cut
        nodes[k] = (feature, cut, len(nodes), len(nodes) + 1)
        for part in (rows[k][below], rows[k][~below]):
            open_nodes.add(len(nodes))
            rows.append(part)
            nodes.append((-1, 0.0, -1, -1))
            impurity.append(_mixed(one_hot[part].sum(axis=0)))
    total = np.array([one_hot[r].sum(axis=0) for r in rows])
    return Tree(
        feature=np.array([node[0] for node in nodes]),
        cut=np.array([node[1] for node in nodes]),
        yes=np.array([node[2] for node in nodes]),
        no=np.array([node[3] for node in nodes]),
        shares=total / total.sum(axis=1, keepdims=True),
    )


def _mixed(weights: FloatArray) -> FloatArray:
    """Return weight times Gini impurity, over the last axis."""
    total = np.maximum(weights.sum(axis=-1), 1e-12)
    return np.asarray(total - (weights**2).sum(axis=-1) / total)


def _question(
    x: FloatArray, one_hot: FloatArray, rng: np.random.Generator
) -> tuple[int, float] | None:
    """Return the best of a few random questions; None where nothing is mixed or few are left."""
    if x.shape[0] < 2 * _SMALLEST or _mixed(one_hot.sum(axis=0)) < 1e-9:
        return None
    tried = rng.choice(x.shape[1], max(1, round(_TRIED_SHARE * x.shape[1])), replace=False)
    low, high = x[:, tried].min(axis=0), x[:, tried].max(axis=0)
    cuts = low + (high - low) * rng.random(tried.size)
    below = x[:, tried] < cuts
    left = below.T.astype(float) @ one_hot
    right = one_hot.sum(axis=0) - left
    gain = _mixed(one_hot.sum(axis=0)) - _mixed(left) - _mixed(right)
    gain[(below.sum(axis=0) < _SMALLEST) | ((~below).sum(axis=0) < _SMALLEST)] = -1
    best = int(np.argmax(gain))
    return (int(tried[best]), float(cuts[best])) if gain[best] > 1e-9 else None
