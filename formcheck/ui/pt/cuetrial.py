"""Cue trial: the same test before and with a cue, judged against the measurement error."""

from collections.abc import Mapping
from typing import Final

import streamlit as st

from formcheck.assess.change import Comparison, MeasureChange, Verdict, compare_analyses
from formcheck.errors import FormcheckError
from formcheck.registry import MEASURES
from formcheck.render.moment_picture import MomentPicture
from formcheck.render.moments import Moment
from formcheck.render.wording import number, side_phrase, unit_text
from formcheck.settings.render import RenderSettings
from formcheck.store import history
from formcheck.ui.chips import Mark, chip
from formcheck.ui.pt import consult, work
from formcheck.ui.pt.consult import Consult, Shown
from formcheck.ui.pt.evidence import PHASES
from formcheck.ui.pt.work import Opened
from formcheck.ui.records import database
from formcheck.ui.shell import trouble
from formcheck.ui.text import esc, plain

VERDICTS: Final[dict[Verdict, tuple[Mark, str]]] = {
    "changed": ("ok", "changed"),
    "maybe": ("info", "maybe changed"),
    "no clear change": ("none", "no clear change"),
    "can't compare": ("none", "can't compare"),
}
HOW: Final = (
    "A change counts only beyond the measurement error (2.77 standard errors of measurement): "
    "what lies within it, the same runner could show without any cue."
)


def show(open_now: Consult) -> None:
    """Draw the part."""
    clips = consult.shown_clips()
    if len(clips) < 2:
        st.markdown(
            "Film the same test twice, before and with the cue, and drop both clips into this "
            "session."
        )
        return
    before, after = _choose(open_now, clips)
    if after is None:
        st.markdown("Only one clip of this test and view is here: film it again with the cue.")
        return
    _label(open_now, before, after)
    try:
        compared = compare_analyses(before.analysis, after.analysis)
    except FormcheckError as error:
        trouble(error.what, error.hint)
        return
    st.html(f"<p><b>{esc(sentence(compared))}</b></p>")
    if not compared.same_setup:
        st.html("".join(f'<p class="fc-note">{esc(d)}.</p>' for d in compared.setup_differences))
    st.caption(HOW)
    st.html(table(compared))
    _pictures(before, after)


def _choose(open_now: Consult, clips: tuple[Shown, ...]) -> tuple[Shown, Shown | None]:
    """Let the two clips be chosen; the second is one of the same test and view as the first."""
    left, right = st.columns(2)
    labels = {c.entry.id: consult.label_of(open_now, c.entry.id) for c in clips}
    with left:
        before = _one_of("Before the cue", clips, labels, "before", _with_partner(clips))
    same = tuple(c for c in clips if c is not before and _test(c) == _test(before))
    if not same:
        return before, None
    with right:
        return before, _one_of("With the cue", same, labels, "cue", len(same) - 1)


def _one_of(
    title: str, clips: tuple[Shown, ...], labels: Mapping[str, str], wanted: str, start: int
) -> Shown:
    ids = [c.entry.id for c in clips]
    labelled = [k for k, i in enumerate(ids) if labels[i] == wanted]
    names = {c.entry.id: c.title for c in clips}
    chosen = st.selectbox(
        title,
        ids,
        index=labelled[0] if labelled else start,
        format_func=names.__getitem__,
        key=f"pt_{wanted}",
    )
    return clips[ids.index(chosen)]


def _test(clip: Shown) -> tuple[str, str]:
    return clip.analysis.protocol.id, clip.analysis.clip.view


def _with_partner(clips: tuple[Shown, ...]) -> int:
    """Return the first clip whose test and view another clip shows too."""
    tests = [_test(c) for c in clips]
    return next((k for k, t in enumerate(tests) if tests.count(t) > 1), 0)


def _label(open_now: Consult, before: Shown, after: Shown) -> None:
    """Offer to note in the session which clip is which."""
    wanted = ((before, "before"), (after, "cue"))
    if all(consult.label_of(open_now, c.entry.id) == label for c, label in wanted):
        return
    if open_now.consent.keep and st.button("Label these two clips", key="pt_label_two"):
        for clip, label in wanted:
            history.label_clip(database(), open_now.session.id, clip.entry.id, label)
        st.rerun()


def sentence(compared: Comparison) -> str:
    """Return the outcome in one sentence."""
    judged = [r for r in compared.rows if r.verdict != "can't compare"]
    changed = [r for r in judged if r.verdict == "changed"]
    if not judged:
        return "Nothing in these two clips can be compared."
    if not changed:
        return "No value changed beyond the measurement error."
    names = ", ".join(_name(r) for r in changed[:3])
    more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
    return f"Changed beyond the measurement error: {names}{more}."


def table(compared: Comparison) -> str:
    """Return the comparison as HTML, the main measures first."""
    both = [r for r in compared.rows if r.before is not None and r.after is not None]
    rows = sorted(both, key=lambda r: not (r.id in MEASURES and MEASURES[r.id].core))
    return (
        '<div class="fc-scroll" tabindex="0" role="region" aria-label="Cue trial">'
        '<table class="fc-table fc-named"><thead><tr><th scope="col">Measure</th>'
        '<th scope="col">Verdict</th><th scope="col">Before</th>'
        '<th scope="col">With the cue</th><th scope="col">Difference</th>'
        '<th scope="col">Error</th></tr></thead>'
        f"<tbody>{''.join(_row(r) for r in rows)}</tbody></table></div>"
    )


def _row(r: MeasureChange) -> str:
    mark, word = VERDICTS[r.verdict]
    reason = f'<span class="fc-note">{esc(r.reason)}</span>' if r.reason else ""
    error = "" if r.mdc95 is None else _error(r.mdc95, r.unit)
    return (
        f'<tr><th scope="row">{esc(_name(r))}</th><td>{chip(mark, word)}{reason}</td>'
        f"<td>{esc(_with_interval(r.before, r.before_ci95, r.unit))}</td>"
        f"<td>{esc(_with_interval(r.after, r.after_ci95, r.unit))}</td>"
        f"<td>{esc(_signed(r.difference, r.unit))}</td><td>{esc(error)}</td></tr>"
    )


def _name(r: MeasureChange) -> str:
    phrase = side_phrase(r.id, r.side)
    return f"{r.title}, {phrase}" if phrase else r.title


def _text(value: float, unit: str) -> str:
    return f"{number(value, unit, RenderSettings())}{unit_text(unit)}"


def _signed(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    words = _text(value, unit)
    rounds_to_none = words == _text(0.0, unit)
    return f"+{words}" if value > 0 and not rounds_to_none else words


def _error(mdc95: float, unit: str) -> str:
    words = _text(mdc95, unit)
    return f"within {_text(1.0, unit)}" if words == _text(0.0, unit) else f"within {words}"


def _with_interval(value: float | None, ci95: tuple[float, float] | None, unit: str) -> str:
    if value is None or ci95 is None:
        return "not measured"
    if unit == "count":
        return _text(value, unit)
    low, high = (number(v, unit, RenderSettings()) for v in ci95)
    return f"{_text(value, unit)} ({low} to {high})"


def _pictures(before: Shown, after: Shown) -> None:
    """Show the same side and phase of both clips."""
    both = [work.opened(before), work.opened(after)]
    a, b = (_moments(o) for o in both)
    keys: list[tuple[str, str]] = [k for k in a if k in b]
    if not keys or both[0] is None or both[1] is None:
        return
    key = st.selectbox(
        "Pictures", keys, format_func=lambda k: f"{k[0].capitalize()}, {PHASES.get(k[1], k[1])}",
        index=_first(keys), key="pt_trial_phase",
    )  # fmt: skip
    if key is None:
        return
    with st.container(key="pt_pair"):
        for column, opened, moment, words in zip(
            st.columns(2), (both[0], both[1]), (a[key], b[key]), ("Before", "With the cue"),
            strict=True,
        ):  # fmt: skip
            with column:
                _one(opened, work.picture(opened, moment), words)


def _moments(opened: Opened | None) -> dict[tuple[str, str], Moment]:
    return {} if opened is None else {(m.side, m.name): m for m in work.moments(opened)}


def _first(keys: list[tuple[str, str]]) -> int:
    wanted = ("peak hip drop", "deepest point", "mid-stance", "foot strike")
    return next((i for w in wanted for i, k in enumerate(keys) if k[1] == w), 0)


def _one(opened: Opened, made: MomentPicture | None, words: str) -> None:
    if made is None:
        st.markdown(f"**{words}**: the video of {plain(opened.clip.title)} was deleted.")
        return
    st.image(
        made.image, caption=plain(f"{words}. {made.caption}"), alt=f"{words}. {made.alt}",
        width="stretch",
    )  # fmt: skip
