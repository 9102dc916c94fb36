"""Screen-share mode: one pair of pictures, large plain words; no code, no list, nobody else."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from formcheck.render.wording import side_phrase, title_of
from formcheck.ui.chips import chip
from formcheck.ui.pt import consult, work
from formcheck.ui.pt.evidence import (
    PHASES,
    Half,
    draw_pair,
    grouped,
    pairs_of,
    rows_of,
)
from formcheck.ui.pt.work import Opened
from formcheck.ui.reading import Reader, is_core, shown
from formcheck.ui.text import esc

_ON: Final = "formcheck_share"
_PLAIN: Final = {"Initial contact": "Landing", "Toe-off": "Push-off", "Mid-stance": "On one leg"}
STYLE: Final = """<style>
[data-testid="stHeader"], [data-testid="stSidebar"] { display: none; }
.stMainBlockContainer, [data-testid="stMainBlockContainer"] { max-width: 1500px;
  padding-top: 1rem; }
.fc-share { font-size: 1.5rem; line-height: 1.4; margin: .3rem 0; }
.fc-told { display: inline-block; }
.fc-share b { font-size: 1.7rem; }
.st-key-pt_pair_large img, .st-key-pt_single_large img { max-height: 68vh; object-fit: contain; }
</style>"""


def is_on() -> bool:
    """Tell whether this tab is being shared."""
    return bool(st.session_state.get(_ON))


def turn(*, on: bool) -> None:
    """Begin or end sharing."""
    st.session_state[_ON] = on
    st.rerun()


def show() -> None:
    """Draw the shared screen."""
    st.html(STYLE)
    pairs = _pairs()
    if not pairs:
        st.markdown("There is nothing to show yet.")
        _end()
        return
    # what shows a main measure comes first
    names = sorted(pairs, key=lambda n: not _has_core(pairs[n]))
    at = int(st.session_state.get("pt_share_at", 0)) % len(names)
    title, pair = names[at], pairs[names[at]]
    st.title(title)
    draw_pair(pair, large=True)
    for words in _sentences(pair):
        st.html(f'<p class="fc-share">{words}</p>')
    with st.container(horizontal=True, key="pt_share_bar"):
        if len(names) > 1 and st.button("Next pictures", key="pt_share_next", type="primary"):
            st.session_state["pt_share_at"] = at + 1
            st.rerun()
        _end()


def _end() -> None:
    if st.button("End screen share", key="pt_share_off"):
        turn(on=False)


def _pairs() -> dict[str, Mapping[str, Half]]:
    """Return the pairs that hold a number, titled in plain words."""
    found: dict[str, Mapping[str, Half]] = {}
    for clips in grouped(consult.shown_clips()).values():
        whole: list[Opened] = [w for w in (work.opened(c) for c in clips) if w is not None]
        for name, pair in pairs_of(whole, {}).items():
            if any(m.status == "ok" for i in _drawn(pair) for m in rows_of(pair, i)):
                view = consult.VIEW_TITLE[next(iter(pair.values())).work.analysis.clip.view]
                phase = PHASES.get(name, name)
                found[f"{_PLAIN.get(phase, phase)}, {view.lower()}"] = pair
    return found


def _has_core(pair: Mapping[str, Half]) -> bool:
    measured = [i for i in _drawn(pair) if any(m.status == "ok" for m in rows_of(pair, i))]
    return any(is_core(i) for i in measured)


def _drawn(pair: Mapping[str, Half]) -> tuple[str, ...]:
    """Return the measures that the pictures themselves show."""
    return tuple(dict.fromkeys(i for h in pair.values() for i in h.moment.measure_ids))


def _sentences(pair: Mapping[str, Half]) -> list[str]:
    """Return the one measure of a pair in large words: each side, with its give or take."""
    reader = Reader(next(iter(pair.values())).work.analysis)
    for measure_id in sorted(_drawn(pair), key=lambda i: not is_core(i)):
        rows = [m for m in rows_of(pair, measure_id) if m.value is not None]
        if not rows:
            continue
        told = []
        for m in rows:
            mark, word = reader.verdict(m)
            side = side_phrase(m.id, m.side).capitalize()
            said = f"{esc(side)} <b>{esc(shown(m))}</b> {chip(mark, word)}"
            told.append(f'<span class="fc-told">{said}</span>')
        return [f"{esc(title_of(measure_id))}: " + " &nbsp; ".join(told)]
    return []
