"""What the user may correct or add before the analysis: one form, applied at once."""

from typing import Any, Final, get_args

import streamlit as st

from formcheck.readiness.battery import ONE_LEG_TESTS
from formcheck.settings import AnalyzeOptions, ModelName
from formcheck.ui.text import (
    FACINGS,
    LEGS,
    MODELS,
    SPEED_UNITS,
    SURFACES,
    VIEWS,
    protocol_title,
    protocols_in_order,
)

MAX_BELT_MPS: Final = 11.9
MIN_BELT_MPS: Final = 0.25


def form(options: AnalyzeOptions, clip_id: str) -> AnalyzeOptions | None:
    """Show the form, filled with `options`; return the new options when it was applied."""
    with st.form(f"corrections_{clip_id}", border=False):
        left, right = st.columns(2)
        with left:
            choices = _what_is_shown(options)
        with right:
            choices |= _how_it_was_filmed(options)
        st.markdown("**For lengths in centimetres, give one of these**")
        choices |= _scale(options)
        if not st.form_submit_button("Apply and check again"):
            return None
    return AnalyzeOptions.model_validate(options.model_dump() | choices)


def _select(label: str, words: dict[str, str], value: str, text: str | None = None) -> str:
    keys = list(words)
    return st.selectbox(
        label, keys, index=keys.index(value), format_func=words.__getitem__, help=text
    )


def _what_is_shown(options: AnalyzeOptions) -> dict[str, Any]:
    tests = {"auto": protocol_title("auto")} | {p.id: p.title for p in protocols_in_order()}
    choices = {
        "protocol": _select("What was filmed?", tests, options.protocol),
        "view": _select("Where does the phone stand?", VIEWS, options.view),
        "facing": _select("Which way do you face?", FACINGS, options.facing),
    }
    if options.protocol in ONE_LEG_TESTS:
        choices["leg"] = _select("Which leg does the test?", LEGS, options.leg)
    else:
        choices["surface"] = _select("Where do you run?", SURFACES, options.surface)
    return choices


def _how_it_was_filmed(options: AnalyzeOptions) -> dict[str, Any]:
    fps = st.number_input(
        "Filmed in slow motion? At how many pictures a second?",
        min_value=5.0,
        max_value=1000.0,
        value=options.capture_fps,
        step=10.0,
        format="%.0f",
        placeholder="for example 240; empty = find out",
    )
    models = {name: MODELS[name] for name in get_args(ModelName)}
    model = _select("How carefully?", models, options.model)
    mirrored = st.checkbox(
        "Filmed in selfie mode (left and right are swapped)", value=options.mirrored
    )
    blur = st.checkbox("Blur my face in the pictures", value=options.blur_face)
    return {"capture_fps": fps, "model": model, "mirrored": mirrored, "blur_face": blur}


def _scale(options: AnalyzeOptions) -> dict[str, Any]:
    first, second, third = st.columns(3)
    with first:
        height = st.number_input(
            "Height, cm", min_value=81.0, max_value=229.0, value=options.height_cm, format="%.0f"
        )
    with second:
        shown = None if options.belt_speed_mps is None else round(options.belt_speed_mps * 3.6, 2)
        speed = st.number_input(
            "Treadmill speed", min_value=0.3, max_value=43.0, value=shown, format="%.1f"
        )
    with third:
        unit = st.selectbox("Speed in", list(SPEED_UNITS))
    mps = None if speed is None else speed * SPEED_UNITS[unit]
    if mps is not None:
        mps = min(max(mps, MIN_BELT_MPS), MAX_BELT_MPS)
    return {"height_cm": height, "belt_speed_mps": mps}
