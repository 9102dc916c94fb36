"""Pictures of agreement: truth against estimate, and Bland-Altman, one pair per measure."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from formcheck.validation.score import ValueRow, score_values


def plot_measure(rows: Sequence[ValueRow], path: Path) -> None:
    """Write truth against estimate (with intervals) and the Bland-Altman plot of one measure.

    Parameters
    ----------
    rows : sequence of ValueRow
        Of one measure; rows without an estimate are left out.
    path : Path
        PNG to write.
    """
    import matplotlib as mpl  # noqa: PLC0415 (slow to import; only validation draws these)

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415

    got = [r for r in rows if r.estimate is not None and r.lo is not None and r.hi is not None]
    if not got:
        return
    truth = np.array([r.truth for r in got])
    estimate = np.array([r.estimate for r in got], dtype=float)
    lo = np.array([r.lo for r in got], dtype=float)
    hi = np.array([r.hi for r in got], dtype=float)
    score = score_values(got)
    fig, (left, right) = plt.subplots(1, 2, figsize=(9, 4), layout="constrained")
    left.errorbar(
        truth, estimate, [estimate - lo, hi - estimate], fmt="o", ms=3, lw=0.7, color="#1F6FB2"
    )
    span = [min(truth.min(), lo.min()), max(truth.max(), hi.max())]
    left.plot(span, span, color="#5F6B76", lw=0.8)
    left.set(
        xlabel=f"truth ({got[0].unit})",
        ylabel=f"estimate with 95 % interval ({got[0].unit})",
        title=f"{got[0].measure_id}: slope {score.slope:.2f}, r {score.r:.2f}, n {score.n}",
    )
    mean, error = (truth + estimate) / 2, estimate - truth
    right.plot(mean, error, "o", ms=3, color="#1F6FB2")
    for level, style in ((0.0, "-"), (1.96, "--"), (-1.96, "--")):
        right.axhline(score.bias + level * score.sd, color="#A4161A", lw=0.8, ls=style)
    right.set(xlabel="mean of both", ylabel="estimate - truth", title="Bland-Altman")
    path.parent.mkdir(parents=True, exist_ok=True)
    fig.savefig(path, dpi=80)
    plt.close(fig)
