"""Live: webcam picture with the body's lines, a count and one cue; nothing measured or recorded."""

import importlib
import importlib.util
import time
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from formcheck.ui.home import privacy
from formcheck.ui.text import esc

if TYPE_CHECKING:
    from formcheck.live import LiveProcessor

EXTRA: Final = "streamlit_webrtc"
INSTALL: Final = "python -m pip install 'streamlit-webrtc==0.79.0'"
NO_SERVERS: Final[dict[str, Any]] = {"iceServers": []}
"""Given to both ends: left out, the package asks servers on the internet how to connect."""
CAMERA: Final[dict[str, Any]] = {
    "video": {"width": {"ideal": 1280}, "height": {"ideal": 720}, "frameRate": {"ideal": 30}},
    "audio": False,
}
VIDEO: Final[dict[str, Any]] = {
    "autoPlay": True,
    "controls": False,
    "muted": True,
    "style": {"width": "100%", "maxHeight": "560px", "objectFit": "contain", "background": "#111"},
}
LABELS: Final[dict[str, str]] = {"squat": "Squats", "jog": "Jogging on the spot"}
LIMITS: Final = (
    "This counts and reminds. It measures nothing and judges nothing: for numbers, film a clip. "
    "The picture is not recorded and stays on this computer. Stop if anything hurts, leaks or "
    "feels heavy."
)
HOW: Final = (
    "- **Put the computer on a table**, two to three metres away, and look at it straight on.\n"
    "- **Head and feet in the picture.** Nobody else in view.\n"
    "- The picture is a mirror. The browser asks for the camera once.\n"
    "- **“Requested device not found” or “not allowed”?** No camera was found: plug one in, or "
    "allow it in the browser's address line, then press Start again. Or film a clip and check that."
)
_PROCESSOR: Final = "formcheck_live"


def page() -> None:
    """Draw the page."""
    st.title("Live: count and cue")
    st.html(f'<p class="fc-lead">{esc(LIMITS)}</p>')
    privacy()
    if not installed():
        missing()
        return
    chosen = st.segmented_control(
        "What will you do?",
        options=list(LABELS),
        format_func=LABELS.__getitem__,
        default="squat",
        key="live_exercise",
    )
    processor = _processor()
    processor.check()
    processor.choose("jog" if chosen == "jog" else "squat")
    st.markdown(HOW)
    _stream(processor)
    if st.button("Start the count again", key="live_restart"):
        processor.restart()


def installed() -> bool:
    """Tell whether the extra is there."""
    return importlib.util.find_spec(EXTRA) is not None


def missing() -> None:
    """Say how the extra is installed."""
    st.info(
        "Live mode is an extra that is not installed here. Install it, then start the app again:"
    )
    st.code(INSTALL, language="bash")


def _processor() -> "LiveProcessor":
    """Return this tab's processor, made at the first call."""
    from formcheck.live import LiveProcessor  # noqa: PLC0415 (loads MediaPipe)

    if _PROCESSOR not in st.session_state:
        st.session_state[_PROCESSOR] = LiveProcessor()
    processor: LiveProcessor = st.session_state[_PROCESSOR]
    return processor


def _stream(processor: "LiveProcessor") -> None:
    webrtc = importlib.import_module(EXTRA)

    def on_frame(frame: Any) -> Any:  # noqa: ANN401 (av.VideoFrame of whatever PyAV is there)
        picture = processor.process(frame.to_ndarray(format="rgb24"), time.monotonic())
        return type(frame).from_ndarray(picture, format="rgb24")

    webrtc.webrtc_streamer(
        key="live",
        mode=webrtc.WebRtcMode.SENDRECV,
        frontend_rtc_configuration=NO_SERVERS,
        server_rtc_configuration=NO_SERVERS,
        media_stream_constraints=CAMERA,
        video_frame_callback=on_frame,
        on_video_ended=processor.close,
        sendback_audio=False,
        video_html_attrs=VIDEO,
        async_processing=True,
    )
