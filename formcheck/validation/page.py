"""Writes the accuracy page; every number on it comes from the rows it is given."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.registry import MEASURES
from formcheck.validation.plots import plot_measure
from formcheck.validation.sections import (
    budget_legend,
    budget_table,
    history_table,
    learned_table,
    readings_table,
    softness_section,
)
from formcheck.validation.table import event_table, measure_table, pooled_table
from formcheck.validation.targets import SQUARE_DEG, missed_list, target_table

if TYPE_CHECKING:
    from formcheck.validation.run import Validation

_INTRO = """# Accuracy

Written by `formcheck validate`; do not edit by hand. {n_clips} rendered clips with exact truth,
model `{model}`, formcheck {version}, {day}. Bias is estimate minus truth; slope and r are of the
estimate against truth (a flat line with a small error is no measurement); coverage is the share of
reported 95 % intervals that hold the truth; refused and uncertain are shares of the values asked
for.
"""


def write_page(
    validation: "Validation", out: Path, *, model: str, n_clips: int, version: str
) -> None:
    """Write the page and its plots, whole or not at all.

    Parameters
    ----------
    validation : Validation
    out : Path
        Markdown file; plots go to ``accuracy/`` beside it.
    """
    plots = _plots(validation, out)
    parts = [
        _INTRO.format(
            n_clips=n_clips, model=model, version=version, day=datetime.now(tz=UTC).date()
        ),
        "## Targets\n",
        f"Cameras within {SQUARE_DEG:g} degrees of square; 60 frames a second or more, unless "
        "said.\n",
        target_table(validation),
        "\nWhat stands in the way of those that are missed (numbers from the budget below and from "
        "what was tried):\n",
        *missed_list(validation),
        "\n## Where the error comes from\n",
        "Each stage replaced by the truth, one after the other: what it adds, root mean square and "
        "(in brackets) on average, estimate minus truth. Stages may cancel.\n",
        budget_legend(),
        "",
        budget_table(validation.climbs),
        "\n## Learned on `fit` people\n",
        "Refitted by `python -m formcheck.validation refit`; no clip on this page was seen by it. "
        "The spread is that of the angle (degrees) the correction is for.\n",
        learned_table(),
        "\nAngles of the near leg in runs and landings are read as a linear function of the leg's "
        "angles and lengths around contact (`formcheck.kinematics`). Left out means: every clip of "
        "the same person.\n",
        readings_table(),
        "\n## What was tried\n",
        "On the `score` clips rendered at the time, if not said otherwise.\n",
        history_table(),
        "\n## Measures, all views and frame rates\n",
        pooled_table(validation.rows),
        "\n## By view and frame rate\n",
        measure_table(validation.rows),
        "\n## Landing softness, part by part\n",
        *softness_section(validation),
        "\n## Events\n",
        event_table(validation.events),
        "\n## Baselines on the same landmarks\n",
        "Raw: the single-frame landmark value at the *true* moment.\n",
        pooled_table(validation.raw),
        "\nLowest ankle: foot strike at the lowest ankle, angles filtered at 6 Hz.\n",
        pooled_table(validation.lowest_ankle),
        "\n## Refused clips\n",
        *(_refusals(validation) or ["None."]),
        "\n## View detected\n",
        _views(validation),
        "\n## Plots\n",
        *plots,
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_suffix(out.suffix + ".tmp")
    temporary.write_text("\n".join(parts) + "\n", encoding="utf-8")
    temporary.replace(out)


def _refusals(validation: "Validation") -> list[str]:
    return [f"- {name}: {code}: {what}" for name, code, what in validation.refused]


def _views(validation: "Validation") -> str:
    wrong = [f"{n} ({want} read as {got})" for n, want, got in validation.scenes if want != got]
    right = len(validation.scenes) - len(wrong)
    tail = f" Wrong: {', '.join(wrong)}." if wrong else ""
    return f"{right} of {len(validation.scenes)} right.{tail}"


def _plots(validation: "Validation", out: Path) -> list[str]:
    lines = []
    for measure_id in MEASURES:
        rows = [r for r in validation.rows if r.label == measure_id]
        if not MEASURES[measure_id].core or not any(r.estimate is not None for r in rows):
            continue
        path = out.parent / "accuracy" / f"{measure_id}.png"
        plot_measure(rows, path)
        lines.append(f"![{measure_id}: truth against estimate](accuracy/{measure_id}.png)\n")
    return lines
