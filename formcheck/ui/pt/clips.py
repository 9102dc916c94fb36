"""The clip tray: several clips dropped at once, each with what it shows and what it can answer."""

from typing import Final

import streamlit as st

from formcheck.errors import FormcheckError
from formcheck.files import READABLE
from formcheck.registry import MEASURES
from formcheck.render.grade import WORD, grade
from formcheck.render.wording import steps_word, title_of
from formcheck.results import Analysis
from formcheck.settings.render import RenderSettings
from formcheck.store import history
from formcheck.ui import engine, state, together
from formcheck.ui.chips import icon
from formcheck.ui.pt import consult, recheck
from formcheck.ui.pt.consult import Consult, Shown
from formcheck.ui.records import database
from formcheck.ui.results import inside
from formcheck.ui.shell import trouble
from formcheck.ui.text import SURFACE_FACT, esc, protocol_title, size_text
from formcheck.ui.tray import standing
from formcheck.ui.workspace import ClipEntry

_NUMBER: Final = "pt_drop_number"
_THUMB_PX: Final = 150


def show(open_now: Consult) -> None:
    """Draw the tray, or the one clip that is being checked."""
    if (checked := consult.clip_checked()) is not None:
        recheck.show(checked)
        return
    if (refused := state.why_refused()) is not None:
        trouble(*refused)
    _drop()
    space = state.workspace()
    entries = tuple(reversed(space.clips()))
    if not entries:
        st.markdown("Side, rear and squat clips of one patient belong into one session.")
        return
    waiting = [e for e in entries if e.video and _is_waiting(e)]
    if waiting and st.button(
        f"Analyse {len(waiting)} clip{'s' if len(waiting) > 1 else ''}",
        type="primary",
        key="pt_analyse",
    ):
        for entry in waiting:
            engine.start(space, entry, engine.options_of(entry))
        st.rerun()
    busy = any(_is_active(e) for e in entries)
    st.fragment(_rows, run_every=state.settings().poll_s if busy else None)(open_now, busy)
    together.show()


def _drop() -> None:
    number = st.session_state.setdefault(_NUMBER, 0)
    limit = state.upload_limit_mb()
    dropped = st.file_uploader(
        "Drop the clips of this session",
        type=list(READABLE),
        accept_multiple_files=True,
        max_upload_size=limit,
        key=f"pt_drop_{number}",
        help="The files' own names are not kept: they often hold a person's name.",
    )
    if not dropped:
        return
    space = state.workspace()
    st.session_state[_NUMBER] = number + 1
    try:
        with st.spinner("Storing the clips on this computer ..."):
            for file in dropped:
                name = consult.neutral_name(space, file.name)
                entry = space.add_stream(name, file, state.settings())
                # consent to measuring was given when the session was opened
                engine.start(space, entry, engine.options_of(entry))
    except FormcheckError as error:
        trouble(error.what, error.hint)
        return
    st.rerun()


def _rows(open_now: Consult, busy: bool) -> None:
    space = state.workspace()
    entries = tuple(reversed(space.clips()))
    if busy and not any(_is_active(e) for e in entries):
        st.rerun(scope="app")
    shown = {c.entry.id: c for c in consult.shown_clips()}
    for entry in entries:
        with st.container(border=True, key=f"pt_clip_{entry.id}"):
            if entry.id in shown and not _is_active(entry):
                _done(open_now, shown[entry.id])
            else:
                _undone(entry)


def _undone(entry: ClipEntry) -> None:
    job = state.shared().jobs.view(entry.job) if entry.job else None
    mark, words = standing(entry, job, done=False)
    name = entry.name.rsplit(".", 1)[0].capitalize()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f"{icon(mark)} <b>{esc(name)}</b> · {esc(size_text(entry.size_bytes))}")
        st.html(f'<span class="fc-note">{esc(words)}</span>')
        _buttons(entry)


def _done(open_now: Consult, clip: Shown) -> None:
    picture, words = st.columns([1, 5], vertical_alignment="center")
    with picture:
        _thumb(clip)
    with words:
        st.html(f"{icon('ok')} <b>{esc(clip.title)}</b>{_pencil(clip.analysis)}")
        st.html(f'<p class="fc-facts">{esc(" · ".join(facts(clip.analysis)))}</p>')
        st.html(f'<p class="fc-note">{esc(answers(clip.analysis))}</p>')
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _label(open_now, clip.entry.id)
            _buttons(clip.entry)


def _thumb(clip: Shown) -> None:
    for frame in clip.analysis.frames[:1]:
        path = inside(clip.folder, frame.path)
        if path is not None:
            st.image(str(path), alt=f"Thumbnail of {clip.title}", width=_THUMB_PX)


def _label(open_now: Consult, clip_id: str) -> None:
    now = consult.label_of(open_now, clip_id)
    keys = list(consult.LABELS)
    chosen = st.selectbox(
        "Label",
        keys,
        index=keys.index(now) if now in keys else 0,
        format_func=consult.LABELS.__getitem__,
        key=f"pt_label_{clip_id}",
        width=190,
    )
    if chosen != now:
        history.label_clip(database(), open_now.session.id, clip_id, chosen)
        st.rerun(scope="app")


def _buttons(entry: ClipEntry) -> None:
    if st.button("Check and correct", key=f"pt_check_{entry.id}", help="View, test, speed, height"):
        consult.check_clip(entry.id)
        st.rerun(scope="app")
    with st.popover("Delete"):
        st.markdown("The clip, its pictures and its files will be gone from this computer.")
        if st.button("Delete this clip", type="primary", key=f"pt_delete_{entry.id}"):
            state.delete_in(state.workspace(), entry.id)
            st.rerun(scope="app")


def facts(analysis: Analysis) -> list[str]:
    """Return test, surface, frame rate, length, steps and quality of a clip."""
    clip = analysis.clip
    strikes = [e.side for e in analysis.events if e.kind == "foot_strike"]
    parts = [
        protocol_title(analysis.protocol.id),
        SURFACE_FACT[clip.surface],
        f"{clip.fps:.0f} fps",
        f"{clip.duration_s:.0f} s",
    ]
    if strikes:
        parts.append(f"{strikes.count('left')} left, {strikes.count('right')} right steps")
    elif analysis.reps:
        parts.append(steps_word(sum(r.counted for r in analysis.reps), "repetition"))
    main = [m for m in analysis.measurements if _is_core(m.id)]
    best = grade(main or analysis.measurements, RenderSettings(), in_test=bool(analysis.reps))
    return [*parts, f"sureness {WORD[best]}"] if best else parts


def answers(analysis: Analysis) -> str:
    """Return which of the main measures a clip can answer, and which not."""
    core = [m for m in dict.fromkeys(m.id for m in analysis.measurements) if _is_core(m)]
    measured = {m.id for m in analysis.measurements if m.value is not None}
    good = [i for i in core if i in measured]
    rest = [i for i in core if i not in good]
    words = f"Answers: {', '.join(title_of(i) for i in good)}." if good else ""
    missing = f" Not from this clip: {', '.join(title_of(i) for i in rest)}." if rest else ""
    return (words + missing).strip()


def _is_core(measure_id: str) -> bool:
    return measure_id in MEASURES and MEASURES[measure_id].core


def _pencil(analysis: Analysis) -> str:
    if not analysis.edits:
        return ""
    n = len(analysis.edits)
    return f' <span class="fc-pencil">\N{PENCIL} {n} edit{"s" if n > 1 else ""}</span>'


def _is_active(entry: ClipEntry) -> bool:
    job = state.shared().jobs.view(entry.job) if entry.job else None
    return job is not None and job.active


def _is_waiting(entry: ClipEntry) -> bool:
    return not _is_active(entry) and state.workspace().latest_result(entry.id) is None
