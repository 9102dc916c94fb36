"""No text shown to a user passes judgement on a body or promises anything about health."""

import re

import pytest

from formcheck import filming
from formcheck.assess.texts import TEXT_TABLE
from formcheck.registry import MEASURES, PROTOCOLS
from formcheck.uncertainty import reasons

FORBIDDEN = re.compile(
    r"\b(bad|wrong|abnormal\w*|weak\w*|injur\w*|diagnos\w*|cleared|clearance|patholog\w*|"
    r"dysfunction\w*|deficit\w*|faulty|risk\w*|force|bw|bw/s|good form|poor form)\b",
    re.IGNORECASE,
)


def texts():
    for key, copy in TEXT_TABLE.items():
        yield f"{key} runner", copy.runner
        yield f"{key} clinical", copy.clinical
        yield f"{key} suggestion", copy.suggestion
    for m in MEASURES.values():
        yield m.id, f"{m.title} {m.sign} {m.how_to_film}"
    for p in PROTOCOLS.values():
        yield p.id, " ".join((p.title, p.purpose, *p.how_to_film))
    for name, value in vars(filming).items():
        if isinstance(value, str) and name.isupper():
            yield name, value
    for name, value in vars(reasons).items():
        if isinstance(value, str) and name.isupper():
            yield name, value


@pytest.mark.parametrize(("where", "text"), list(texts()))
def test_no_forbidden_word_occurs(where, text):
    # "the wrong person was followed" speaks of the program, not of a body
    allowed = text.replace("the wrong person", "")
    found = FORBIDDEN.search(allowed)
    assert found is None, f"{where}: {found.group(0) if found else ''}"


@pytest.mark.parametrize(
    ("key", "copy"), [(k, c) for k, c in TEXT_TABLE.items() if not k.startswith("change:")]
)
def test_runner_copy_is_a_sentence(key, copy):
    assert copy.runner[0].isupper() or copy.runner[0] == "{"
    assert copy.runner.endswith((".", "}"))


def test_runner_copy_is_short_enough_to_read():
    long = [k for k, c in TEXT_TABLE.items() if len(c.runner.split()) > 45]
    assert not long
