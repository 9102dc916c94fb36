"""What is loaded before the first picture is looked at: workers wait for it on two cores."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SLOW_TO_LOAD = ("scipy", "matplotlib", "jinja2", "sqlalchemy", "streamlit", "reportlab")


def loaded(*lines):
    """Return the modules in memory after some lines of Python, in a process of its own."""
    code = "\n".join(("import sys", *lines, "print(*sys.modules)"))
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "lines",
    [
        ("import formcheck.pixels.worker",),
        (
            "from formcheck.cli.app import build_app",
            "build_app(['analyze', 'clip.mp4'])",
            "import formcheck.pipeline.analyze",
        ),
    ],
    ids=["worker", "command line"],
)
def test_what_comes_before_the_pictures_is_light(lines):
    assert not loaded(*lines) & set(SLOW_TO_LOAD)


def test_the_rest_is_loaded_beside_the_workers():
    modules = loaded(
        "from formcheck.pipeline.analyze import _load_the_rest",
        "from formcheck.settings import AnalyzeOptions",
        "_load_the_rest(AnalyzeOptions(report=('html',)))",
    )
    later = {"formcheck.pipeline.measure", "formcheck.pipeline.output", "matplotlib.figure"}
    assert later <= modules
    assert {"formcheck.report.html", "formcheck.measures.pelvic_drop"} <= modules


def test_every_command_is_there_for_whoever_asks_for_help():
    modules = loaded("from formcheck.cli.app import build_app", "build_app(['--help'])")
    assert {f"formcheck.cli.{n}" for n in ("analyze", "batch", "compare", "plan")} <= modules
