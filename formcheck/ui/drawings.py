"""How-to-film drawings: where the phone stands, and what its picture should show. Made by us."""

from dataclasses import dataclass
from typing import Final

from formcheck.ui import figure
from formcheck.ui.chips import SVG, picture
from formcheck.ui.figure import Pose

WIDTH: Final = 400
HEIGHT: Final = 220
GROUND: Final = 172
TALL: Final = 112.0
AT: Final = 196.0
PHONE_X: Final = 34.0
_INK: Final = "#37424C"
_FONT: Final = 'font-family="sans-serif" font-size="18"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One drawing.

    Attributes
    ----------
    beside : Pose
        The runner as someone standing beside the whole scene sees her.
    seen : Pose
        The runner as the phone sees her.
    height_pct : float
        Height of the phone, % of the standing height.
    faces_phone : bool
        In the scene she looks toward the phone (left) instead of away from it.
    """

    beside: Pose
    seen: Pose
    alt: str
    height_pct: float = 54.0
    height_words: str = "hip height"
    faces_phone: bool = False
    treadmill: bool = False


SCENES: Final[dict[str, Scene]] = {
    "run_side": Scene(
        beside=figure.RUN_REAR,
        seen=figure.RUN_PROFILE,
        treadmill=True,
        alt=(
            "Drawing: the phone leans on a shelf at hip height, about 3 metres to the side of the "
            "runner. Its picture shows her from the side, head to feet."
        ),
    ),
    "run_rear": Scene(
        beside=figure.RUN_PROFILE,
        seen=figure.RUN_REAR,
        treadmill=True,
        alt=(
            "Drawing: the phone leans on a shelf at hip height, about 3 metres straight behind the "
            "runner. Its picture shows her from behind, head to feet."
        ),
    ),
    "hallway": Scene(
        beside=figure.RUN_PROFILE,
        seen=figure.RUN_REAR,
        alt=(
            "Drawing: the phone leans on something at hip height and does not move; the runner "
            "runs straight away from it. Its picture shows her from behind, head to feet."
        ),
    ),
    "squat": Scene(
        beside=figure.SQUAT_PROFILE,
        seen=figure.SQUAT_FRONT,
        height_pct=28.0,
        height_words="knee height",
        faces_phone=True,
        alt=(
            "Drawing: the phone leans on something at knee height, about 3 metres straight in "
            "front. Its picture shows a slow squat on one leg from the front, head to feet."
        ),
    ),
    "landing": Scene(
        beside=figure.STAND_FRONT,
        seen=figure.LAND_PROFILE,
        alt=(
            "Drawing: the phone leans on something at hip height, about 3 metres to the side. Its "
            "picture shows a landing with bent knees from the side, head to feet."
        ),
    ),
    "balance": Scene(
        beside=figure.RISE_PROFILE,
        seen=figure.BALANCE_FRONT,
        faces_phone=True,
        alt=(
            "Drawing: the phone leans on something at hip height, about 3 metres straight in "
            "front. Its picture shows standing on one leg, hands on the hips, head to feet."
        ),
    ),
    "rise": Scene(
        beside=figure.STAND_FRONT,
        seen=figure.RISE_PROFILE,
        height_pct=28.0,
        height_words="knee height",
        alt=(
            "Drawing: the phone leans on something at knee height, 2 to 3 metres to the side. Its "
            "picture shows a calf raise on one leg from the side, head to feet."
        ),
    ),
    "sit": Scene(
        beside=figure.STAND_FRONT,
        seen=figure.LAND_PROFILE,
        alt=(
            "Drawing: the phone leans on something at hip height, about 3 metres to the side. Its "
            "picture shows bent knees on the way down, from the side, head to feet."
        ),
    ),
    "hinge": Scene(
        beside=figure.STAND_FRONT,
        seen=figure.HINGE_PROFILE,
        alt=(
            "Drawing: the phone leans on something at hip height, about 3 metres to the side. Its "
            "picture shows bending forward at the hips from the side, head to feet."
        ),
    ),
    "lunge": Scene(
        beside=figure.STAND_FRONT,
        seen=figure.LUNGE_PROFILE,
        alt=(
            "Drawing: the phone leans on something at hip height, about 3 metres to the side. Its "
            "picture shows a long step with both knees bent, from the side, head to feet."
        ),
    ),
    "running_man": Scene(
        beside=figure.STAND_FRONT,
        seen=figure.RUN_PROFILE,
        alt=(
            "Drawing: the phone leans on something at hip height, about 3 metres to the side. Its "
            "picture shows the swing of a running leg while standing on the other, from the side."
        ),
    ),
    "jog": Scene(
        beside=figure.RUN_PROFILE,
        seen=figure.RUN_FRONT,
        faces_phone=True,
        alt=(
            "Drawing: the phone leans on something at hip height, about 3 metres in front. Its "
            "picture shows jogging on the spot from the front, head to feet."
        ),
    ),
}
# tests filmed lying down or with the phone turned sideways have words only
OF_PROTOCOL: Final[dict[str, tuple[str, ...]]] = {
    "treadmill_run": ("run_side", "run_rear"),
    "hallway_run": ("hallway",),
    "single_leg_squat": ("squat",),
    "double_squat": ("sit",),
    "single_leg_sit_to_stand": ("sit",),
    "hip_hinge": ("hinge",),
    "lunge": ("lunge",),
    "single_leg_running_man": ("running_man",),
    "hop_landing": ("landing",),
    "hop_in_place": ("landing",),
    "single_leg_balance": ("balance",),
    "calf_raise": ("rise",),
    "jog_on_spot": ("jog",),
}


def drawing(name: str) -> str:
    """Return a drawing as an inline picture with its description."""
    return picture(svg(SCENES[name]), SCENES[name].alt)


def svg(scene: Scene) -> str:
    """Return a drawing as SVG: on the left where the phone stands, on the right what it sees."""
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="10" fill="#F1F5F8"/>',
        f'<path d="M8 {GROUND}H262" stroke="#9AA5AF" stroke-width="2"/>',
        _phone(scene),
        _treadmill(scene) if scene.treadmill else "",
        figure.drawn(scene.beside, (AT, GROUND - 4), TALL, mirrored=scene.faces_phone),
        _distance(),
        _screen(scene),
    ]
    inside = "".join(parts)
    return f'<svg {SVG} viewBox="0 0 {WIDTH} {HEIGHT}" {_FONT}>{inside}</svg>'


def _phone(scene: Scene) -> str:
    y = GROUND - 4 - TALL * scene.height_pct / 100
    shelf = y + 13
    words_y = 26.0
    return (
        f'<path d="M{PHONE_X + 4} {y}L{AT - 6} {GROUND - 4 - TALL - 2}V{GROUND - 4}Z" '
        'fill="#1F6FB2" fill-opacity=".10"/>'
        f'<path d="M{PHONE_X + 6} {y}H{AT - 6}" stroke="#1F6FB2" stroke-dasharray="4 4"/>'
        f'<rect x="{PHONE_X - 3}" y="{y - 13}" width="6" height="26" rx="2" fill="#14324D"/>'
        f'<circle cx="{PHONE_X + 4}" cy="{y - 8}" r="1.8" fill="#1F6FB2"/>'
        f'<path d="M{PHONE_X - 16} {shelf}H{PHONE_X + 14}V{GROUND}M{PHONE_X - 14} {shelf}'
        f'V{GROUND}" fill="none" stroke="#8A6F55" stroke-width="3"/>'
        f'<text x="14" y="{words_y}" fill="{_INK}">phone upright,</text>'
        f'<text x="14" y="{words_y + 21}" fill="{_INK}">at {scene.height_words}</text>'
    )


def _treadmill(scene: Scene) -> str:
    top = GROUND - 4
    if scene.beside.look == "rear":
        return (
            f'<rect x="{AT - 24}" y="{top - 1}" width="48" height="6" rx="2" fill="#6B7680"/>'
            f'<path d="M{AT - 26} {top}V{top - 56}M{AT + 26} {top}V{top - 56}" stroke="#9AA5AF" '
            'stroke-width="3"/>'
        )
    return (
        f'<rect x="{AT - 50}" y="{top - 1}" width="104" height="6" rx="2" fill="#6B7680"/>'
        f'<path d="M{AT + 46} {top}L{AT + 54} {top - 62}M{AT + 54} {top - 60}H{AT + 32}" '
        'fill="none" stroke="#9AA5AF" stroke-width="4" stroke-linecap="round"/>'
    )


def _distance() -> str:
    y = GROUND + 16
    return (
        f'<path d="M{PHONE_X} {y}H{AT}M{PHONE_X + 6} {y - 4}l-6 4 6 4M{AT - 6} {y - 4}l6 4 -6 4" '
        f'fill="none" stroke="{_INK}" stroke-width="1.5"/>'
        f'<text x="{(PHONE_X + AT) / 2}" y="{y + 21}" text-anchor="middle" fill="{_INK}">'
        "about 3 m or more</text>"
    )


def _screen(scene: Scene) -> str:
    x, y, w, h = 282, 14, 104, 186
    ground = y + h - 26
    return (
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="12" fill="#14324D"/>'
        f'<rect x="{x + 6}" y="{y + 10}" width="{w - 12}" height="{h - 20}" rx="3" fill="#FFFFFF"/>'
        f'<rect x="{x + 6}" y="{ground - 4}" width="{w - 12}" height="{h - 6 - (ground - y)}" '
        'fill="#E3E8EC"/>'
        + figure.drawn(scene.seen, (x + w / 2, ground), 126)
        + f'<path d="M{x + 14} {y + 28}v-10h10M{x + w - 24} {y + 18}h10v10M{x + 14} '
        f'{y + h - 28}v10h10M{x + w - 24} {y + h - 18}h10v-10" fill="none" stroke="#1F6FB2" '
        'stroke-width="2"/>'
    )
