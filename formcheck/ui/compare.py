"""Compare: an earlier check beside a later one, and what changed by more than the error."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import streamlit as st

from formcheck.assess.change import Comparison, MeasureChange, compare_analyses
from formcheck.assess.texts import CHANGE_TEXTS
from formcheck.render.wording import number, plus_minus, side_phrase, unit_text
from formcheck.report.comparison import comparison_page, summary
from formcheck.results import Analysis, Interval
from formcheck.settings.render import RenderSettings
from formcheck.ui import engine, pages, pair, player, state
from formcheck.ui.chips import Mark, chip, icon, line, lines
from formcheck.ui.reading import is_core
from formcheck.ui.records import own_workspaces
from formcheck.ui.text import VIEW_FACT, clip_title, esc, plain, protocol_title

CHIPS: Final[dict[str, tuple[Mark, str]]] = {
    "changed": ("changed", "changed"),
    "maybe": ("maybe", "maybe changed"),
    "no clear change": ("same", "no clear change"),
    "can't compare": ("none", "can't compare"),
}
_ORDER: Final = tuple(CHIPS)
NOTHING: Final = (
    "There is only one check so far. Film the same test again in a few weeks, from the same place "
    "and at the same speed, and the two can be compared here."
)
HOW: Final = (
    "The error in brackets is what two clips of the same runner may differ by chance and by the "
    "limits of this method. Only a difference beyond it is called a change; whether a change is "
    "for the better, your body tells, not the number."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One result on this computer."""

    key: str
    name: str
    added_s: float
    folder: Path
    analysis: Analysis

    @property
    def day(self) -> str:
        """The day, in words."""
        return datetime.fromtimestamp(self.added_s).astimezone().strftime("%d %b %Y")

    @property
    def label(self) -> str:
        """What the choice shows: name, day, time and view."""
        when = datetime.fromtimestamp(self.added_s).astimezone().strftime("%d %b %Y, %H:%M")
        view = VIEW_FACT[self.analysis.clip.view]
        return f"{clip_title(self.name)} · {when} · {view}"


def page() -> None:
    """Draw the page."""
    st.title("Compare two checks")
    kept = results_kept()
    pairs = [k for k in kept if any(_alike(k, o) and o.key != k.key for o in kept)]
    if not pairs:
        st.markdown(NOTHING)
        if st.button("Check a clip", type="primary", key="compare_check"):
            state.choose_another()
            pages.go("check")
        return
    now, earlier = _choose(pairs, kept)
    if earlier is None:
        st.info("Choose an earlier check of the same test to compare with.")
        return
    _draw(earlier, now)


def results_kept() -> list[Kept]:
    """Return every readable result of the runner's own, newest first; never a patient's."""
    found: list[Kept] = []
    for space in own_workspaces()[0]:
        for done in engine.finished(space):
            entry, folder, analysis = done.entry, done.folder, done.analysis
            found.append(
                Kept(
                    key=entry.id,
                    name=entry.name,
                    added_s=entry.added_s,
                    folder=folder,
                    analysis=analysis,
                )
            )
    return sorted(found, key=lambda k: k.added_s, reverse=True)


def _alike(a: Kept, b: Kept) -> bool:
    return a.analysis.protocol.id == b.analysis.protocol.id


def _choose(pairs: list[Kept], kept: list[Kept]) -> tuple[Kept, Kept | None]:
    """Let the user pick both; the open clip and the last like it are taken first."""
    open_now = state.current_clip()
    start = next((i for i, k in enumerate(pairs) if open_now and k.key == open_now.id), 0)
    left, right = st.columns(2)
    by_key = {k.key: k for k in kept}
    with right:
        now_key = st.selectbox(
            "Now",
            [k.key for k in pairs],
            index=start,
            format_func=lambda key: by_key[key].label,
            key="compare_now",
        )
    now = by_key[now_key]
    others = [k for k in kept if _alike(k, now) and k.key != now.key]
    same_view = [k for k in others if k.analysis.clip.view == now.analysis.clip.view]
    ranked = [*same_view, *(k for k in others if k not in same_view)]
    older = [i for i, k in enumerate(ranked) if k in same_view and k.added_s <= now.added_s]
    with left:
        earlier_key = st.selectbox(
            "Earlier",
            [k.key for k in ranked],
            index=older[0] if older else 0,
            format_func=lambda key: by_key[key].label,
            key=f"compare_earlier_{now.key}",
        )
    return now, by_key.get(earlier_key) if earlier_key else None


def _draw(earlier: Kept, now: Kept) -> None:
    change = compare_analyses(earlier.analysis, now.analysis)
    st.header(plain(summary(change)))
    st.html(lines(setup_lines(change)))
    _videos(earlier, now)
    rows = sorted(change.rows, key=lambda r: _ORDER.index(r.verdict))
    core = [r for r in rows if is_core(r.id) and r.difference is not None]
    rest = [r for r in rows if r not in core]
    if core:
        st.subheader("What changed")
        st.html(table(core, "What changed in the main measures"))
    if rest:
        with st.expander(f"{len(rest)} more measures"):
            st.html(table(rest, "What changed in the other measures"))
    st.caption(HOW)
    st.download_button(
        "Save this comparison (web page)",
        data=lambda: comparison_page(change, RenderSettings()),
        file_name="comparison.html",
        mime="text/html",
        on_click="ignore",
        key="save_comparison",
    )


def setup_lines(change: Comparison) -> list[str]:
    """Return whether both were filmed alike, one line per difference."""
    test = protocol_title(change.protocol)
    if change.same_setup:
        return [line("ok", "Same set-up:", f"{test}, {VIEW_FACT[change.later.view]}.")]
    return [line("watch", "Different set-up:", f"{d}.") for d in change.setup_differences]


def _videos(earlier: Kept, now: Kept) -> None:
    shown: list[pair.Shown] = []
    for word, k in (("Earlier", earlier), ("Now", now)):
        film = player.film_of(k.folder)
        if film is None or not film.is_whole:
            st.markdown(
                f"The video of **{plain(clip_title(k.name))}** was not kept, so there is nothing "
                "to show side by side; its numbers are compared below."
            )
            return
        shown.append((f"{word}, {k.day}", film, k.analysis))
    if not pair.show(shown[0], shown[1], state.settings()):
        st.markdown("These two videos are too large to be shown side by side.")


def table(rows: list[MeasureChange], name: str) -> str:
    """Return the changes as HTML: one block per measure and side."""
    body = "".join(_row(r) for r in rows)
    return f'<div role="list" aria-label="{esc(name)}">{body}</div>'


def _row(r: MeasureChange) -> str:
    side = side_phrase(r.id, r.side)
    title = f"{r.title}, {side}" if side else r.title
    mark, word = CHIPS[r.verdict]
    values = f"{_value(r.before, r.before_ci95, r)} &#8594; {_value(r.after, r.after_ci95, r)}"
    return (
        f'<div class="fc-change" role="listitem"><span class="fc-name">{esc(title)}</span>'
        f'<span class="fc-value">{values}</span><span>{chip(mark, word)}</span>'
        f'<span class="fc-n">{esc(why(r))}</span></div>'
    )


def why(r: MeasureChange) -> str:
    """Write the difference beside the error, or why there is none to judge."""
    if r.difference is None or r.mdc95 is None:
        return f"{r.reason}." if r.reason else ""
    settings = RenderSettings()
    unit = unit_text(r.unit)
    size = number(abs(r.difference), r.unit, settings)
    sign = "" if float(size) == 0 else "+" if r.difference > 0 else "\N{MINUS SIGN}"
    error = number(r.mdc95, r.unit, settings)
    told = f"Difference {sign}{size}{unit} (error {error}{unit})"
    reason = r.reason or CHANGE_TEXTS[r.verdict].partition(": ")[2]
    return f"{told}: {reason}." if reason else f"{told}."


def _value(value: float | None, ci95: Interval | None, r: MeasureChange) -> str:
    if value is None or ci95 is None:
        return f"{icon('none', 15)} not measured"
    settings = RenderSettings()
    half = plus_minus(ci95, r.unit, settings)
    return esc(f"{number(value, r.unit, settings)}{unit_text(r.unit)}{half}")
