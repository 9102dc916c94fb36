"""A small drawn person in the poses of the tests, seen from the side, from behind or in front."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

Look = Literal["profile", "rear", "front"]
Point = tuple[float, float]

SKIN: Final = "#C68B66"
FAR_SKIN: Final = "#DDB89F"
HAIR: Final = "#3B2A22"
TOP: Final = "#1F6FB2"
SHORTS: Final = "#26323C"
FAR_SHORTS: Final = "#5F6B76"
SHOE: Final = "#A4161A"
FAR_SHOE: Final = "#CF8D8F"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """A pose in units of a hundredth of the standing height; x to the right, y up from the ground.

    Attributes
    ----------
    legs, arms : tuple of chains
        Hip, knee, ankle, toe; shoulder, elbow, wrist. The one farther from the viewer comes first.
    trunk : (Point, Point)
        Middle of the hips, neck.
    head : Point
    """

    look: Look
    legs: tuple[tuple[Point, Point, Point, Point], ...]
    arms: tuple[tuple[Point, Point, Point], ...]
    trunk: tuple[Point, Point]
    head: Point


RUN_PROFILE: Final = Pose(
    look="profile",
    legs=(
        ((0, 53), (-7, 31), (-25, 27), (-30, 20)),
        ((0, 53), (11, 32), (13, 7), (22, 6)),
    ),
    arms=(((4, 80), (11, 64), (22, 70)), ((4, 80), (-9, 66), (1, 57))),
    trunk=((0, 53), (5, 82)),
    head=(8, 93),
)
RUN_REAR: Final = Pose(
    look="rear",
    legs=(
        ((7, 53), (8, 32), (7, 22), (7, 15)),
        ((-7, 52), (-5, 28), (-4, 6), (-5, 2)),
    ),
    arms=(((11, 79), (18, 65), (12, 58)), ((-11, 79), (-18, 65), (-12, 58))),
    trunk=((0, 52), (0, 82)),
    head=(0, 93),
)
RUN_FRONT: Final = Pose(
    look="front",
    legs=(
        ((7, 53), (9, 37), (8, 20), (9, 14)),
        ((-7, 52), (-6, 28), (-5, 6), (-7, 2)),
    ),
    arms=(((11, 79), (17, 65), (11, 68)), ((-11, 79), (-17, 65), (-10, 60))),
    trunk=((0, 52), (0, 82)),
    head=(0, 93),
)
SQUAT_FRONT: Final = Pose(
    look="front",
    legs=(
        ((7, 42), (11, 27), (13, 12), (15, 8)),
        ((-6, 41), (-8, 24), (-7, 6), (-9, 2)),
    ),
    arms=(((10, 69), (14, 57), (4, 59)), ((-12, 69), (-16, 57), (-6, 59))),
    trunk=((0, 41), (-1, 72)),
    head=(-1, 83),
)
SQUAT_PROFILE: Final = Pose(
    look="profile",
    legs=(
        ((-8, 39), (9, 33), (22, 19), (30, 20)),
        ((-8, 39), (9, 27), (1, 6), (11, 2)),
    ),
    arms=(((5, 65), (17, 60), (30, 62)), ((5, 65), (16, 57), (29, 60))),
    trunk=((-8, 39), (6, 68)),
    head=(9, 79),
)
LAND_PROFILE: Final = Pose(
    look="profile",
    legs=(
        ((-9, 38), (9, 28), (3, 6), (13, 2)),
        ((-9, 38), (11, 27), (1, 6), (11, 2)),
    ),
    arms=(((5, 64), (-4, 52), (8, 47)), ((5, 64), (-6, 50), (5, 44))),
    trunk=((-9, 38), (6, 67)),
    head=(10, 78),
)
HINGE_PROFILE: Final = Pose(
    look="profile",
    legs=(
        ((-10, 49), (0, 28), (-1, 6), (9, 2)),
        ((-10, 49), (1, 27), (-2, 6), (8, 2)),
    ),
    arms=(((17, 62), (18, 47), (19, 33)), ((17, 62), (16, 46), (16, 32))),
    trunk=((-10, 49), (18, 65)),
    head=(29, 70),
)
LUNGE_PROFILE: Final = Pose(
    look="profile",
    legs=(
        ((-2, 36), (-14, 12), (-32, 10), (-36, 3)),
        ((-2, 36), (18, 32), (17, 6), (27, 2)),
    ),
    arms=(((0, 62), (3, 48), (8, 38)), ((0, 62), (-5, 48), (-1, 37))),
    trunk=((-2, 36), (1, 65)),
    head=(3, 76),
)
STAND_FRONT: Final = Pose(
    look="front",
    legs=(
        ((7, 52), (8, 28), (8, 6), (10, 2)),
        ((-7, 52), (-8, 28), (-8, 6), (-10, 2)),
    ),
    arms=(((11, 79), (15, 65), (14, 52)), ((-11, 79), (-15, 65), (-14, 52))),
    trunk=((0, 52), (0, 82)),
    head=(0, 93),
)
BALANCE_FRONT: Final = Pose(
    look="front",
    legs=(
        ((7, 53), (9, 33), (7, 20), (7, 15)),
        ((-7, 52), (-5, 28), (-3, 6), (-5, 2)),
    ),
    arms=(((11, 79), (21, 66), (8, 56)), ((-11, 79), (-21, 66), (-8, 56))),
    trunk=((0, 52), (0, 82)),
    head=(0, 93),
)
RISE_PROFILE: Final = Pose(
    look="profile",
    legs=(
        ((0, 57), (5, 35), (-13, 29), (-17, 22)),
        ((0, 57), (1, 33), (-2, 11), (7, 3)),
    ),
    arms=(((1, 85), (6, 70), (18, 68)), ((1, 85), (5, 69), (17, 66))),
    trunk=((0, 57), (1, 87)),
    head=(3, 98),
)


def drawn(pose: Pose, at: Point, height: float, *, mirrored: bool = False) -> str:
    """Return a pose as SVG elements.

    Parameters
    ----------
    at : (float, float)
        Where the ground under the body is.
    height : float
        Standing height in the drawing's units.
    mirrored : bool
        Facing left instead of right.
    """
    k = height / 100
    flip = -1 if mirrored else 1

    def place(p: Point) -> str:
        return f"{at[0] + flip * k * p[0]:.1f} {at[1] - k * p[1]:.1f}"

    def limb(points: tuple[Point, ...], width: float, colour: str) -> str:
        d = "M" + "L".join(place(p) for p in points)
        return (
            f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{k * width:.1f}" '
            'stroke-linecap="round" stroke-linejoin="round"/>'
        )

    far = pose.look == "profile"
    parts: list[str] = [limb(pose.arms[0], 5.5, FAR_SKIN if far else SKIN)]
    for i, (hip, knee, ankle, toe) in enumerate(pose.legs):
        pale = far and i == 0
        parts.append(limb((hip, knee, ankle), 8, FAR_SKIN if pale else SKIN))
        thigh = (hip[0] + 0.62 * (knee[0] - hip[0]), hip[1] + 0.62 * (knee[1] - hip[1]))
        parts.append(limb((hip, thigh), 11, FAR_SHORTS if pale else SHORTS))
        parts.append(limb((ankle, toe), 6.5, FAR_SHOE if pale else SHOE))
    hips, neck = pose.trunk
    wide = 15 if far else 21
    low = (hips[0] + 0.18 * (neck[0] - hips[0]), hips[1] + 0.18 * (neck[1] - hips[1]))
    high = (hips[0] + 0.8 * (neck[0] - hips[0]), hips[1] + 0.8 * (neck[1] - hips[1]))
    parts += [limb((hips, low), wide - 2, SHORTS), limb((low, high), wide, TOP)]
    parts.append(limb((neck, pose.head), 6, SKIN))
    parts.append(_head(pose, place, k))
    parts.append(limb(pose.arms[1], 5.5, SKIN))
    return "".join(parts)


def _head(pose: Pose, place: Callable[[Point], str], k: float) -> str:
    x, y = pose.head

    def ball(p: Point, r: float, colour: str) -> str:
        cx, cy = place(p).split()
        return f'<circle cx="{cx}" cy="{cy}" r="{k * r:.1f}" fill="{colour}"/>'

    if pose.look == "rear":
        return ball((x, y), 7.6, HAIR) + ball((x, y - 8), 3, HAIR)
    if pose.look == "front":
        return (
            ball((x, y + 1.2), 7.8, HAIR)
            + ball((x, y - 0.8), 6.4, SKIN)
            + ball((x - 2.3, y), 0.9, HAIR)
            + ball((x + 2.3, y), 0.9, HAIR)
        )
    return (
        ball((x - 7.5, y - 2), 3.2, HAIR)
        + ball((x - 1.2, y + 0.8), 7.6, HAIR)
        + ball((x + 1.2, y - 1), 6.2, SKIN)
    )
