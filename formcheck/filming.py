"""How to film, in the words shown to the user; shared by measures, protocols and quality."""

from typing import Final

SIDE_RUN: Final = (
    "Film from the side, phone upright at hip height about 3 m away, whole body in the picture, "
    "60 frames per second or more."
)
SIDE_ANY: Final = (
    "Film from the side, phone level at hip height about 3 m away, whole body in the picture."
)
REAR_RUN: Final = (
    "Film from straight behind, phone level at hip height about 3 m away, in fitted clothes, "
    "60 frames per second if you can."
)
STICKERS: Final = (
    "Two round stickers in a colour that stands out, 2.5 to 3 cm wide, on the waistband over the "
    "two dimples of the lower back, shirt above them, make pelvic drop more certain."
)
REAR_STICKERS: Final = f"{REAR_RUN} {STICKERS}"
FRONTAL_RUN: Final = (
    "Film from straight behind or straight in front, phone level at hip height about 3 m away."
)
ANY_RUN: Final = (
    "Film 15 to 20 seconds of steady running, whole body in the picture, 60 frames per second "
    "or more."
)
FRONT_SQUAT: Final = (
    "Film from straight in front, phone at knee height about 3 m away, toes pointing at the phone, "
    "3 to 5 slow squats on each leg."
)
SCALE: Final = (
    "Give the belt speed (side view on a treadmill) or your standing height, so that lengths in "
    "the picture can be turned into centimetres."
)
OTHER_SIDE: Final = "Film a clip from the other side for this leg."
SIDE_TEST: Final = (
    "Film the test exactly from the side, phone upright at hip height about 3 m away, whole body "
    "in the picture."
)
FRONT_TEST: Final = (
    "Film the test from straight in front, phone upright at hip height about 3 m away, toes "
    "pointing at the phone."
)
LYING: Final = (
    "Turn the phone sideways, low over the floor, about 3 m away, with the whole lying body in the "
    "picture."
)
TEST_REPS: Final = (
    "Film the whole test from start to end with the phone leaning on something, whole body in the "
    "picture."
)
