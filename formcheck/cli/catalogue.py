"""`formcheck measures` and `formcheck protocols`: what exists, with units, views, sources."""

import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from formcheck.cli.main import print_json
from formcheck.registry import MEASURES, PROTOCOLS, MeasureSpec
from formcheck.resources import science_page


def register(app: typer.Typer) -> None:
    """Add the commands of this module to `app`."""
    app.command()(measures)
    app.command()(protocols)


def measures(
    as_json: Annotated[bool, typer.Option("--json")] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="As the table of the README.")
    ] = False,
) -> None:
    """List the measures: id, unit, sign, views, source."""
    items = MEASURES.values()
    if as_markdown:
        sys.stdout.write(markdown_table())
        return
    if as_json:
        print_json(
            {
                "measures": [
                    {
                        "id": m.id,
                        "title": m.title,
                        "unit": m.unit,
                        "sign": m.sign,
                        "views": [str(v) for v in m.views],
                        "not_given": m.not_given,
                        "sided": m.sided,
                        "source": m.source,
                        "how_to_film": m.how_to_film,
                    }
                    for m in items
                ]
            }
        )
        return
    table = Table("id", "unit", "views", "sign", "source", title="Measures")
    for m in items:
        table.add_row(m.id, m.unit, _views(m), m.not_given or m.sign, m.source)
    console = Console(highlight=False)
    console.print(table, markup=False)
    console.print(f"measures.md: {science_page()}", markup=False, soft_wrap=True)


def markdown_table() -> str:
    """Return the README's table of measures, the mission's five first."""
    ordered = sorted(MEASURES.values(), key=lambda m: not m.core)
    lines = ["| measure | id | unit | views | sign |", "|---|---|---|---|---|"]
    for m in ordered:
        title = f"**{m.title}**" if m.core else m.title
        lines.append(f"| {title} | `{m.id}` | {m.unit} | {_views(m)} | {m.not_given or m.sign} |")
    return "\n".join(lines) + "\n"


def _views(spec: MeasureSpec) -> str:
    """Return from where the measure is given today."""
    return ", ".join(spec.views) or "none: not given"


def protocols(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """List the tests: how to film each and what it measures."""
    items = PROTOCOLS.values()
    if as_json:
        print_json(
            {
                "protocols": [
                    {
                        "id": p.id,
                        "title": p.title,
                        "purpose": p.purpose,
                        "views": [str(v) for v in p.views],
                        "measures": list(p.measures),
                        "how_to_film": list(p.how_to_film),
                        "target": p.target,
                        "quality": list(p.quality),
                        "limits": list(p.limits),
                    }
                    for p in items
                ]
            }
        )
        return
    console = Console(highlight=False)
    for p in items:
        console.print(f"{p.id}: {p.title} (view: {', '.join(p.views)})", markup=False)
        console.print(f"    {p.purpose}", markup=False)
        for line in p.how_to_film:
            console.print(f"    - {line}", markup=False)
        for title, items_ in (
            ("how many", (p.target,)),
            ("looked at", p.quality),
            ("limits", p.limits),
        ):
            if any(items_):
                console.print(f"    {title}: {'; '.join(items_)}", markup=False)
        console.print(f"    measures: {', '.join(p.measures)}\n", markup=False)
