"""Save or delete: what can be taken along, where it lies, and how to leave nothing behind."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import streamlit as st

from formcheck.results import Analysis
from formcheck.ui import engine, pages, state
from formcheck.ui.text import esc, size_text
from formcheck.ui.workspace import ClipEntry, safe_name

FILES: Final = (
    ("report.pdf", "Report (PDF, to print or send)", "application/pdf"),
    ("report.html", "Report (web page)", "text/html"),
    ("strides.mp4", "Slow-motion video (MP4)", "video/mp4"),
    ("measurements.csv", "All numbers (CSV)", "text/csv"),
    ("events.csv", "Moments of each step (CSV)", "text/csv"),
    ("analysis.json", "Everything, for other programs (JSON)", "application/json"),
)


def show(analysis: Analysis, folder: Path, entry: ClipEntry) -> None:
    """Draw the tab."""
    stem = safe_name(entry.name).rsplit(".", 1)[0]
    st.header("Save")
    with st.container(horizontal=True, key="save_files"):
        for name, label, mime in FILES:
            path = folder / name
            if path.is_file():
                st.download_button(
                    label,
                    data=_reader(path),
                    file_name=f"{stem}_{name}",
                    mime=mime,
                    on_click="ignore",
                    key=f"save_{name}",
                    type="primary" if name == "report.pdf" else "secondary",
                )
        if analysis.frames:
            st.download_button(
                f"All {len(analysis.frames)} pictures (ZIP)",
                data=lambda: frames_zip(folder),
                file_name=f"{stem}_pictures.zip",
                mime="application/zip",
                on_click="ignore",
                key="save_frames",
            )
    if engine.options_of(entry).blur_face:
        st.caption(
            "Your face is hidden in every picture, in the videos and in the report. Sound and "
            "place are left out. The PDF is made to be sent to your physio."
        )
    else:
        st.warning("Your face is not hidden in these files: you switched that off for this clip.")
    st.header("What is kept on this computer")
    st.html(kept_html(entry, folder))
    st.header("Delete")
    _delete(entry)


def kept_html(entry: ClipEntry, folder: Path) -> str:
    """Return what is kept of a clip, where, and how large it is."""
    result = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file())
    if entry.sample:
        video = "a sample that comes with formcheck; no copy was made"
    elif entry.video:
        video = f"{size_text(entry.size_bytes)} in {Path(entry.video).parent}"
    else:
        video = "deleted; numbers and pictures were kept"
    rows = (("Your video", video), ("Result", f"{size_text(result)} in {folder}"))
    items = "".join(f"<dt>{esc(k)}</dt><dd>{esc(v)}</dd>" for k, v in rows)
    return f'<dl class="fc-kept">{items}</dl>'


def _reader(path: Path) -> Callable[[], bytes]:
    return path.read_bytes


def frames_zip(folder: Path) -> bytes:
    """Return the annotated pictures of a result folder in one archive."""
    block = io.BytesIO()
    with zipfile.ZipFile(block, "w", zipfile.ZIP_STORED) as archive:
        for path in sorted((folder / "frames").glob("*.png")):
            archive.write(path, path.name)
    return block.getvalue()


def _delete(entry: ClipEntry) -> None:
    if entry.video and not entry.sample:
        with st.popover("Delete my video, keep the result"):
            st.markdown(
                "The clip you dropped and the player's copy will be gone. Numbers, "
                "pictures and the few slow steps stay."
            )
            if st.button("Delete the video", type="primary", key="delete_video"):
                state.workspace().delete_video(entry.id)
                st.rerun()
    with st.popover("Delete this clip and its result"):
        st.markdown("Video, pictures and numbers will be gone from this computer.")
        if st.button("Delete everything of this clip", type="primary", key="delete_clip"):
            state.delete_in(state.workspace(), entry.id)
            state.choose_another()
            pages.go("check")
