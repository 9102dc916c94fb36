"""The list of steps: leave one out, and move its contact picture by picture."""

from typing import Final

import numpy as np
import streamlit as st

from formcheck.edits import CountStep, Draft, Edit, MoveContact
from formcheck.edits.model import Moment
from formcheck.registry import MEASURES
from formcheck.render.draw import Image
from formcheck.render.moments import value_within
from formcheck.render.wording import number, title_of, unit_text
from formcheck.results import ResultSide
from formcheck.settings.render import RenderSettings
from formcheck.ui.pt import work
from formcheck.ui.pt.work import Opened
from formcheck.ui.text import esc

MAX_COLUMNS: Final = 3
_LEAD_S: Final = 0.03
_MOMENTS: Final[dict[Moment, str]] = {
    "foot_strike": "Foot strike",
    "toe_off": "Toe-off",
    "deepest": "Deepest moment",
}


def show(opened: Opened) -> Edit | None:
    """Draw the list and the chosen step; return the correction asked for."""
    spans = spans_of(opened.draft)
    if not spans:
        st.markdown("No step or repetition was found in this clip.")
        return None
    st.html(table(opened))
    labels = [_label(opened.draft, i) for i in range(len(spans))]
    index = st.selectbox(
        "Step", range(len(spans)), format_func=labels.__getitem__, key="pt_step", width=360
    )
    left_out = index in opened.draft.left_out
    side, at_s = _who(opened.draft, index)
    words = "Count this step again" if left_out else "Leave this step out"
    if st.button(words, key="pt_count"):
        return CountStep(side=side, time_s=at_s, counted=left_out)
    if left_out:
        st.caption("This step is left out: its moments change nothing until it counts again.")
        return None
    return _contact(opened, index)


def spans_of(draft: Draft) -> list[tuple[ResultSide, float, float]]:
    """Return side, begin and end of every step or repetition, also those left out."""
    trial = draft.trial
    if trial.steps:
        return [(s.side, s.strike_s - _LEAD_S, s.end_s or s.strike_s + 0.4) for s in trial.steps]
    return [(r.side, r.start_s, r.end_s) for r in trial.reps]


def _who(draft: Draft, index: int) -> tuple[ResultSide, float]:
    if draft.trial.steps:
        step = draft.trial.steps[index]
        return step.side, step.strike_s
    rep = draft.trial.reps[index]
    return rep.side, rep.deepest_s


def _label(draft: Draft, index: int) -> str:
    side, at_s = _who(draft, index)
    out = ", left out" if index in draft.left_out else ""
    return f"{index + 1}: {side}, {at_s:.2f} s{out}"


def table(opened: Opened) -> str:
    """Return the steps with their own values of the main measures."""
    draft, analysis = opened.draft, opened.analysis
    measured = [m for m in analysis.measurements if m.value is not None and m.per_step]
    ids = [i for i in dict.fromkeys(m.id for m in measured) if MEASURES[i].sided]
    ids = sorted(ids, key=lambda i: not MEASURES[i].core)[:MAX_COLUMNS]
    head = "".join(f'<th scope="col">{esc(title_of(i))}</th>' for i in ids)
    rows: list[str] = []
    for k, (side, start, end) in enumerate(spans_of(draft)):
        cells = "".join(f"<td>{esc(_value(opened, i, side, (start, end)))}</td>" for i in ids)
        out = k in draft.left_out
        state = "left out" if out else "counted"
        rows.append(
            f'<tr{" class=fc-struck" if out else ""}><th scope="row">{k + 1}</th>'
            f"<td>{side}</td><td>{_who(draft, k)[1]:.2f} s</td>{cells}<td>{state}</td></tr>"
        )
    return (
        '<div class="fc-scroll fc-low" tabindex="0" role="region" aria-label="Steps">'
        '<table class="fc-table fc-tight"><thead><tr><th scope="col">Step</th>'
        f'<th scope="col">Side</th><th scope="col">Time</th>{head}<th scope="col">State</th>'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _value(opened: Opened, measure_id: str, side: str, span: tuple[float, float]) -> str:
    for m in opened.analysis.measurements:
        if m.id == measure_id and m.side in (side, "both"):
            value = value_within(m, *span)
            if np.isfinite(value):
                return f"{number(value, m.unit, RenderSettings())}{unit_text(m.unit)}"
    return ""


def moments_of(draft: Draft, index: int) -> dict[Moment, float]:
    """Return the moments of a step that can be moved."""
    if not draft.trial.steps:
        return {"deepest": draft.trial.reps[index].deepest_s}
    step = draft.trial.steps[index]
    found: dict[Moment, float] = {"foot_strike": step.strike_s}
    if step.toe_off_s is not None:
        found["toe_off"] = step.toe_off_s
    return found


def _contact(opened: Opened, index: int) -> Edit | None:
    """Step through the pictures around a moment, and set it to the one shown."""
    found = moments_of(opened.draft, index)
    st.subheader("Move a moment")
    names = list(found)
    moment = names[0]
    if len(names) > 1:
        moment = (
            st.segmented_control(
                "Moment",
                names,
                format_func=_MOMENTS.__getitem__,
                required=True,
                default=names[0],
                key="pt_moment",
            )
            or names[0]
        )
    time_s = opened.draft.trial.raw.time_s
    home = int(np.argmin(np.abs(time_s - found[moment])))
    key = f"pt_at_{opened.clip.entry.id}_{index}_{moment}"
    at = int(st.session_state.get(key, home))
    with st.container(horizontal=True, vertical_alignment="center", key="pt_frame_bar"):
        for label, by in (("\u2039\u2039 5", -5), ("\u2039 picture", -1), ("picture \u203a", 1),
                          ("5 \u203a\u203a", 5)):  # fmt: skip
            if st.button(label, key=f"pt_by_{by}", help=f"{abs(by)} pictures {_way(by)}"):
                st.session_state[key] = int(np.clip(at + by, 0, time_s.size - 1))
                st.rerun()
        st.html(f'<span class="fc-note">{esc(_where(at, home, float(time_s[at])))}</span>')
    _pictures(opened, index, at)
    side, _ = _who(opened.draft, index)
    if st.button(
        f"Set the {_MOMENTS[moment].lower()} here", key="pt_set", type="primary",
        disabled=at == home,
    ):  # fmt: skip
        st.session_state.pop(key, None)
        return MoveContact(moment=moment, side=side, time_s=found[moment], to_s=float(time_s[at]))
    return None


def _way(by: int) -> str:
    return "back" if by < 0 else "forward"


def _where(at: int, home: int, at_s: float) -> str:
    if at == home:
        return f"picture {at + 1}, {at_s:.3f} s: where it was found"
    way = "before" if at < home else "after"
    return f"picture {at + 1}, {at_s:.3f} s: {abs(at - home)} {way} where it was found"


def _pictures(opened: Opened, index: int, at: int) -> None:
    """Show the picture before, the one itself and the one after, cut to the legs."""
    if not opened.has_video:
        st.caption("The video was deleted: moments can be moved by their times only.")
        return
    last = opened.draft.trial.raw.time_s.size - 1
    frames = [f for f in (at - 1, at, at + 1) if 0 <= f <= last]
    with st.container(key="pt_three"):
        for column, number_ in zip(st.columns(len(frames)), frames, strict=True):
            image = work.frame(opened, number_)
            if image is None:
                continue
            words = "this picture" if number_ == at else ("before" if number_ < at else "after")
            with column:
                st.image(
                    cut_to_legs(opened, image, number_),
                    caption=f"{number_ + 1} ({words})",
                    alt=f"Legs in picture {number_ + 1}, step {index + 1}, {words}",
                    width="stretch",
                )


def cut_to_legs(opened: Opened, image: Image, frame: int) -> Image:
    """Return the part of a frame below the hips, with some room; the whole where nobody is."""
    xy = opened.draft.trial.raw.xy_px[frame, 23:]
    xy = xy[np.isfinite(xy).all(axis=1)]
    if xy.shape[0] < 4:
        return image
    low, high = xy.min(axis=0), xy.max(axis=0)
    tall = max(high[1] - low[1], 40.0)
    room = 0.18 * tall
    wide = max(high[0] - low[0] + 2 * room, 0.75 * tall)
    centre = 0.5 * (low[0] + high[0])
    left, right = (
        int(np.clip(v, 0, image.shape[1])) for v in (centre - wide / 2, centre + wide / 2)
    )
    top, bottom = (int(np.clip(v, 0, image.shape[0])) for v in (low[1] - room, high[1] + room))
    return np.ascontiguousarray(image[top:bottom, left:right])
