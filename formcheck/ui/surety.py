"""How sure are we: what was seen of the person, what was withheld, where the numbers come from."""

import streamlit as st

from formcheck.assess import is_about_movement
from formcheck.results import Analysis
from formcheck.ui.chips import icon, line, lines
from formcheck.ui.reading import Reader, Told, is_core, labels, sureness
from formcheck.ui.text import esc


def show(reader: Reader) -> None:
    """Draw the tab."""
    analysis = reader.analysis
    st.html(lines(_sureness(analysis)))
    notes = reader.clip_notes()
    if notes:
        st.header("About this clip")
        st.html(lines([line(t.mark, f"{t.word}:", t.message + _advice(t)) for t in notes]))
    st.header("How it was measured")
    st.html(f'<p class="fc-note">{esc(made_by(analysis))}</p>')
    st.caption(
        "The interval adds up three things: how much your steps differ, how exactly "
        "the moment of landing is known at this frame rate, and how far this method was off when "
        "it was checked against computer-made runners whose true angles are known. "
        "It can't know what loose clothes hide."
    )


def _sureness(analysis: Analysis) -> list[str]:
    told: list[str] = []
    about = {i for f in analysis.findings if is_about_movement(f) for i in f.measure_ids}
    for m, label in labels(analysis.measurements):
        if m.value is None or not (is_core(m.id) or m.id in about):
            continue
        grade = sureness(m)
        told.append(
            f'<li class="fc-line">{icon(grade.mark)}<span><b>{esc(label)}: '
            f"{esc(grade.word)}.</b> {esc(grade.why)}</span></li>"
        )
    return told


def _advice(told: Told) -> str:
    return "".join(f" {v}" for _, v in told.advice if v)


def made_by(analysis: Analysis) -> str:
    """Return where the landmarks come from, in one paragraph."""
    pose, clip = analysis.pose, analysis.clip
    parts = [
        f"The body was found in {100 * pose.detection_rate:.0f} % of {clip.n_frames} pictures "
        f"({pose.backend}, {pose.model} model).",
        f"Left and right leg had been mixed up in {pose.swaps_repaired} pictures; put right."
        if pose.swaps_repaired
        else "",
        f"The phone leaned {abs(clip.roll_deg):.0f}°; that was taken out."
        if abs(clip.roll_deg) >= 1
        else "",
        "Times come from the clip's own clock."
        + (" It has an uneven frame rate." if clip.vfr else ""),
        f"formcheck {analysis.versions.formcheck}, MediaPipe {analysis.versions.mediapipe}, "
        f"settings {analysis.versions.settings_sha256[:8]}.",
    ]
    return " ".join(p for p in parts if p)
