"""The app in a real browser, against the real server and the real pipeline.

Set ``FORMCHECK_SCREENS=folder`` to keep a picture of every page.
"""

import os
import re
import time
from pathlib import Path

import pytest

from tests.app.browser import SIZES

pytestmark = pytest.mark.slow

ANALYSIS_MS = 280_000
CHECK_MS = 90_000


def _clip():
    from formcheck.resources import samples_dir

    found = [p for p in sorted(samples_dir().glob("*.mp4")) if ".part" not in p.name]
    if not found:
        pytest.skip("no bundled sample clip in sample_videos")
    wanted = "treadmill_rear" if os.environ.get("FORMCHECK_SCREENS") else "squat_left"
    return next((p for p in found if p.stem == wanted), found[0])


# nothing faded from an earlier run of the page, every picture there
_WHOLE = """() => !document.querySelector('[data-stale=true]')
  && [...document.images].every(i => i.complete && i.naturalWidth > 0)"""


def _settled(page, ms=700):
    page.wait_for_timeout(300)
    page.locator('[data-testid="stStatusWidget"]').wait_for(state="detached", timeout=30_000)
    page.wait_for_timeout(ms)
    page.wait_for_function(_WHOLE, timeout=30_000)
    for bad in ("Traceback", "went wrong", "Exception"):
        assert page.get_by_text(bad).count() == 0


def _shot(page, name, size):
    folder = os.environ.get("FORMCHECK_SCREENS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}_{size}.png", full_page=True)


def _drop(page, address, clip):
    page.goto(address)
    page.get_by_role("button", name="Check a clip").click()
    page.locator("input[type=file]").set_input_files(str(clip))
    page.get_by_role("button", name=re.compile("^Analyse")).wait_for(timeout=CHECK_MS)
    _settled(page)


def _to_result(page):
    tab = page.get_by_role("tab", name="Pictures")
    tab.or_(page.get_by_role("alert")).first.wait_for(timeout=ANALYSIS_MS)
    assert tab.count() == 1
    _settled(page, 1500)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("size", list(SIZES))
def test_from_drop_to_result(server, open_page, size):
    address, data = server
    page = open_page(size)
    _look(page, address, size)
    _wait_with_a_reload(page, size)
    _visit_tabs(page, size)
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0, "the page scrolls sideways"
    for picture in page.locator("[data-testid=stImage] img").all():
        assert picture.get_attribute("alt")
    assert len(list(data.rglob("analysis.json"))) >= 1
    with page.expect_download() as got:
        page.get_by_role("button", name="Everything, for other programs").click()
    assert Path(got.value.path()).read_text().startswith("{")
    page.get_by_role("button", name="Delete this clip and its result").click()
    page.get_by_role("button", name="Delete everything of this clip").click()
    page.get_by_text("Choose or drop a video").first.wait_for(timeout=30_000)
    token = re.search(r"[?&]s=([\w-]+)", page.url).group(1)
    assert not (data / "sessions" / token).exists()


def _look(page, address, size):
    """Home, choosing, the clip check, and start."""
    page.goto(address)
    page.get_by_role("heading", name="Check your running form").wait_for(timeout=30_000)
    _settled(page)
    _shot(page, "home", size)
    page.get_by_role("button", name="Check a clip").click()
    _settled(page)
    _shot(page, "choose", size)
    start = time.monotonic()
    page.locator("input[type=file]").set_input_files(str(_clip()))
    page.get_by_role("button", name=re.compile("^Analyse")).wait_for(timeout=CHECK_MS)
    looked_s = time.monotonic() - start
    _settled(page)
    _shot(page, "clip_check", size)
    page.get_by_role("button", name=re.compile("^Analyse")).click()
    assert looked_s < 60


def _wait_with_a_reload(page, size):
    page.get_by_role("button", name="Cancel").wait_for(timeout=30_000)
    page.wait_for_timeout(2500)
    _shot(page, "working", size)
    page.reload()  # in the middle: the work goes on and is found again
    page.get_by_role("button", name="Cancel").or_(page.get_by_role("tab", name="Pictures")).or_(
        page.get_by_role("button", name="See the result")
    ).first.wait_for(timeout=30_000)
    see = page.get_by_role("button", name="See the result")
    tab = page.get_by_role("tab", name="Pictures")
    see.or_(tab).or_(page.get_by_role("alert")).first.wait_for(timeout=ANALYSIS_MS)
    assert page.get_by_role("alert").count() == 0
    if see.count():
        see.click()
    _to_result(page)


def _visit_tabs(page, size):
    _shot(page, "result", size)
    for name in ("Video", "All numbers", "How sure", "Save or delete"):
        page.get_by_role("tab", name=name).click()
        _settled(page, 1200)
        _shot(page, name.split()[0].lower() if name != "How sure" else "sure", size)


@pytest.mark.timeout(300)
def test_two_tabs_do_not_see_each_other(server, open_page):
    address, _ = server
    one, two = open_page("1280"), open_page("1280")
    _drop(one, address, _clip())
    two.goto(f"{address}/check")
    two.get_by_text("Choose or drop a video").first.wait_for(timeout=30_000)
    _settled(two)
    assert two.get_by_text("Clips of this session").count() == 0
    tokens = {re.search(r"[?&]s=([\w-]+)", p.url).group(1) for p in (one, two)}
    assert len(tokens) == 2


@pytest.mark.timeout(120)
@pytest.mark.parametrize("size", list(SIZES))
def test_the_other_pages(server, open_page, size):
    address, _ = server
    page = open_page(size)
    for name in ("film", "kept"):
        page.goto(f"{address}/{name}")
        page.locator("h1").first.wait_for(timeout=30_000)
        _settled(page)
        _shot(page, name, size)


@pytest.mark.timeout(120)
def test_a_file_that_is_no_video_is_refused_in_words(server, open_page, tmp_path):
    address, _ = server
    page = open_page("390")
    bad = tmp_path / "<script>alert(1)<|script>.mp4"
    bad.write_bytes(b"this is no video")
    page.goto(f"{address}/check")
    page.locator("input[type=file]").wait_for(state="attached", timeout=30_000)
    page.on("dialog", lambda d: pytest.fail("a file name was run as a script"))
    page.locator("input[type=file]").set_input_files(str(bad))
    page.get_by_role("alert").first.wait_for(timeout=CHECK_MS)
    _settled(page)
    assert page.get_by_text("is not a video").count() == 1
    assert page.locator("input[type=file]").count() == 1
    _shot(page, "refused", "390")
