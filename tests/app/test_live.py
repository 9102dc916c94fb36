"""The live page: what it says, what it gives to the package, and how it is installed."""

import sys
import types

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from formcheck.ui import live


def draw():
    from formcheck.ui import live

    live.page()


def shown():
    from formcheck.ui import live, shell

    shell.show(live.page)


@pytest.fixture
def streamer(monkeypatch, data):
    """Put a stand-in for the package in place; it notes what it is called with."""
    told = {}
    module = types.ModuleType(live.EXTRA)
    module.WebRtcMode = types.SimpleNamespace(SENDRECV="sendrecv")
    module.webrtc_streamer = lambda **kw: told.update(kw)
    monkeypatch.setitem(sys.modules, live.EXTRA, module)
    monkeypatch.setattr(live, "installed", lambda: True)
    return told


def words(app):
    return " ".join(str(e.value) for kind in (app.title, app.markdown, app.info) for e in kind)


def test_without_the_extra_the_page_says_how_to_install_it(monkeypatch, data):
    monkeypatch.setattr(live, "installed", lambda: False)
    app = AppTest.from_function(draw).run()
    assert not app.exception
    assert "not installed" in words(app)
    assert app.code[0].value == live.INSTALL
    assert not app.button


def test_nothing_is_asked_of_servers_and_nothing_is_recorded(streamer):
    app = AppTest.from_function(draw).run()
    assert not app.exception
    assert streamer["frontend_rtc_configuration"] == {"iceServers": []}
    assert streamer["server_rtc_configuration"] == {"iceServers": []}
    assert streamer["media_stream_constraints"]["audio"] is False
    assert not [k for k in streamer if "recorder" in k]
    told = " ".join(str(e.proto.body) for e in app.get("html"))
    assert "measures nothing" in told
    assert "not recorded" in told


def test_frames_go_through_the_processor(streamer):
    app = AppTest.from_function(draw).run()

    class Frame:
        def __init__(self, picture):
            self.picture = picture

        def to_ndarray(self, **told):
            return self.picture

        @classmethod
        def from_ndarray(cls, picture, **told):
            return cls(picture)

    processor = app.session_state["formcheck_live"]
    seen = []
    processor.process = lambda rgb, t: seen.append(t) or 255 - rgb
    answer = streamer["video_frame_callback"](Frame(np.zeros((4, 4, 3), np.uint8)))
    assert answer.picture.min() == 255
    assert len(seen) == 1


def test_a_damaged_model_is_told_before_the_camera_is_asked_for(streamer, monkeypatch):
    from formcheck.errors import FormcheckError
    from formcheck.live import LiveProcessor

    def damaged(self):
        raise FormcheckError("MODEL_DAMAGED", "the pose model is damaged")

    monkeypatch.setattr(LiveProcessor, "check", damaged)
    app = AppTest.from_function(shown).run()
    assert "The pose model is damaged" in app.error[0].value
    assert "Install formcheck again" in app.error[0].value
    assert streamer == {}


def test_the_exercise_can_be_changed(streamer):
    app = AppTest.from_function(draw).run()
    app.segmented_control[0].set_value("jog").run()
    assert app.session_state["formcheck_live"]._exercise == "jog"
