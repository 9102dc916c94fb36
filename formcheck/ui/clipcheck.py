"""The clip check: one picture, what the clip can and can't show, what may be corrected, and go."""

from typing import TYPE_CHECKING, Final

import streamlit as st

from formcheck.data import Clip, Scene
from formcheck.jobs import BUG_CODE, JobView
from formcheck.settings import AnalyzeOptions
from formcheck.ui import corrections, engine, pages, state
from formcheck.ui.chips import Mark, icon, line, lines
from formcheck.ui.shell import trouble
from formcheck.ui.text import (
    FACING_FACT,
    SURFACE_FACT,
    VIEW_FACT,
    clip_title,
    esc,
    plain,
    protocol_title,
    size_text,
)
from formcheck.ui.workspace import ClipEntry

if TYPE_CHECKING:
    from formcheck.pipeline import ClipCheck

LEVELS: Final[dict[str, tuple[Mark, str]]] = {
    "ok": ("ok", "Good:"),
    "info": ("info", "Note:"),
    "warn": ("watch", "Careful:"),
    "stop": ("outside", "Stop:"),
}
UNUSABLE: Final = frozenset(
    {
        "FILE_NOT_FOUND",
        "FILE_UNREADABLE",
        "NOT_A_VIDEO",
        "CODEC_UNSUPPORTED",
        "CLIP_TOO_SHORT",
    }
)
"""No correction helps these: the file is dropped again and the user is asked for another."""
_ORDER: Final = ("stop", "warn", "info", "ok")


def page(entry: ClipEntry, job: JobView | None) -> None:
    """Draw the page for a clip that is not being analysed now."""
    st.title("Does this clip work?")
    _what_became(entry, job)
    if not entry.video:
        st.markdown("The video of this check was deleted; its numbers are kept.")
        return
    options = engine.options_of(entry)
    checked = engine.check(entry, options)
    if checked.check is None:
        code, what, hint = checked.error
        if code in UNUSABLE:
            state.refuse(entry, what, hint)
            st.rerun()
        trouble(what, hint)
        with st.expander("Is something set wrong? Change it"):
            _corrections(entry, options)
        return
    _draw(entry, options, checked.check)


def _what_became(entry: ClipEntry, job: JobView | None) -> None:
    """Say how the last analysis of this clip ended."""
    if job is not None and job.state == "failed":
        if job.error_code == BUG_CODE:
            trouble(
                "Something went wrong on our side",
                "Your clip is unchanged. Try again, or try another clip.",
            )
        else:
            trouble(job.error_what, job.error_hint)
    elif job is not None and job.state == "cancelled":
        st.info("Stopped. Nothing half-done was kept.")
    elif state.workspace().latest_result(entry.id) is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**This clip has a result.**")
            if st.button("See the result", key="see_result"):
                pages.go("results")
    elif entry.job:
        st.info("The last analysis did not finish. You can start it again.")


def _draw(entry: ClipEntry, options: AnalyzeOptions, check: "ClipCheck") -> None:
    left, right = st.columns([5, 6], gap="large")
    with left:
        _poster(entry, check)
    with right:
        st.html(facts(check.clip, check.scene, check.protocol_id))
        ranked = sorted(check.checks, key=lambda c: _ORDER.index(c.level))
        st.html(lines([line(*LEVELS[c.level], c.text) for c in ranked]))
        stopped = any(c.level == "stop" for c in check.checks)
        _measurable(check)
        label = "Analyse this clip" if not stopped else "Analyse it anyway"
        if st.button(
            label,
            type="secondary" if stopped else "primary",
            disabled=check.scene is None,
            key="analyse",
        ):
            engine.start(state.workspace(), entry, options)
            st.rerun()
    unsure = check.scene is not None and bool(check.scene.ambiguous)
    with st.expander("Is something set wrong? Change it", expanded=unsure):
        _corrections(entry, options)


def _poster(entry: ClipEntry, check: "ClipCheck") -> None:
    picture = engine.thumbnail(check.poster_rgb, state.settings().poster_side_px)
    with st.container(key="poster"):
        st.image(
            picture,
            width="stretch",
            alt=f"One picture of {clip_title(entry.name)}, with a box around the person found",
        )
    st.caption(f"{plain(entry.name)} · {size_text(entry.size_bytes)}")


def facts(clip: Clip, scene: Scene | None, protocol_id: str | None) -> str:
    """Return what was detected, in one paragraph."""
    parts = [f"{clip.width_px} x {clip.height_px}"]
    if scene is not None:
        seen = [SURFACE_FACT[scene.surface], VIEW_FACT[str(scene.view)]]
        if str(scene.view) == "side":
            seen.append(FACING_FACT[scene.facing])
        parts.append(", ".join(seen))
    if clip.slow_motion_factor > 1:
        parts.append(f"slow motion, {clip.slow_motion_factor:g} times")
    title = "Your clip" if protocol_id is None else protocol_title(protocol_id)
    return f"<h2 class='fc-title'>{esc(title)}</h2><p class='fc-facts'>{esc(' · '.join(parts))}</p>"


def _measurable(check: "ClipCheck") -> None:
    """Show how much of the test this clip can carry, and why not the rest."""
    if not check.measurable:
        return
    good = [title for _, title, ok, _ in check.measurable if ok]
    st.markdown(f"**This clip can show {len(good)} of {len(check.measurable)} measures.**")
    missing = [(title, reason) for _, title, ok, reason in check.measurable if not ok]
    if good:
        st.html(f'<p class="fc-facts">{icon("ok")} {esc(", ".join(good))}</p>')
    if missing:
        with st.expander(f"{len(missing)} can't be measured from this clip"):
            st.html(
                lines(
                    [
                        f'<li class="fc-line fc-struck">{icon("none")}<span><b>{esc(title)}</b><br>'
                        f"{esc(reason)}</span></li>"
                        for title, reason in missing
                    ]
                )
            )


def _corrections(entry: ClipEntry, options: AnalyzeOptions) -> None:
    new = corrections.form(options, entry.id)
    if new is not None and new != options:
        state.workspace().update(entry.id, options_json=new.model_dump_json(), job=entry.job)
        st.rerun()
