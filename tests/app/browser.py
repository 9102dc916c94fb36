"""A running app and a real browser, for the tests that drive one with the other."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"1280": (1280, 860), "390": (390, 844)}
LOOPBACK = re.compile(r"^(https?|wss?)://(127\.0\.0\.1|localhost)(:\d+)?/|^(data|blob|about):")
# run by the server's Python before anything else: no connection leaves this computer unseen
_GUARD = """
import os, socket
_connect = socket.socket.connect
def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        host = str(address[0])
        if not host.startswith("127.") and host not in ("::1", "localhost"):
            with open(os.environ["FORMCHECK_TEST_OUTSIDE"], "a") as log:
                log.write(host + chr(10))
            raise OSError("the network is refused in this test")
    return _connect(self, address)
socket.socket.connect = connect
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def running_app(folder):
    """Run the app on a free port with the network refused; give address, data folder, process."""
    port = free_port()
    data = folder / "data"
    guard = folder / "guard"
    guard.mkdir()
    (guard / "sitecustomize.py").write_text(_GUARD)
    asked = folder / "outside.log"
    paths = os.pathsep.join((str(guard), str(ROOT)))
    env = os.environ | {
        "FORMCHECK_DATA_DIR": str(data),
        "FORMCHECK_TEST_OUTSIDE": str(asked),
        "PYTHONPATH": paths,
    }
    command = [
        sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"),
        "--server.address", "127.0.0.1", "--server.port", str(port),
        "--server.headless", "true", "--browser.gatherUsageStats", "false",
    ]  # fmt: skip
    log = folder / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.5)
        else:
            pytest.fail(f"the server did not start: {log.read_text()[-2000:]}")
        yield address, data, process
    finally:
        process.terminate()
        process.wait(20)
    assert "Traceback" not in log.read_text()
    assert not asked.exists(), f"the app wanted to reach {asked.read_text()}"


@contextlib.contextmanager
def chromium(*more_flags):
    """Start Debian's Chromium; skip where it or Playwright is missing."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with sync_api.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=str(CHROMIUM), args=[*FLAGS, *more_flags])
        yield browser
        browser.close()


def guarded(context, outside):
    """Let a browser context speak to this computer only; note what wanted more."""

    def route(r):
        if LOOPBACK.match(r.request.url):
            r.continue_()
        else:
            outside.append(r.request.url)
            r.abort()

    context.route("**/*", route)


def opened(browser, size, outside):
    """Return a page of its own, guarded."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height})
    guarded(context, outside)
    page = context.new_page()
    page.on("websocket", lambda w: LOOPBACK.match(w.url) or outside.append(w.url))
    return page


def shot(page, name, size):
    """Keep a picture where FORMCHECK_SCREENS names a folder."""
    folder = os.environ.get("FORMCHECK_SCREENS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{folder}/{name}_{size}.png", full_page=True)
