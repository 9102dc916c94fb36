"""Fixtures of the app's tests: a data folder of its own, and no shared state between tests."""

from pathlib import Path

import pytest
import streamlit as st

from tests.app import browser as browser_tools
from tests.app import recorded

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Return an empty data folder that the app uses during the test."""
    folder = tmp_path / "data"
    monkeypatch.setenv("FORMCHECK_DATA_DIR", str(folder))
    st.cache_resource.clear()
    yield folder
    st.cache_resource.clear()


@pytest.fixture
def app(data, monkeypatch):
    """Return the app with a recorded pipeline behind it, not yet run."""
    from streamlit.testing.v1 import AppTest

    recorded.install(monkeypatch)
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Return (address, data folder) of a running app."""
    with browser_tools.running_app(tmp_path_factory.mktemp("app")) as (address, data, _):
        yield address, data


@pytest.fixture(scope="module")
def browser():
    with browser_tools.chromium() as b:
        yield b


@pytest.fixture
def outside():
    """Return the list of requests that wanted to leave this computer; checked at the end."""
    wanted = []
    yield wanted
    assert wanted == []


@pytest.fixture
def open_page(browser, outside):
    pages = []

    def make(size):
        pages.append(browser_tools.opened(browser, size, outside))
        return pages[-1]

    yield make
    for page in pages:
        page.context.close()
