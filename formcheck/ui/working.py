"""While an analysis runs: named steps, counts, time left, and a way out."""

from typing import Final

import streamlit as st

from formcheck.jobs import JobView
from formcheck.settings.app import AppSettings
from formcheck.ui import engine, state
from formcheck.ui.chips import icon
from formcheck.ui.text import clip_title, esc, plain, seconds_text
from formcheck.ui.workspace import ClipEntry

_WATCHED: Final = "formcheck_watched"
COUNTED: Final[dict[str, str]] = {
    "Reading": "frame {done} of {total}",
    "Finding you": "frame {done} of {total}",
    "Drawing": "picture {done} of {total}",
}


def page(entry: ClipEntry, key: str) -> None:
    """Draw the page; it looks again by itself until the analysis has ended."""
    st.title("Working on your clip")
    st.markdown(f"**{plain(clip_title(entry.name))}**")
    st.session_state[_WATCHED] = key
    first = state.workspace().first_look(entry.id)
    if first is None:
        st.fragment(_steps, run_every=state.settings().poll_s)(key)
        return
    steps, picture = st.columns([6, 5], gap="large")
    with steps:
        st.fragment(_steps, run_every=state.settings().poll_s)(key)
    with picture, st.container(key="first_look"):
        st.image(
            str(first),
            caption="First look: this is who is followed. Now every picture is looked at closely.",
            alt="One picture of your clip with the body's lines drawn over the person found",
            width="stretch",
        )


def was_watched(key: str) -> bool:
    """Tell, once, whether this tab was watching the job of `key`."""
    watched = st.session_state.get(_WATCHED)
    if watched != key or not key:
        return False
    st.session_state.pop(_WATCHED)
    return True


def _steps(key: str) -> None:
    view = state.shared().jobs.view(key)
    if view is None or not view.active:
        st.rerun(scope="app")
        return
    chosen = state.settings()
    st.progress(share_done(view, chosen), text=left_text(view, chosen))
    st.html(steps_html(view, engine.stages()))
    if st.button("Cancel", key="cancel_job"):
        state.shared().jobs.cancel(key)
        st.toast("Stopping ...")
        st.caption("Stopping after the frame it is on.")


def share_done(view: JobView, chosen: AppSettings) -> float:
    """Return how much of the work is behind, 0 to 1, by the usual share of each step."""
    shares = chosen.stage_shares
    names = list(shares)
    if view.stage not in shares:
        return 0.0
    before = sum(shares[n] for n in names[: names.index(view.stage)])
    inside = view.done / view.total if view.total else 0.0
    total = sum(shares.values())
    return min(1.0, max(0.0, (before + shares[view.stage] * min(inside, 1.0)) / total))


def left_s(view: JobView, chosen: AppSettings) -> float | None:
    """Return the seconds the rest may take, None while it can't be told."""
    step = view.stage_left_s
    shares = chosen.stage_shares
    if step is None or view.stage not in shares or view.stage_s < chosen.eta_after_s:
        return None
    # the first pictures wait for the models to load and tell nothing of the pace
    if view.done < chosen.eta_after_share * view.total:
        return None
    names = list(shares)
    after = sum(shares[n] for n in names[names.index(view.stage) + 1 :])
    whole_step = view.stage_s + step
    return step + whole_step * after / shares[view.stage]


def left_text(view: JobView, chosen: AppSettings) -> str:
    """Write where things stand in one line."""
    if view.state == "queued":
        clips = "one clip" if view.ahead == 1 else f"{view.ahead} clips"
        return f"Waiting: {clips} before yours." if view.ahead else "Starting."
    left = left_s(view, chosen)
    if left is None:
        return "Working. You can leave this page and come back."
    words = seconds_text(left)
    return f"{words[0].upper()}{words[1:]} left. You can leave this page and come back."


def steps_html(view: JobView, names: tuple[str, ...]) -> str:
    """Return the list of steps: done, now, to come; in words for screen readers too."""
    items: list[str] = []
    reached = names.index(view.stage) if view.stage in names else -1
    for i, name in enumerate(names):
        if i < reached:
            items.append(f'<li class="done">{icon("ok")}<span>{esc(name)}: done</span></li>')
        elif i == reached:
            count = _count(view)
            words = f"{name} ({count})" if count else name
            items.append(
                f'<li class="now" aria-current="step"><span class="fc-dot"></span>'
                f"<span>{esc(words)}</span></li>"
            )
        else:
            items.append(f'<li><span class="fc-dot"></span><span>{esc(name)}</span></li>')
    return f'<ol class="fc-steps">{"".join(items)}</ol>'


def _count(view: JobView) -> str:
    if view.total <= 1 or view.stage not in COUNTED:
        return ""
    return COUNTED[view.stage].format(done=view.done, total=view.total)
