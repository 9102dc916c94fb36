"""Evidence: the same phase left against right, as pictures and as numbers with their intervals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from formcheck.keypoints import SIDES, Side
from formcheck.render.moment_picture import MomentPicture
from formcheck.render.moments import Moment
from formcheck.results import KeyFrame, Measurement
from formcheck.ui import numbers
from formcheck.ui.pt import consult, work
from formcheck.ui.pt.consult import Consult, Shown
from formcheck.ui.pt.work import Opened
from formcheck.ui.reading import Reader
from formcheck.ui.results import inside
from formcheck.ui.text import plain, protocol_title

PHASES = {
    "foot strike": "Initial contact",
    "mid-stance": "Mid-stance",
    "peak hip drop": "Peak pelvic drop",
    "toe-off": "Toe-off",
    "start": "Start",
    "landing": "Landing",
    "deepest point": "Deepest point",
}
_TYPICAL: Final = -1
# in a movement test and on the run: what else belongs to a phase, beyond what its picture shows
ALSO = {
    "foot strike": ("tibia_angle_at_contact", "foot_inclination_at_contact", "overstride"),
    "toe-off": ("peak_hip_extension",),
    "peak hip drop": ("pelvic_drop", "pelvic_drop_excursion"),
    "mid-stance": ("pelvic_drop", "pelvic_drop_excursion", "trunk_side_lean"),
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Half:
    """One side of a pair: the clip it comes from and its moment."""

    work: Opened
    moment: Moment


Pairs = Mapping[str, Mapping[str, Half]]


def show(_open_now: Consult) -> None:
    """Draw the part."""
    groups = grouped(consult.shown_clips())
    if not groups:
        st.markdown("No clip of this session has a result yet. Drop and analyse clips first.")
        return
    titles = list(groups)
    with st.container(horizontal=True, key="pt_evidence_bar"):
        chosen = st.selectbox("Test and view", titles, key="pt_evidence_group")
        clips = groups[chosen]
        with st.spinner("Opening the measurements ..."):
            whole = [w for w in (work.opened(c) for c in clips) if w is not None]
        if not whole:
            _stored(clips)
            return
        steps = {side: _step_of(whole, side) for side in SIDES}
    pairs = pairs_of(whole, steps)
    if not pairs:
        _stored(clips)
        return
    names = list(pairs)
    name = st.segmented_control(
        "Phase",
        names,
        format_func=lambda n: PHASES.get(n, n),
        default=names[_best(names)],
        required=True,
        key=f"pt_phase_{chosen}",
    )
    # another step may lack the phase that was chosen before
    pair = pairs[name if name in pairs else names[0]]
    draw_pair(pair)
    _numbers(pair)


def grouped(clips: tuple[Shown, ...]) -> dict[str, tuple[Shown, ...]]:
    """Return the clips by test and view: a left and a right clip of one test make one pair."""
    found: dict[str, tuple[Shown, ...]] = {}
    for clip in clips:
        view = consult.VIEW_TITLE[clip.analysis.clip.view].lower()
        title = f"{protocol_title(clip.analysis.protocol.id)}, {view}"
        found[title] = (*found.get(title, ()), clip)
    return found


def _step_of(whole: list[Opened], side: str) -> int | None:
    """Let one step of a side be chosen instead of the typical one."""
    options: list[int] = [_TYPICAL]
    for opened in whole[-1:]:
        trial, out = opened.draft.trial, opened.draft.left_out
        rows: list[str] = [s.side for s in trial.steps] or [str(r.side) for r in trial.reps]
        options += [i for i, s in enumerate(rows) if s in (side, "both") and i not in out]
    chosen = st.selectbox(
        f"{side.capitalize()} step",
        options,
        format_func=lambda i: "typical" if i == _TYPICAL else f"number {i + 1}",
        key=f"pt_evidence_{side}",
        width=160,
    )
    return None if chosen == _TYPICAL else chosen


def pairs_of(whole: list[Opened], steps: Mapping[Side, int | None]) -> Pairs:
    """Return the moment of each side by phase; one clip may show one side, the next the other."""
    found: dict[str, dict[str, Half]] = {}
    for opened in whole:
        for side in SIDES:
            index = steps.get(side) if opened is whole[-1] else None
            for moment in work.moments(opened, index):
                if moment.side == side:
                    half = Half(work=opened, moment=moment)
                    found.setdefault(moment.name, {})[side] = half
    order = list(PHASES)
    return {n: found[n] for n in sorted(found, key=lambda n: order.index(n) if n in order else 99)}


def _best(names: list[str]) -> int:
    """Return which phase to open with: the one that shows a main measure."""
    wanted = ("peak hip drop", "deepest point", "mid-stance", "foot strike")
    return next((names.index(w) for w in wanted if w in names), 0)


def draw_pair(pair: Mapping[str, Half], *, large: bool = False) -> None:
    """Show left and right side by side."""
    # a picture that stands alone takes a phone's whole width
    key = "pt_single" if len(pair) == 1 else "pt_pair"
    with st.container(key=f"{key}_large" if large else key):
        for column, side in zip(st.columns(2, gap="small"), SIDES, strict=True):
            with column:
                half = pair.get(side)
                if half is None:
                    st.markdown(f"**{side.capitalize()}**: not shown by these clips.")
                    continue
                _half(half, side)


def _half(half: Half, side: str) -> None:
    made: MomentPicture | None = work.picture(half.work, half.moment)
    if made is not None:
        st.image(made.image, caption=plain(made.caption), alt=made.alt, width="stretch")
        return
    frame = _stored_frame(half.work.clip, side, half.moment.name)
    if frame is None:
        st.markdown(f"**{side.capitalize()}**: the video was deleted, and no picture was kept.")
        return
    _stored_image(half.work.clip, frame)


def _stored_frame(clip: Shown, side: str, name: str) -> KeyFrame | None:
    stem = name.replace(" ", "_").replace("-", "_")
    return next((f for f in clip.analysis.frames if f"_{side}_{stem}" in f.path), None)


def _stored_image(clip: Shown, frame: KeyFrame) -> None:
    path = inside(clip.folder, frame.path)
    if path is not None:
        st.image(str(path), caption=plain(frame.caption), alt=frame.alt, width="stretch")


def _stored(clips: tuple[Shown, ...]) -> None:
    """Show the pictures as they were drawn, where nothing can be measured again."""
    st.caption("These clips were analysed by an older formcheck: the pictures are as drawn then.")
    columns = st.columns(2)
    frames = [(c, f) for c in clips for f in c.analysis.frames]
    for i, (clip, frame) in enumerate(frames):
        with columns[i % 2]:
            _stored_image(clip, frame)


def _numbers(pair: Mapping[str, Half]) -> None:
    """Show the values that belong to the phase: left from the left clip, right from the right."""
    blocks = []
    for measure_id in measures_of(pair):
        rows = rows_of(pair, measure_id)
        if any(m.value is not None for m in rows):
            reader = Reader(next(iter(pair.values())).work.analysis, clinical=True)
            blocks.append(numbers.block(reader, measure_id, rows))
    if not blocks:
        st.html("<p>No number belongs to this phase.</p>")
        return
    st.caption(numbers.HOW_TO_READ)
    st.html("".join(blocks))


def measures_of(pair: Mapping[str, Half]) -> tuple[str, ...]:
    """Return the measures of a phase, those drawn in the picture first."""
    ids = [i for half in pair.values() for i in half.moment.measure_ids]
    ids += [i for half in pair.values() for i in ALSO.get(half.moment.name, ())]
    return tuple(dict.fromkeys(ids))


def rows_of(pair: Mapping[str, Half], measure_id: str) -> list[Measurement]:
    """Return a measure's values: each side from the clip that shows it."""
    rows: list[Measurement] = []
    for side, half in pair.items():
        for m in half.work.analysis.measurements:
            if m.id == measure_id and m.side in (side, "both") and m not in rows:
                rows.append(m)
    return rows
