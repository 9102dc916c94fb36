"""Getting a clip in: drop one, or take a bundled sample."""

from pathlib import Path
from typing import Final

import streamlit as st

from formcheck.errors import FormcheckError
from formcheck.files import READABLE
from formcheck.ui import engine, pages, state, tray
from formcheck.ui.home import privacy
from formcheck.ui.shell import trouble
from formcheck.ui.text import LEGS, plain, protocol_title

SAMPLE_WORDS: Final = (
    ("treadmill", "Treadmill"),
    ("hallway", "Hallway"),
    ("squat", "Single-leg squat"),
    ("landing", "Landing"),
    ("hop", "Hops"),
    ("rear", "from behind"),
    ("side", "from the side"),
    ("front", "from the front"),
    ("left", "left"),
    ("right", "right"),
    ("soft", "soft"),
    ("stiff", "stiff"),
)
_DROP_NUMBER: Final = "formcheck_drop"
FROM_PHONE: Final = (
    "- **Cable:** connect the phone and copy the clip to this computer.\n"
    "- **iPhone to Mac:** AirDrop. **Android:** Quick Share.\n"
    "- Send the *original*, not a copy from a chat app: those shrink the picture and drop "
    "frames.\n"
    "- **Long clip?** Cut it on the phone to the 15 seconds that matter."
)


def page() -> None:
    """Draw the choice."""
    st.title("Check a clip")
    refused = state.why_refused()
    if refused is not None:
        trouble(*refused)
    _filmed()
    _drop()
    privacy()
    with st.expander("How do I get the clip from my phone?"):
        st.markdown(FROM_PHONE)
        pages.link("film", "How to film")
    _samples()
    tray.show()


def _filmed() -> None:
    """Say as which test the next clip is read, for who comes from the list of tests."""
    known = state.filmed()
    if known is None:
        return
    protocol_id, leg = known
    side = "" if leg == "auto" else f", {LEGS[leg].lower()}"
    with st.container(horizontal=True, vertical_alignment="center", key="filmed"):
        st.markdown(f"Your clip is read as: **{plain(protocol_title(protocol_id) + side)}**")
        if st.button("It shows something else", key="forget_filmed"):
            state.forget_filmed()
            st.rerun()


def _drop() -> None:
    """Show the drop field; a dropped clip goes to disk once and out of memory at once."""
    number = st.session_state.setdefault(_DROP_NUMBER, 0)
    limit = state.upload_limit_mb()
    dropped = st.file_uploader(
        "Choose or drop a video of running or of a movement test (or several)",
        type=list(READABLE),
        accept_multiple_files=True,
        max_upload_size=limit,
        key=f"drop_{number}",
    )
    st.caption(f"10 to 20 seconds are enough. Larger than {limit} MB? Cut it to 15 seconds first.")
    if not dropped:
        return
    try:
        with st.spinner("Storing your clip on this computer ..."):
            entries = [
                state.workspace().add_stream(file.name, file, state.settings()) for file in dropped
            ]
        engine.read_as_filmed(entries)
        if len(entries) == 1:
            state.open_clip(entries[0].id)
        else:
            state.choose_another()
    except FormcheckError as error:
        st.session_state[_DROP_NUMBER] = number + 1
        trouble(error.what, error.hint)
        return
    # a new key drops the bytes that the old widget holds in memory
    st.session_state[_DROP_NUMBER] = number + 1
    st.rerun()


def samples() -> tuple[Path, ...]:
    """Return the bundled clips."""
    from formcheck.resources import samples_dir  # noqa: PLC0415 (may be missing in a broken install)

    try:
        return tuple(p for p in sorted(samples_dir().glob("*.mp4")) if ".part" not in p.name)
    except FormcheckError:
        return ()


def sample_title(stem: str) -> str:
    """Return a bundled clip's name in words: ``treadmill_rear`` is "Treadmill, from behind"."""
    words = dict(SAMPLE_WORDS)
    return ", ".join(words.get(part, part) for part in stem.split("_"))


def _samples() -> None:
    clips = samples()
    if not clips:
        return
    st.header("No clip at hand? Try a sample")
    st.caption("Computer-made runners, so nobody's privacy is touched.")
    with st.container(horizontal=True, key="samples"):
        for path in clips:
            if st.button(sample_title(path.stem), key=f"sample_{path.stem}"):
                entry = state.workspace().add_sample(path)
                state.open_clip(entry.id)
                st.rerun()
