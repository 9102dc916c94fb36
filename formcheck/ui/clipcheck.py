"""The clip check: one picture, what the clip can and can't show, what may be corrected, and go."""

from typing import TYPE_CHECKING, Final

import streamlit as st

from formcheck.data import Clip, Scene
from formcheck.errors import FormcheckError
from formcheck.jobs import BUG_CODE, JobView
from formcheck.settings import AnalyzeOptions
from formcheck.ui import corrections, engine, pages, state
from formcheck.ui.chips import Mark, icon, line, lines
from formcheck.ui.hints import asked_rate, asked_tests
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
FINE: Final[tuple[tuple[frozenset[str], str], ...]] = (
    (frozenset({"TOO_DARK", "TOO_BRIGHT"}), "Light: bright enough."),
    (
        frozenset(
            {
                "FEET_CUT_OFF",
                "HEAD_CUT_OFF",
                "PERSON_SMALL",
                "PERSON_TOO_SMALL",
                "LYING_PICTURE",
            }
        ),
        "Framing: the whole body is in the picture, and large enough.",
    ),
)
"""What no finding speaks against is well, and is said."""
NOT_SEEN: Final[dict[str, str]] = {
    "TOO_DARK": "The picture is too dark to find you. Turn on a light or film by the window.",
    "TOO_BRIGHT": (
        "The picture is too bright to find you. Put the window behind the phone instead of behind "
        "you."
    ),
    "": (
        "You are not found in most pictures. Film the whole body, head to feet, in a bright room "
        "against a plain wall."
    ),
}
"""Why nobody is found, as far as it can be told: this is the cause, all else follows from it."""
STEP_CODES: Final = frozenset({"CLIP_SHORT", "FEW_STEPS"})
USUAL_SPM: Final = (150.0, 180.0)
"""Rhythms of easy running; only the guess of how many steps a clip holds uses them."""
STEPS_WANTED: Final = 7
"""The published minimum per side for 2D running (measures.md)."""
WHICH_LEG: Final = (
    "In this view your two legs were mixed up, so it is not clear which one worked. Say below "
    "which leg does the test, and analyse again."
)
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
        # a file that was damaged later does not take its result with it
        if code in UNUSABLE and state.workspace().latest_result(entry.id) is None:
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
        _why_failed(entry, job)
    elif job is not None and job.state == "cancelled":
        st.info("Stopped. Nothing half-done was kept.")
    elif state.workspace().latest_result(entry.id) is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown("**This clip has a result.**")
            # in a consult the result lies in the tray: Results is the runner's own page
            if state.whose() == "own" and st.button("See the result", key="see_result"):
                pages.go("results")
        if leg_asked(entry):
            st.warning(WHICH_LEG)
    elif entry.job:
        st.info("The last analysis did not finish. You can start it again.")


def _ask_which(entry: ClipEntry, tests: tuple[str, ...]) -> None:
    """Offer the tests that a clip may show; one press analyses it as that test."""
    if not tests or not entry.video:
        return
    with st.container(horizontal=True):
        for test in tests:
            if st.button(protocol_title(test), key=f"which_{test}"):
                said = engine.options_of(entry).model_copy(update={"protocol": test})
                engine.start(state.workspace(), entry, said)
                st.rerun()


def _why_failed(entry: ClipEntry, job: JobView) -> None:
    rate = _asked_rate(entry)
    if rate is not None and engine.options_of(entry).capture_fps is None:
        _slow_motion(entry, rate)
    elif job.error_code == BUG_CODE:
        trouble(
            "Something went wrong on our side",
            "Your clip is unchanged. Try again, or try another clip.",
        )
    else:
        trouble(job.error_what, job.error_hint)
        _ask_which(entry, asked_tests(job.error_code, job.error_hint))


def _slow_motion(entry: ClipEntry, rate: float) -> None:
    """Ask the one question that stands between this clip and its result."""
    said_no = f"formcheck_real_speed_{entry.id}"
    if st.session_state.get(said_no):
        trouble(
            "At real speed nobody runs with so few or so many steps a minute",
            "Choose below what was filmed, or film a run.",
        )
        return
    with st.container(border=True, key="slow_motion"):
        st.markdown("**Was this filmed in slow motion?** Its steps do not fit real speed.")
        with st.container(horizontal=True):
            if st.button(f"Yes, {rate:.0f} pictures a second", type="primary", key="slow_yes"):
                answered = engine.options_of(entry).model_copy(update={"capture_fps": rate})
                engine.start(state.workspace(), entry, answered)
                st.rerun()
            if st.button("No, this is real speed", key="slow_no"):
                st.session_state[said_no] = True
                st.rerun()


def leg_asked(entry: ClipEntry) -> bool:
    """Tell whether the clip's last result asks which leg worked."""
    folder = state.workspace().latest_result(entry.id)
    if folder is None:
        return False
    try:
        return "leg" in engine.read(folder).clip.ambiguous
    except (FormcheckError, OSError):
        return False


def _draw(entry: ClipEntry, options: AnalyzeOptions, check: "ClipCheck") -> None:
    left, right = st.columns([5, 6], gap="medium")
    with left:
        _poster(entry, check)
    with right:
        scene = None if is_lost(check) else check.scene
        st.html(facts(check.clip, scene, check.protocol_id))
        st.html(lines(looked_at(check)))
        stopped = any(c.level == "stop" for c in check.checks)
        if not is_lost(check):
            _measurable(check)
        label = "Analyse this clip" if not stopped else "Analyse it anyway"
        if st.button(
            label,
            type="secondary" if stopped else "primary",
            disabled=check.scene is None,
            key="analyse",
        ):
            engine.keep_first_look(state.workspace(), entry, check.poster_rgb)
            engine.start(state.workspace(), entry, options)
            st.rerun()
    unsure = check.scene is not None and bool(check.scene.ambiguous)
    unsure |= _asked_rate(entry) is not None or leg_asked(entry)
    with st.expander("Is something set wrong? Change it", expanded=unsure):
        _corrections(entry, options)


def looked_at(check: "ClipCheck") -> list[str]:
    """Return everything that was looked at, gravest first, what is well included."""
    ranked = sorted(check.checks, key=lambda c: _ORDER.index(c.level))
    told = {c.code for c in check.checks}
    if is_lost(check):
        cause = next((c for c in NOT_SEEN if c in told), "")
        return [line(*LEVELS["stop"], NOT_SEEN[cause])]
    made = [line(*LEVELS[c.level], c.text) for c in ranked]
    if check.scene is None:
        return made
    good = [words for codes, words in FINE if not told & codes]
    if check.scene.surface == "treadmill" and not told & STEP_CODES:
        made.append(steps_line(check.clip.duration_s))
    return [*made, *(line("ok", "Good:", words) for words in good)]


def is_lost(check: "ClipCheck") -> bool:
    """Tell whether somebody is found, but in too few pictures: what was read of them is a guess."""
    return any(c.code == "PERSON_LOST" and c.level == "stop" for c in check.checks)


def steps_line(duration_s: float) -> str:
    """Return how many steps a run of this length holds at the usual rhythms."""
    low, high = (int(duration_s * spm / 60 / 2) for spm in USUAL_SPM)
    words = f"Room for about {low} to {high} steps on each side"
    if low < STEPS_WANTED:
        return line("watch", "Careful:", f"{words}; {STEPS_WANTED} or more make a steady number.")
    return line("ok", "Good:", f"{words}, enough for a steady number.")


def _poster(entry: ClipEntry, check: "ClipCheck") -> None:
    picture = engine.thumbnail(check.poster_rgb, state.settings().poster_side_px)
    with st.container(key="poster"):
        st.image(
            picture,
            width="stretch",
            alt=(
                f"One picture of {clip_title(entry.name)}, with a box around the person found and "
                "the body's lines"
            ),
        )
    st.caption(
        f"{plain(entry.name)} · {size_text(entry.size_bytes)} · {check.clip.duration_s:.0f} s"
    )


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
    st.html(measurable_html(check.measurable))
    told = [
        f'<li class="fc-line">{icon("watch" if ok else "none")}<span><b>{esc(title)}</b><br>'
        f"{esc(reason)}</span></li>"
        for _, title, ok, reason in check.measurable
        if reason
    ]
    if told:
        with st.expander("Why, and what to film for it"):
            st.html(lines(told))


def measurable_html(measurable: tuple[tuple[str, str, bool, str], ...]) -> str:
    """Return what can be measured with a tick, what will be unsure, what can't struck through."""
    n = sum(ok for *_, ok, _ in measurable)
    ordered = sorted(measurable, key=lambda m: (not m[2], bool(m[3])))
    items = "".join(_can(title, ok, reason) for _, title, ok, reason in ordered)
    return (
        f"<p><b>This clip can show {n} of {len(measurable)} measures.</b></p>"
        f'<ul class="fc-can">{items}</ul>'
    )


def _can(title: str, ok: bool, reason: str) -> str:
    if ok and reason:
        return f"<li>{icon('watch', 16)} {esc(title)} (will be uncertain)</li>"
    if ok:
        return f"<li>{icon('ok', 16)} {esc(title)}</li>"
    return (
        f'<li class="fc-struck">{icon("none", 16)} <s>{esc(title)}</s>'
        '<span class="fc-hidden"> can\'t be measured from this clip</span></li>'
    )


def _asked_rate(entry: ClipEntry) -> float | None:
    """Return the frame rate that the last analysis asked about, to fill in the answer."""
    job = state.shared().jobs.view(entry.job) if entry.job else None
    if job is None or job.state != "failed":
        return None
    return asked_rate(job.error_code, job.error_hint)


def _corrections(entry: ClipEntry, options: AnalyzeOptions) -> None:
    asked = _asked_rate(entry)
    answered = options if asked is None else options.model_copy(update={"capture_fps": asked})
    new = corrections.form(answered, entry.id)
    if new is not None and new != options:
        # what the last analysis said was about other settings
        state.workspace().update(entry.id, options_json=new.model_dump_json(), job="")
        st.rerun()
