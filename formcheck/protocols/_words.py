"""Sentences that several tests share."""

from typing import Final

SIDE: Final = "Phone upright on something at hip height, about 3 m away, exactly from the side."
FRONT: Final = "Phone upright on something at hip height, about 3 m away, straight in front."
SIDE_OR_FRONT: Final = (
    "Phone upright on something at hip height, about 3 m away, from the side or the front."
)
LOW: Final = "Turn the phone sideways, low over the floor, about 3 m away"
WHOLE: Final = (
    "Whole body in the picture, fitted clothes; start the phone, walk in, stand still, then begin."
)
LYING_PICTURE: Final = (
    "Whole body in the picture from head to foot; mat and clothes of different colours."
)
STRENGTH: Final = (
    "A strength test of the return-to-running screen: count, and how the height fades."
)
WHICH_LEG: Final = (
    "From the side a picture may mix up your legs: say which leg works, or you are asked for it."
)
COUNTING: Final = (
    "Half repetitions, walking and quick movements are listed, not counted, each with its reason."
)
"""Every counted test ends its limits with this one."""
