"""Whose data is on the screen: two patients and a runner in a real browser, in two tabs."""

import pytest

from tests.app import consults
from tests.app.test_browser import CHECK_MS, _settled, _shot
from tests.app.test_pt_browser import WAIT_MS

pytestmark = pytest.mark.slow
PAGES = ("Home", "Results", "Compare", "After birth", "My checks", "History", "Check a clip")


@pytest.fixture(scope="module")
def three(server):
    """Put two consults and one own clip on the server's disk; return address and folders."""
    from formcheck.ui.workspace import new_workspace

    address, data = server
    spaces = {code: consults.begin(data, code)[0] for code in ("K-0001", "K-0002")}
    consults.add_clip(spaces["K-0001"], "clip 1.mp4", consults.squats())
    consults.add_clip(spaces["K-0002"], "clip 1.mp4", consults.side_run())
    mine = new_workspace(data)
    consults.add_clip(mine, "my run.mp4", consults.side_run())
    return address, spaces, mine


def _consult(page, address, space, code, own=None):
    page.goto(f"{address}/pt?c={space.token}" + (f"&s={own.token}" if own else ""))
    page.get_by_role("heading", name=code).wait_for(timeout=WAIT_MS)
    _settled(page)


def _menu(page, name):
    link = page.get_by_role("link", name=name, exact=True).first
    if not link.is_visible():
        page.get_by_text("more", exact=False).first.click()
    link.click()
    page.locator(".st-key-consult_bar").wait_for(timeout=WAIT_MS)
    page.locator("h1").first.wait_for(timeout=WAIT_MS)
    _settled(page)


def _bar(page):
    return page.locator(".st-key-consult_bar").inner_text()


@pytest.mark.timeout(400)
def test_a_patients_data_stays_in_the_consult_whatever_page_is_opened(three, open_page):
    from formcheck.resources import samples_dir

    address, spaces, mine = three
    one = open_page("1280")
    _consult(one, address, spaces["K-0001"], "K-0001", mine)
    for name in PAGES:
        _menu(one, name)
        assert "K-0001" in _bar(one)
        assert "Clip 1" not in one.locator("body").inner_text(), name
        if name in ("My checks", "Results"):
            assert "my run" in one.locator("body").inner_text()
        _shot(one, f"bar_{name.lower().replace(' ', '_')}", "1280")

    # a clip dropped outside the consult is the runner's, whatever was open before
    another = one.get_by_role("button", name="Choose another clip")
    if another.count():
        another.click()
    one.locator("input[type=file]").wait_for(state="attached", timeout=WAIT_MS)
    one.locator("input[type=file]").set_input_files(str(samples_dir() / "squat_left.mp4"))
    one.get_by_role("button", name="Analyse this clip").wait_for(timeout=CHECK_MS)
    assert len(mine.clips()) == 2
    assert all(len(s.clips()) == 1 for s in spaces.values())

    one.get_by_role("button", name="Back to it").click()
    one.get_by_role("heading", name="K-0001").wait_for(timeout=WAIT_MS)


@pytest.mark.timeout(200)
def test_two_tabs_with_two_patients_never_mix(three, open_page):
    address, spaces, mine = three
    one = open_page("1280")
    _consult(one, address, spaces["K-0001"], "K-0001", mine)
    two = one.context.new_page()
    _consult(two, address, spaces["K-0002"], "K-0002")
    one.reload()
    one.get_by_role("heading", name="K-0001").wait_for(timeout=WAIT_MS)
    _settled(one)
    assert "K-0002" not in one.locator("body").inner_text()
    assert "K-0001" not in two.locator("body").inner_text()

    _menu(two, "Home")
    assert "K-0002" in _bar(two)
    two.get_by_role("button", name="Close", exact=True).click()
    two.locator(".st-key-consult_bar").wait_for(state="detached", timeout=WAIT_MS)
    two.reload()
    two.get_by_role("heading", name="Check your running form").wait_for(timeout=WAIT_MS)
    _settled(two)
    assert "K-000" not in two.locator("body").inner_text()
    _menu(one, "Home")
    assert "K-0001" in _bar(one)
    # a phone shows the bar whole too
    one.set_viewport_size({"width": 390, "height": 844})
    one.wait_for_timeout(700)
    _shot(one, "bar_home", "390")
    assert one.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert one.get_by_role("button", name="Close", exact=True).is_visible()
