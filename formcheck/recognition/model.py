"""The learned part: a small forest that turns features into the probability of every kind.

Each tree asks a few questions of the features, as a person would ("is one foot lifted for more than
a third of the time?"), and ends in the shares of kinds that were seen there. The forest's answer is
their mean. It is stored as text that can be read: see ``formcheck/fitted/recognition.json``.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray, IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tree:
    """One tree as flat arrays: question `k` leads to `yes[k]` where the feature is below the cut.

    Attributes
    ----------
    feature : ndarray of int, shape (N,)
        Column of the features; -1 in a leaf.
    cut : ndarray of float, shape (N,)
    yes, no : ndarray of int, shape (N,)
        The next node.
    shares : ndarray of float, shape (N, K)
        Shares of kinds in a leaf.
    """

    feature: IntArray
    cut: FloatArray
    yes: IntArray
    no: IntArray
    shares: FloatArray

    def shares_at(self, x: FloatArray) -> FloatArray:
        """Return the shares of kinds in the leaf that features `x`, shape (F,), lead to."""
        node = 0
        while self.feature[node] >= 0:
            below = x[self.feature[node]] < self.cut[node]
            node = int(self.yes[node] if below else self.no[node])
        return np.asarray(self.shares[node])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Forest:
    """Trees over named features and kinds.

    Attributes
    ----------
    features, kinds : tuple of str
    trees : tuple of Tree
    sharpness : float
        The mean of the trees is too modest: probabilities are raised to this power (and made to
        sum to one), as fitted on clips of sources that were left out.
    """

    features: tuple[str, ...]
    kinds: tuple[str, ...]
    trees: tuple[Tree, ...]
    sharpness: float = 1.0

    def probabilities(self, features: dict[str, float]) -> FloatArray:
        """Return the probability of every kind, in the order of `kinds`."""
        x = np.array([features[name] for name in self.features])
        mean = np.mean([tree.shares_at(x) for tree in self.trees], axis=0)
        return sharpened(mean, self.sharpness)


def sharpened(mean: FloatArray, power: float) -> FloatArray:
    """Return shares raised to a power, summing to one over the last axis."""
    raised = np.maximum(mean, 1e-6) ** power
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def tree_lines(tree: Tree, features: tuple[str, ...], kinds: tuple[str, ...]) -> list[str]:
    """Return a tree as text, one node a line: ``tilt < 0.61 ? 1 : 8`` or ``lunge 0.7, run 0.3``."""
    lines = []
    for k in range(tree.feature.size):
        if tree.feature[k] >= 0:
            name = features[tree.feature[k]]
            lines.append(f"{name} < {tree.cut[k]:.4g} ? {tree.yes[k]} : {tree.no[k]}")
            continue
        order = np.argsort(-tree.shares[k])
        held = [j for j in order if tree.shares[k, j] >= 0.005]
        lines.append(", ".join(f"{kinds[j]} {tree.shares[k, j]:.2f}" for j in held))
    return lines


def tree_from(lines: list[str], features: tuple[str, ...], kinds: tuple[str, ...]) -> Tree:
    """Return the tree that `tree_lines` wrote."""
    n = len(lines)
    feature, yes, no = (np.full(n, -1, dtype=np.int64) for _ in range(3))
    cut, shares = np.zeros(n), np.zeros((n, len(kinds)))
    for k, line in enumerate(lines):
        if "?" in line:
            name, _, at, _, a, _, b = line.split()
            feature[k], cut[k], yes[k], no[k] = features.index(name), float(at), int(a), int(b)
            continue
        for part in line.split(", "):
            kind, share = part.split()
            shares[k, kinds.index(kind)] = float(share)
        shares[k] /= shares[k].sum()
    return Tree(feature=feature, cut=cut, yes=yes, no=no, shares=shares)
