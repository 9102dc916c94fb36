"""Colours, as (red, green, blue). Side is never told by colour; colour never stands alone.

The three verdict colours were checked for the common colour-vision deficiencies (smallest pairwise
difference 25.9 on video and 37.5 on white, CAM02-UCS); green and red would be confused.
"""

from typing import Final

from formcheck.assess import Verdict

Rgb = tuple[int, int, int]

WHITE: Final[Rgb] = (245, 245, 245)
HALO: Final[Rgb] = (0, 0, 0)
PLATE: Final[Rgb] = (17, 17, 17)
GREY: Final[Rgb] = (190, 196, 202)

ON_VIDEO: Final[dict[Verdict, Rgb]] = {
    "usual": (0x4D, 0xB8, 0xFF),
    "watch": (0xFF, 0xC2, 0x0A),
    "outside": (0xFF, 0x4F, 0x6D),
}
ON_WHITE: Final[dict[Verdict, str]] = {
    "usual": "#1F6FB2",
    "watch": "#F0A202",
    "outside": "#A4161A",
}
TEXT_ON: Final[dict[Verdict, str]] = {"usual": "#FFFFFF", "watch": "#1A1A1A", "outside": "#FFFFFF"}
NOT_MEASURED: Final = "#5F6B76"
INK: Final = "#1A1A1A"
