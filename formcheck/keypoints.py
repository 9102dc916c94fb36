"""The 33 body landmarks of MediaPipe Pose: names, indices, left/right pairs, bones.

Sides are the runner's own. Everywhere else landmarks are addressed by name.
"""

from enum import StrEnum
from typing import Final, Literal

Side = Literal["left", "right"]
SIDES: Final[tuple[Side, Side]] = ("left", "right")


class View(StrEnum):
    """Which way the camera looks at the runner."""

    SIDE = "side"
    REAR = "rear"
    FRONT = "front"


NAMES: Final[tuple[str, ...]] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
N_KEYPOINTS: Final = len(NAMES)
INDEX: Final[dict[str, int]] = {name: i for i, name in enumerate(NAMES)}

LEG_JOINTS: Final[tuple[str, ...]] = ("hip", "knee", "ankle", "heel", "foot_index")
ARM_JOINTS: Final[tuple[str, ...]] = ("shoulder", "elbow", "wrist", "pinky", "index", "thumb")
FACE: Final[tuple[int, ...]] = tuple(range(11))

BONES: Final[tuple[tuple[str, str], ...]] = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    *(
        (f"{side}_{a}", f"{side}_{b}")
        for side in SIDES
        for a, b in (
            ("shoulder", "elbow"),
            ("elbow", "wrist"),
            ("shoulder", "hip"),
            ("hip", "knee"),
            ("knee", "ankle"),
            ("ankle", "heel"),
            ("heel", "foot_index"),
            ("ankle", "foot_index"),
        )
    ),
)


def other(side: Side) -> Side:
    """Return the opposite side."""
    return "right" if side == "left" else "left"


def index_of(side: Side, joint: str) -> int:
    """Return the landmark index of `joint` (``hip``, ``knee``, ...) on `side`."""
    return INDEX[f"{side}_{joint}"]


def swap_index() -> tuple[int, ...]:
    """Return the permutation that exchanges left and right landmarks."""
    out = []
    for name in NAMES:
        if "left" in name:
            out.append(INDEX[name.replace("left", "right")])
        elif "right" in name:
            out.append(INDEX[name.replace("right", "left")])
        else:
            out.append(INDEX[name])
    return tuple(out)


SWAP: Final[tuple[int, ...]] = swap_index()
