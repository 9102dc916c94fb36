"""History: trends against the measurement error; what is kept, how long; export; deletion."""

from datetime import datetime
from itertools import groupby

import streamlit as st

from formcheck.assess.trend import Trend, trends
from formcheck.registry import MEASURES
from formcheck.render.wording import side_phrase
from formcheck.store import history
from formcheck.store.history import ClipFacts, Due, PersonRecord, SessionRecord
from formcheck.ui import pages, records, state, trendchart
from formcheck.ui.pt import consult
from formcheck.ui.pt.patient import KEEP_CHOICES, clips_word
from formcheck.ui.records import database
from formcheck.ui.text import clip_title, esc, plain, size_text
from formcheck.ui.workspace import data_dir

_FEW = 4


def page() -> None:
    """Draw the page."""
    st.title("History")
    _offer()
    known = _known()
    if not known:
        st.markdown(
            "Nothing is kept yet. Results appear here when you keep them, or when a consult's "
            "patient agreed to that."
        )
        _storage(())
        return
    person = _choose(known)
    sessions = history.sessions_of(database(), person.id)
    _trends(sessions)
    _sessions(sessions)
    _storage(tuple(d for d in history.due(database()) if d.code in {p.code for p in known}))
    _manage(person)


def _known() -> tuple[PersonRecord, ...]:
    """Return who may be looked up here: patients in the consult only, elsewhere oneself."""
    everyone = history.people(database()) if records.exists() else ()
    own = state.whose() == "own"
    return tuple(p for p in everyone if not own or p.code == history.ME)


def _offer() -> None:
    """Offer to keep the results of this tab as one's own."""
    clips = consult.shown_clips() if state.whose() == "own" else ()
    if not clips:
        return
    kept = st.session_state.get("formcheck_kept_as_mine", ())
    new = [c for c in clips if c.entry.id not in kept]
    if not new:
        return
    names = ", ".join(plain(clip_title(c.entry.name)) for c in new)
    with st.container(border=True):
        st.markdown(f"**Keep the numbers of this session in your history?**  \n{names}")
        answers = _symptom_answers()
        told = bool(answers) and st.checkbox(
            "Also keep my answers about symptoms", key="keep_symptoms"
        )
        if st.button("Keep in my history", type="primary", key="keep_mine"):
            person = history.add_person(database(), history.ME)
            history.give_consent(database(), person.id, film=True, keep=True, share=False)
            session = history.open_session(database(), person.id)
            for clip in new:
                folder = state.workspace().folder / clip.entry.id
                facts = ClipFacts(
                    key=clip.entry.id, title=clip.title, folder=str(folder),
                    result=str(clip.folder),
                )  # fmt: skip
                history.record_clip(database(), session, clip.analysis, facts)
            if told:
                history.add_symptoms(database(), session, answers)
            ids = (*kept, *(c.entry.id for c in new))
            st.session_state["formcheck_kept_as_mine"] = ids
            st.rerun()


def _symptom_answers() -> dict[str, str]:
    """Return what this session answered about symptoms, empty if nothing was."""
    notes = state.symptoms()
    answers = dict.fromkeys(notes.ticked, "yes")
    return answers | ({} if notes.weeks is None else {"weeks_since_birth": f"{notes.weeks:g}"})


def _choose(known: tuple[PersonRecord, ...]) -> PersonRecord:
    """Let one of the people be chosen; the one of the open consult first."""
    open_now = consult.current()
    if len(known) == 1:
        return known[0]
    ids = [p.id for p in known]
    names = {p.id: "Me" if p.code == history.ME else p.code for p in known}
    start = ids.index(open_now.person.id) if open_now and open_now.person.id in ids else 0
    chosen = st.selectbox(
        "Whose history", ids, index=start, format_func=names.__getitem__, key="history_person",
        width=260,
    )  # fmt: skip
    return next(p for p in known if p.id == chosen)


def _trends(sessions: tuple[SessionRecord, ...]) -> None:
    found = trends([(s.started_at, c.analysis) for s in sessions for c in s.clips])
    st.subheader("Over time")
    if not found:
        st.markdown("Two sessions with the same test and view make a trend.")
        return
    st.caption(
        "Grey: what does not differ from the first session beyond the measurement error. Whiskers: "
        "95 % intervals. Open points: uncertain values, which get no verdict."
    )
    ordered = sorted(found, key=lambda t: not (t.measure_id in MEASURES and _core(t)))
    main = [t for t in ordered if _core(t)] or ordered[:_FEW]
    rest = [t for t in ordered if t not in main]
    _charts(main)
    if rest:
        with st.expander(f"{len(rest)} more"):
            _charts(rest)


def _core(trend: Trend) -> bool:
    return trend.measure_id in MEASURES and MEASURES[trend.measure_id].core


def _charts(found: list[Trend]) -> None:
    for measure_id, group in groupby(found, key=lambda t: t.measure_id):
        rows = list(group)
        for column, trend in zip(st.columns(2), rows, strict=False):
            with column:
                phrase = side_phrase(trend.measure_id, trend.side)
                side = f", {phrase}" if phrase else ""
                st.markdown(f"**{plain(trend.title)}{side}**")
                st.altair_chart(
                    trendchart.chart(trend),
                    alt=trendchart.words(trend),
                    width="stretch",
                    key=f"trend_{measure_id}_{trend.side}_{id(trend)}",
                )
                st.caption(trendchart.verdict(trend))


def _sessions(sessions: tuple[SessionRecord, ...]) -> None:
    st.subheader("Sessions")
    for session in reversed(sessions):
        when = _at(session.started_at)
        edits = sum(len(c.analysis.edits) for c in session.clips)
        parts = [when, session.purpose, clips_word(len(session.clips))]
        parts += [f"{edits} edits by hand"] if edits else []
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"history_session_{session.id}"
        ):
            st.markdown(plain(" · ".join(p for p in parts if p)))
            if session.folder and st.button("Open", key=f"history_open_{session.id}"):
                consult.reopen(session)
                st.rerun() if state.whose() == "consult" else pages.go("pt")
            with st.popover("Delete"):
                st.markdown("Clips, pictures, numbers and notes of this session will be gone.")
                if st.button("Delete session", type="primary", key=f"history_del_{session.id}"):
                    history.erase_session(database(), session.id, data_dir())
                    st.rerun()


def _storage(waiting: tuple[Due, ...]) -> None:
    """Show where everything lies, how much it takes, and what the timer will delete when."""
    st.subheader("Where it is kept")
    root = data_dir()
    size = size_text(records.size_bytes(root)) if root.is_dir() else "nothing yet"
    place = database().place if records.exists() else str(root)
    st.markdown(f"Folder: `{root}` ({size})  \nHistory: `{place}`")
    if not waiting:
        return
    rows = "".join(
        f"<tr><td>{esc('Me' if d.code == history.ME else d.code)}</td>"
        f"<td>{esc(_at(d.started_at))}</td><td>{d.n_clips}</td>"
        f"<td>{esc(size_text(d.size_bytes))}</td><td>{esc(_when(d))}</td></tr>"
        for d in waiting
    )
    st.html(
        '<div class="fc-scroll" tabindex="0" role="region" aria-label="What is deleted when">'
        '<table class="fc-table"><thead><tr><th scope="col">Code</th><th scope="col">Session</th>'
        '<th scope="col">Clips</th><th scope="col">Size</th>'
        f'<th scope="col">Clips are deleted</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
    st.caption("The timer runs when the app starts. Numbers stay; clips and pictures go.")


def _when(item: Due) -> str:
    if item.delete_at is None:
        return "by hand only"
    if item.is_over(datetime.now().astimezone()):
        return "at the next start"
    return _at(item.delete_at)


def _at(when: datetime) -> str:
    return when.astimezone().strftime("%d %b %Y, %H:%M")


def _manage(person: PersonRecord) -> None:
    who = "me" if person.code == history.ME else person.code
    st.subheader(f"Everything of {plain(who)}")
    days = st.selectbox(
        "Delete clips and pictures after",
        list(KEEP_CHOICES),
        index=list(KEEP_CHOICES).index(person.keep_days) if person.keep_days in KEEP_CHOICES else 5,
        format_func=KEEP_CHOICES.__getitem__,
        key=f"history_days_{person.id}",
        width=260,
    )
    if days != person.keep_days:
        history.set_keep_days(database(), person.id, days)
        st.rerun()
    with st.container(horizontal=True, key="history_actions"):
        st.download_button(
            "Export everything (ZIP)",
            data=lambda: history.export_person(database(), person.id, videos=True),
            file_name=f"formcheck_{who}.zip",
            mime="application/zip",
            on_click="ignore",
            key="history_export",
        )
        with st.popover("Delete everything"):
            st.markdown(
                f"All sessions of **{plain(who)}**: numbers, notes, clips, pictures and reports "
                "will be gone from this computer. This can't be undone."
            )
            if st.button("Delete everything for good", type="primary", key="history_erase"):
                _erase(person)


def _erase(person: PersonRecord) -> None:
    jobs = state.shared().jobs
    for entry in state.workspace().clips():
        if entry.job:
            jobs.forget(entry.job)
    history.erase_person(database(), person.id, data_dir())
    st.session_state.pop("formcheck_kept_as_mine", None)
    st.toast("Deleted.")
    st.rerun()
