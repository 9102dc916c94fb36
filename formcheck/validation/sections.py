"""Parts of the accuracy page beyond the tables of scores: error budget, history, softness."""

import json
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from formcheck.fitted import load_fitted
from formcheck.validation.ladder import MEANING, RUNGS, Climb, budgets
from formcheck.validation.score import ValueRow
from formcheck.validation.softness import APART, ranking
from formcheck.validation.table import number, pooled_table
from formcheck.validation.truth import RUNS

if TYPE_CHECKING:
    from formcheck.validation.run import Validation

MIN_VALUES: Final = 3
"""Fewer values say nothing about a stage."""
EXACT: Final = ("rep_count", "speed")
"""Given or counted: there is nothing to split."""


def budget_table(found: Sequence[Climb]) -> str:
    """Return what each stage of the analysis adds to the error, per measure and view.

    Parameters
    ----------
    found : sequence of Climb

    Returns
    -------
    str
        Root mean square per stage (and its bias in brackets), then the error that stays.
    """
    lines = [
        "| measure | view | n | " + " | ".join(RUNGS) + " | error |",
        "|---" * (4 + len(RUNGS)) + "|",
    ]
    for b in sorted(budgets(found), key=lambda b: (b.measure_id, b.view)):
        if b.n < MIN_VALUES or b.measure_id in EXACT:
            continue
        cells = [
            f"{number(rms)} ({number(bias)})" if rms == rms else "-"  # noqa: PLR0124 (NaN)
            for rms, bias in zip(b.rms, b.bias, strict=True)
        ]
        last = number(float(b.total_rmse[-1]))
        lines.append(f"| {b.measure_id} | {b.view} | {b.n} | " + " | ".join(cells) + f" | {last} |")
    return "\n".join(lines)


def budget_legend() -> str:
    """Return what the stages mean."""
    return "\n".join(f"- {name}: {MEANING[name]}" for name in RUNGS)


def learned_table() -> str:
    """Return the small corrections learned on `fit` people, with where they come from."""
    lines = ["| correction | value | clips | spread on left-out clips |", "|---|---|---|---|"]
    lines += [
        f"| {x.what} | {number(x.value, 2)} {x.unit} | {x.n_clips} | {number(x.left_out_sd)} |"
        for x in load_fitted().corrections.learned().values()
    ]
    return "\n".join(lines)


def readings_table() -> str:
    """Return the readings of the leg learned on `fit` people, judged on people left out."""
    lines = [
        "| reading | inputs | clips, people | plain RMSE | left-out RMSE | left-out slope |",
        "|---|---|---|---|---|---|",
    ]
    for r in load_fitted().leg_angles.readings.values():
        unit = f"{number(r.plain_rmse)} {r.spec.unit}"
        lines.append(
            f"| {r.spec.what} | {len(r.weights)} | {r.n_clips}, {r.n_people} | {unit} "
            f"| {number(r.left_out_rmse)} | {number(r.left_out_slope, 2)} |"
        )
    return "\n".join(lines)


def history_table() -> str:
    """Return what was tried, what it did and whether it stayed; newest last."""
    text = files("formcheck.validation").joinpath("history.json").read_text("utf-8")
    lines = ["| measure | tried | before | after | kept |", "|---|---|---|---|---|"]
    for row in json.loads(text):
        kept = "yes" if row["kept"] else "no"
        lines.append(
            f"| {row['measure']} | {row['what']} | {row['before']} | {row['after']} | {kept} |"
        )
    return "\n".join(lines)


def softness_section(validation: "Validation") -> list[str]:
    """Return the parts of the index per kind of test, and the order of soft and stiff clips."""
    lines = []
    for what, run in (("Running", True), ("Hops and landings", False)):

        def ours(row: ValueRow, *, run: bool = run) -> bool:
            return (row.protocol in RUNS) == run

        index = [r for r in validation.rows if r.measure_id == "landing_softness" and ours(r)]
        order = ranking(index)
        lines += [
            f"{what}: the softer clip of two was found softer in {number(order.right_pct, 0)} % of "
            f"{order.n_pairs} pairs whose true indices differ by {APART:.0f} or more.\n",
            pooled_table([r for r in validation.parts if ours(r)]),
            "",
        ]
    return lines
