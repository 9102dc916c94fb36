from pathlib import Path

from formcheck.cli.catalogue import markdown_table

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_lists_the_measures_that_exist():
    text = README.read_text(encoding="utf-8")
    shown = text.split("<!-- measures:start -->")[1].split("<!-- measures:end -->")[0]
    assert shown.strip() == markdown_table().strip(), "run `formcheck measures --markdown`"
