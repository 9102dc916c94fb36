"""Put one landmark where it belongs, in one picture, by small steps."""

from typing import Final

import cv2
import numpy as np
import streamlit as st

from formcheck.data import sample_at
from formcheck.edits import Edit, NudgeLandmark
from formcheck.keypoints import INDEX, SIDES
from formcheck.render.draw import Image
from formcheck.ui.pt import work
from formcheck.ui.pt.steps import moments_of, spans_of
from formcheck.ui.pt.work import Opened

JOINTS: Final = {
    "knee": "knee",
    "ankle": "ankle",
    "hip": "hip",
    "heel": "heel",
    "foot_index": "toe",
    "shoulder": "shoulder",
}
_WINDOW: Final = 0.16
_SIDE_PX: Final = 520
_BLUE: Final = (77, 184, 255)
_AMBER: Final = (255, 194, 10)


def show(opened: Opened) -> Edit | None:
    """Draw the part; return the correction asked for."""
    if not opened.has_video:
        st.markdown("The video was deleted: a landmark can't be placed without its picture.")
        return None
    frame, name = _choose(opened)
    found = _found(opened, frame, name)
    if found is None:
        st.markdown("This point was not seen at this moment.")
        return None
    key = f"pt_nudge_{opened.clip.entry.id}_{frame}_{name}_{len(opened.log.active)}"
    moved = st.session_state.setdefault(key, (0.0, 0.0))
    picture, controls = st.columns([3, 2], gap="medium")
    with controls:
        _buttons(key, moved)
    to = (found[0] + moved[0], found[1] + moved[1])
    with picture:
        _picture(opened, frame, found, to, name)
    with controls:
        if st.button("Set the landmark here", key="pt_nudge_set", type="primary",
                     disabled=moved == (0.0, 0.0)):  # fmt: skip
            st.session_state.pop(key, None)
            return NudgeLandmark(frame=frame, landmark=name, to_px=to)
    return None


def _choose(opened: Opened) -> tuple[int, str]:
    """Let picture and landmark be chosen: a step's moment, then how far from it."""
    spans = spans_of(opened.draft)
    time_s = opened.draft.trial.raw.time_s
    left, middle, right = st.columns(3)
    with left:
        index = st.selectbox(
            "Step", range(len(spans)), format_func=lambda i: f"{i + 1}: {spans[i][0]}",
            key="pt_nudge_step",
        )  # fmt: skip
    found = moments_of(opened.draft, index)
    with middle:
        by = st.number_input("Pictures after its first moment", -60, 60, 0, key="pt_nudge_by")
    with right:
        sides = SIDES if spans[index][0] != "right" else SIDES[::-1]
        names = [f"{s}_{j}" for s in sides for j in JOINTS]
        name = st.selectbox("Landmark", names, format_func=_words, key="pt_nudge_name")
    home = int(np.argmin(np.abs(time_s - next(iter(found.values())))))
    return int(np.clip(home + int(by), 0, time_s.size - 1)), name


def _words(name: str) -> str:
    side, joint = name.split("_", 1)
    return f"{side} {JOINTS[joint]}"


def _found(opened: Opened, frame: int, name: str) -> tuple[float, float] | None:
    trial = opened.draft.trial
    at = sample_at(
        trial.pose.time_s, trial.pose.xy_px[:, INDEX[name]], float(trial.raw.time_s[frame])
    )
    return (float(at[0]), float(at[1])) if np.isfinite(at).all() else None


def _buttons(key: str, moved: tuple[float, float]) -> None:
    size = (
        st.segmented_control(
            "Step size, pixels", [1, 5, 20], required=True, default=5, key="pt_nudge_size"
        )
        or 5
    )
    moves = (("\u2190", "left", -1, 0), ("\u2191", "up", 0, -1), ("\u2193", "down", 0, 1),
             ("\u2192", "right", 1, 0))  # fmt: skip
    with st.container(horizontal=True):
        for sign, word, dx, dy in moves:
            if st.button(f"{sign} {word}", key=f"pt_nudge_{word}"):
                st.session_state[key] = (moved[0] + dx * size, moved[1] + dy * size)
                st.rerun()
    st.caption(f"Moved {moved[0]:+.0f} px to the right, {moved[1]:+.0f} px down.")


def _picture(
    opened: Opened, frame: int, found: tuple[float, float], to: tuple[float, float], name: str
) -> None:
    image = work.frame(opened, frame)
    if image is None:
        st.markdown("This picture can't be decoded.")
        return
    at_s = float(opened.draft.trial.raw.time_s[frame])
    st.image(
        marked(image, found, to),
        caption=f"Picture {frame + 1}, {at_s:.2f} s. Ring: as found. Cross: the new place.",
        alt=f"The {_words(name)} enlarged, with a ring where it was found and a cross at the new "
        "place",
        width="stretch",
    )


def marked(image: Image, found: tuple[float, float], to: tuple[float, float]) -> Image:
    """Return the surroundings of a landmark, enlarged, with a ring and a cross.

    Parameters
    ----------
    image : ndarray of uint8, shape (H, W, 3)
    found, to : (float, float)
        Pixels of `image`.

    Returns
    -------
    ndarray of uint8
        A square whose middle is `found`.
    """
    half = round(_WINDOW * max(image.shape[:2]))
    pad = cv2.copyMakeBorder(image, half, half, half, half, cv2.BORDER_REPLICATE)
    x, y = (round(v) for v in found)
    part = pad[y : y + 2 * half, x : x + 2 * half]
    scale = _SIDE_PX / (2 * half)
    shown = cv2.resize(part, (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_CUBIC)
    ring = (_SIDE_PX // 2, _SIDE_PX // 2)
    cross = tuple(round(_SIDE_PX / 2 + (b - a) * scale) for a, b in zip(found, to, strict=True))
    for colour, thick in (((0, 0, 0), 5), (_BLUE, 2)):
        cv2.circle(shown, ring, 14, colour, thick, cv2.LINE_AA)
    for colour, thick in (((0, 0, 0), 7), (_AMBER, 3)):
        cv2.drawMarker(shown, cross, colour, cv2.MARKER_CROSS, 26, thick, cv2.LINE_AA)
    return np.asarray(shown)
