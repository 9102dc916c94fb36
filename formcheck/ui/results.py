"""The result of a clip: one sentence, two pictures, two things to know; the rest in tabs."""

from pathlib import Path
from typing import Final

import streamlit as st

from formcheck.report.content import frame_side
from formcheck.results import Analysis, KeyFrame
from formcheck.ui import (
    downloads,
    engine,
    feeling,
    numbers,
    pages,
    player,
    state,
    surety,
    testcards,
    together,
)
from formcheck.ui.audience import switch
from formcheck.ui.chips import chip
from formcheck.ui.reading import Reader, Told
from formcheck.ui.text import (
    FACING_FACT,
    SURFACE_FACT,
    VIEW_FACT,
    clip_title,
    esc,
    plain,
    protocol_title,
)
from formcheck.ui.workspace import ClipEntry

MOMENTS: Final = (
    "Start",
    "Landing",
    "Foot strike",
    "Mid-stance",
    "Peak hip drop",
    "Deepest point",
    "Toe-off",
)
TABS: Final = ("Pictures", "Video", "All numbers", "How sure", "Save or delete")


def page() -> None:
    """Draw the page."""
    entry = _entry()
    if entry is None:
        st.title("Results")
        st.markdown("There is no result yet.")
        if st.button("Check a clip", type="primary"):
            pages.go("check")
        return
    folder = state.workspace().latest_result(entry.id)
    if folder is None:
        st.title("Results")
        st.markdown(f"**{plain(clip_title(entry.name))}** has not been analysed yet.")
        if st.button("Go to this clip", type="primary"):
            pages.go("check")
        return
    reader = Reader(engine.read(folder), clinical=state.audience() == "physio")
    _top(reader, folder, entry)
    _tabs(reader, folder, entry)
    if state.audience() == "physio":
        together.show()
    feeling.after_clip(reader.analysis.protocol.id)
    _next()


def _entry() -> ClipEntry | None:
    """Return the clip shown; several results of a session can be switched between."""
    space = state.workspace()
    done = [e for e in space.clips() if space.latest_result(e.id) is not None]
    open_now = state.current_clip()
    if open_now is None and done:
        open_now = done[0]
        state.open_clip(open_now.id)
    if len(done) < 2 or open_now is None:
        return open_now
    ids = [e.id for e in done]
    names = {e.id: clip_title(e.name) for e in done}
    start = ids.index(open_now.id) if open_now.id in ids else None
    chosen = st.selectbox(
        "Result of", ids, index=start, format_func=lambda i: names.get(i, i), key="which_result"
    )
    if chosen is not None and chosen != open_now.id:
        state.open_clip(chosen)
        return space.clip(chosen)
    return open_now


def _top(reader: Reader, folder: Path, entry: ClipEntry) -> None:
    st.title(plain(reader.headline()))
    sure = reader.headline_sureness()
    st.html(
        (f'<p class="fc-sure">{esc(sure)}</p>' if sure else "")
        + f'<p class="fc-facts">{esc(" · ".join(facts(reader.analysis, entry)))}</p>'
    )
    chosen = state.settings()
    told = [*reader.stops(), *reader.top(chosen.max_findings)]
    if not any(t.advice for t in told) and (film := testcards.next_to_film(testcards.done_now())):
        told.append(Told(mark="info", word="Next clip", message="", advice=(("Film", film),)))
    cards = "".join(_card(t) for t in told)
    # a runner sees the one picture that tells most; a physiotherapist left beside right
    frames = reader.key_frames(chosen.max_key_frames if reader.clinical else 1)
    if not frames:
        st.html(cards)
        return
    with st.container(key="result_top"):  # on a phone the words come before the picture
        pictures, words = st.columns([4 + len(frames), 6], gap="medium")
    with pictures, st.container(key="key_frames"):
        for column, frame in zip(st.columns(len(frames)), frames, strict=True):
            with column:
                _frame(folder, frame)
    words.html(cards)


def facts(analysis: Analysis, entry: ClipEntry) -> list[str]:
    """Return what clip this is, in short parts."""
    clip = analysis.clip
    seen = [SURFACE_FACT[clip.surface], VIEW_FACT[clip.view]]
    if clip.view == "side":
        seen.append(FACING_FACT[clip.facing])
    parts = [
        clip_title(entry.name),
        protocol_title(analysis.protocol.id),
        ", ".join(seen),
        f"{clip.fps:.0f} pictures a second",
    ]
    strikes = [e.side for e in analysis.events if e.kind == "foot_strike"]
    if strikes:
        parts.append(f"{strikes.count('left')} left and {strikes.count('right')} right steps")
    elif analysis.reps:
        parts.append(f"{sum(r.counted for r in analysis.reps)} repetitions")
    return parts


def _card(told: Told) -> str:
    extra = "".join(f"<p><b>{esc(k)}:</b> {esc(v)}</p>" for k, v in told.advice if v)
    sure = f'<p class="fc-sure">{esc(told.sureness)}</p>' if told.sureness else ""
    message = f"<h2>{esc(told.message)}</h2>" if told.message else ""
    return f'<div class="fc-card">{chip(told.mark, told.word)}{message}{sure}{extra}</div>'


def _frame(folder: Path, frame: KeyFrame) -> None:
    path = inside(folder, frame.path)
    if path is not None:
        st.image(str(path), caption=plain(frame.caption), alt=frame.alt, width="stretch")


def inside(folder: Path, name: str) -> Path | None:
    """Return a file of the result folder; None if it is missing or lies elsewhere."""
    path = (folder / name).resolve()
    return path if path.is_file() and path.is_relative_to(folder.resolve()) else None


def _tabs(reader: Reader, folder: Path, entry: ClipEntry) -> None:
    frames, video, table, sure, save = st.tabs(TABS, on_change="rerun", key="result_tabs")
    if frames.open:
        with frames:
            _frames(reader.analysis, folder)
    if video.open:
        with video:
            _video(reader.analysis, folder)
    if table.open:
        with table:
            numbers.show(reader)
    if sure.open:
        with sure:
            surety.show(reader)
    if save.open:
        with save:
            downloads.show(reader.analysis, folder, entry)


def _frames(analysis: Analysis, folder: Path) -> None:
    if not analysis.frames:
        st.markdown("No pictures were made for this clip.")
        return
    st.caption(
        "Each picture shows a typical step; one that says “largest” or “smallest” shows the most "
        "extreme one. L and R are your own left and right."
    )
    for phase, frames in by_phase(analysis.frames).items():
        st.header(phase)
        columns = st.columns(2)
        for column, frame in zip(columns, frames, strict=False):
            with column:
                _frame(folder, frame)


def by_phase(frames: tuple[KeyFrame, ...]) -> dict[str, list[KeyFrame]]:
    """Return the pictures by moment in the order of the step, left before right."""
    phases: dict[str, list[KeyFrame]] = {}
    for frame in frames:
        words = frame.caption.partition(":")[0].strip(". ").split(" ", 1)
        named = len(words) == 2 and words[0].lower() in ("left", "right")
        name = words[1] if named else " ".join(words)
        phases.setdefault(name[:1].upper() + name[1:], []).append(frame)
    order = sorted(phases, key=lambda p: MOMENTS.index(p) if p in MOMENTS else len(MOMENTS))
    return {p: sorted(phases[p], key=lambda f: frame_side(f) != "left") for p in order}


def _video(analysis: Analysis, folder: Path) -> None:
    if not player.show(folder, analysis, state.settings()):
        st.markdown("No video was kept for this clip.")


def _next() -> None:
    with st.container(horizontal=True, key="result_actions"):
        if st.button("Check another clip", key="result_another"):
            state.choose_another()
            pages.go("check")
        if st.button("Compare with an earlier check", key="result_compare"):
            pages.go("compare")
        if st.button("Change settings and analyse again", key="result_again"):
            pages.go("check")
    switch()
