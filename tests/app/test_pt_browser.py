"""The physiotherapist's journey in a real browser, with real clips and the real pipeline.

``FORMCHECK_SCREENS=folder`` keeps a picture of every screen, and analyses run clips as well.
"""

import os
import re
import time
import zipfile

import pytest

from formcheck.results import EARLIER_VALUES
from formcheck.store import read_analysis
from tests.app.test_browser import ANALYSIS_MS, _settled, _shot

pytestmark = pytest.mark.slow
WAIT_MS = 30_000


def _clips():
    from formcheck.resources import samples_dir

    names = ["squat_left", "squat_right"]
    if os.environ.get("FORMCHECK_SCREENS"):
        names = ["treadmill_rear", "treadmill_side_left", "treadmill_side_right", *names]
    found = [samples_dir() / f"{n}.mp4" for n in names]
    if not all(p.exists() for p in found):
        pytest.skip("the bundled sample clips are not here")
    return found


def _click(page, name, *, exact=False):
    page.get_by_role("button", name=name, exact=exact).first.click()
    _settled(page)


def _part(page, name):
    chosen = page.get_by_role("radio", name=name, exact=True)
    chosen.or_(page.get_by_role("button", name=name, exact=True)).first.click()
    _settled(page, 1200)


def _both(page, name):
    """Keep a picture at both widths."""
    if not os.environ.get("FORMCHECK_SCREENS"):
        return
    for size, (width, height) in {"1280": (1280, 860), "390": (390, 844)}.items():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(700)
        _shot(page, f"pt_{name}", size)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} scrolls sideways at {size}"
    page.set_viewport_size({"width": 1280, "height": 860})
    page.wait_for_timeout(300)


def _choose(page, label, words):
    page.get_by_role("combobox", name=re.compile(label)).first.click()
    page.get_by_role("option", name=re.compile(words)).first.click()
    _settled(page)


@pytest.mark.timeout(600)
def test_the_consult(server, open_page):
    address, data = server
    page = open_page("1280")
    _open_session(page, address)
    folder = _tray(page, data)
    _evidence(page)
    edited_in_s = _steps(page, folder)
    _other_corrections(page)
    _cue_trial(page)
    _note_and_report(page, data)
    _screen_share(page)
    _history(page, data)
    assert edited_in_s < 5


def _open_session(page, address):
    page.goto(f"{address}/pt")
    page.get_by_role("textbox", name="Patient code (no names)").wait_for(timeout=WAIT_MS)
    _settled(page)
    page.get_by_role("textbox", name="Patient code (no names)").fill("Anna Smith")
    page.get_by_text("measuring the video on this computer").click()
    page.get_by_text("keeping clips and numbers").click()
    page.get_by_text("sharing the report").click()
    _click(page, "Open session")
    page.get_by_text("looks like a name").wait_for(timeout=WAIT_MS)
    _both(page, "name_refused")
    page.get_by_role("textbox", name="Patient code (no names)").fill("K-0427")
    page.get_by_role("textbox", name="Purpose").fill("right knee, running")
    _click(page, "Open session")
    page.get_by_role("heading", name="K-0427").wait_for(timeout=WAIT_MS)


def _tray(page, data):
    page.locator("input[type=file]").set_input_files([str(p) for p in _clips()])
    # consent was given: the clips are analysed as they arrive
    page.get_by_text(re.compile("^working|^waiting")).first.wait_for(timeout=WAIT_MS)
    _both(page, "tray_working")
    page.get_by_role("heading", name="All clips of this session").wait_for(timeout=ANALYSIS_MS)
    done = page.get_by_text(re.compile("Clip \\d, from "))
    for _ in range(600):
        if done.count() >= len(_clips()) and not page.get_by_text("waiting").count():
            break
        page.wait_for_timeout(500)
    _settled(page, 1500)
    _both(page, "tray")
    assert not [p for p in data.rglob("*") if "squat" in p.name], "a clip's own name was kept"
    return data


def _evidence(page):
    _part(page, "Evidence")
    # nothing of another part is seen while the pictures are drawn
    page.locator(".st-key-pt_body_clips").wait_for(state="hidden", timeout=WAIT_MS)
    page.locator(".st-key-pt_pair [data-testid=stImage] img").nth(1).wait_for(timeout=WAIT_MS)
    _settled(page, 1000)
    _both(page, "evidence")
    pictures = page.locator("[data-testid=stImage] img").all()
    assert len(pictures) == 2
    assert all(p.get_attribute("alt") for p in pictures)
    assert page.get_by_text("95 % interval").count() > 1


def _results(data):
    return [read_analysis(p) for p in data.rglob("analysis.json")]


def _steps(page, data):
    _part(page, "Steps and edits")
    page.get_by_text("Move a moment").wait_for(timeout=WAIT_MS)
    _settled(page, 1500)
    page.get_by_role("button", name="picture \u203a").click()
    page.get_by_text("1 after where it was found").wait_for(timeout=WAIT_MS)
    _settled(page, 800)
    _both(page, "steps")
    start = time.monotonic()
    page.get_by_role("button", name=re.compile("^Set the")).click()
    page.get_by_text(re.compile("moved from [0-9.]+ s to")).first.wait_for(timeout=WAIT_MS)
    edited_in_s = time.monotonic() - start
    _settled(page)
    _click(page, "Leave this step out")
    page.get_by_text("What the edits changed").wait_for(timeout=WAIT_MS)
    _settled(page, 1000)
    _both(page, "edits")
    assert sorted(len(a.edits) for a in _results(data))[-1] == 2
    _click(page, "Undo", exact=True)
    page.get_by_text("undone:").first.wait_for(timeout=WAIT_MS)
    assert sorted(len(a.edits) for a in _results(data))[-1] == 1
    return edited_in_s


def _other_corrections(page):
    _part(page, "Landmarks")
    page.get_by_text("Ring: as found").wait_for(timeout=WAIT_MS)
    page.get_by_role("button", name="\u2192 right").click()
    page.get_by_text("Moved +5 px").wait_for(timeout=WAIT_MS)
    _settled(page, 800)
    _both(page, "landmarks")
    _click(page, "Set the landmark here")
    page.get_by_text(re.compile("moved in picture")).first.wait_for(timeout=WAIT_MS)
    _part(page, "What it shows")
    page.get_by_role("button", name="Swap left and right").wait_for(timeout=WAIT_MS)
    _both(page, "what_it_shows")


def _cue_trial(page):
    _part(page, "Cue trial")
    # the two squats are one test and view: the second stands in for "with the cue"
    page.get_by_text("Before the cue").first.wait_for(timeout=WAIT_MS)
    page.get_by_role("region", name="Cue trial").wait_for(timeout=WAIT_MS)
    _settled(page, 1000)
    _both(page, "cue_trial")


def _note_and_report(page, data):
    _part(page, "Note and report")
    page.get_by_label("Cue", exact=True).fill("stand tall, push the floor away")
    page.get_by_label("Drill", exact=True).fill("hip hikes on a step")
    page.get_by_label("Dose", exact=True).fill("3 x 10 each side, every second day")
    page.get_by_label("Note", exact=True).fill("Pain 3/10 on stairs, none while running.")
    _click(page, "Save", exact=True)
    page.get_by_text("Cue: stand tall").first.wait_for(timeout=WAIT_MS)
    _click(page, "Make the report")
    page.get_by_role("button", name="Report (PDF)").wait_for(timeout=60_000)
    _settled(page, 1000)
    _both(page, "note")
    with page.expect_download() as got:
        page.get_by_role("button", name="Report (PDF)").click()
    from pypdf import PdfReader

    text = "".join(p.extract_text() for p in PdfReader(got.value.path()).pages)
    assert "K-0427" in text
    assert "hip hikes on a step" in text
    # the report is made with pictures that show the edited values
    captions = [f.caption for a in _results(data) for f in a.frames]
    assert captions
    assert not any(c.endswith(EARLIER_VALUES) for c in captions)


def _screen_share(page):
    _click(page, "Screen share")
    page.get_by_role("button", name="End screen share").wait_for(timeout=WAIT_MS)
    page.locator("[data-testid=stImage] img").first.wait_for(timeout=WAIT_MS)
    _settled(page, 1500)
    _both(page, "screen_share")
    shown = page.locator("body").inner_text()
    assert "K-0427" not in shown
    assert "right knee" not in shown
    assert "Clip 1" not in shown
    assert page.locator("[data-testid=stImage] img").count() == 2
    _click(page, "End screen share")


def _history(page, data):
    _click(page, "History", exact=True)
    page.get_by_role("heading", name="Where it is kept").wait_for(timeout=WAIT_MS)
    _settled(page, 1500)
    _both(page, "history")
    with page.expect_download() as got:
        page.get_by_role("button", name="Export everything (ZIP)").click()
    with zipfile.ZipFile(got.value.path()) as archive:
        assert "person.json" in archive.namelist()
        assert any(n.endswith("edits.json") for n in archive.namelist())
    page.get_by_role("button", name="Delete everything", exact=True).click()
    page.get_by_role("button", name="Delete everything for good").click()
    page.get_by_text("Nothing is kept yet").wait_for(timeout=WAIT_MS)
    assert not [p for p in (data / "sessions").rglob("*") if p.is_file()]
    assert b"K-0427" not in (data / "history.db").read_bytes()
