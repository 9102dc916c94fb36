"""Two stickers drawn on a drawn back are found where they are; nothing else is taken for them."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from formcheck.data import FloatArray
from formcheck.keypoints import N_KEYPOINTS, index_of
from formcheck.settings.stickers import StickerSettings
from formcheck.surface import ChannelProbe, ProbeFrame, StickerProbe
from formcheck.surface.probe import Picture
from formcheck.surface.sticker_probe import ALIKE, COLOUR, CONTRAST, DIAMETER, PLACES

HIP, TORSO_PX = (200.0, 360.0), 150.0
CLOTH, WHITE, YELLOW = (40, 60, 110), (235, 235, 230), (240, 215, 30)
Places = tuple[tuple[float, float], ...]
PSIS: Places = ((185.4, 329.2), (215.7, 331.9))
Image = NDArray[np.uint8]


def landmarks(shoulder_half_px: float = 60.0) -> FloatArray:
    """Return a runner seen from behind: his left is the picture's left."""
    xy = np.full((N_KEYPOINTS, 2), np.nan)
    for side, sign in (("left", -1), ("right", 1)):
        xy[index_of(side, "hip")] = HIP[0] + sign * 25, HIP[1]
        xy[index_of(side, "shoulder")] = HIP[0] + sign * shoulder_half_px, HIP[1] - TORSO_PX
    return xy


def back(spots: Places = PSIS, colour: tuple[int, int, int] = WHITE, radius: float = 4.4) -> Image:
    """Draw a back with spots, eightfold and shrunk, so that places between pixels are kept."""
    k = 8
    big = np.empty((480 * k, 400 * k, 3), dtype=np.uint8)
    big[:] = (150, 150, 140)
    cv2.rectangle(big, (150 * k, 200 * k), (250 * k, 320 * k), (150, 60, 60), -1)
    cv2.rectangle(big, (150 * k, 318 * k), (250 * k, 480 * k), CLOTH, -1)
    for x, y in spots:
        at = round((x + 0.5) * k), round((y + 0.5) * k)
        cv2.circle(big, at, round(radius * k), colour, -1)
    small = cv2.resize(big, (400, 480), interpolation=cv2.INTER_AREA)
    noise = np.random.default_rng(3).normal(0, 2.0, small.shape)
    return np.clip(small + noise, 0, 255).astype(np.uint8)


def seen(rgb: Image, xy: FloatArray | None = None, scale: float = 1.0) -> dict[str, float]:
    frame = ProbeFrame(
        index=0,
        time_s=0.0,
        picture=Picture(rgb),
        xy_px=landmarks() if xy is None else xy,
        visibility=np.ones(N_KEYPOINTS),
        world_m=np.zeros((N_KEYPOINTS, 3)),
        clip_px_per_px=scale,
    )
    return dict(StickerProbe().start().frame(frame))


def test_is_a_channel_probe() -> None:
    probe = StickerProbe()
    assert isinstance(probe, ChannelProbe)
    assert probe.context_frames == 0
    assert len(set(probe.names)) == len(probe.names)
    assert set(seen(back())) == set(probe.names)


def test_every_setting_of_the_pixels_is_in_the_signature() -> None:
    changed = StickerSettings(ring=0.07)
    assert StickerProbe(changed).signature != StickerProbe().signature
    clip_only = StickerSettings(min_share=0.9)
    assert StickerProbe(clip_only).signature == StickerProbe().signature


@pytest.mark.parametrize("colour", [WHITE, YELLOW, (250, 90, 160), (20, 20, 20)])
def test_places_are_right_to_a_fifth_of_a_pixel(colour: tuple[int, int, int]) -> None:
    found = seen(back(colour=colour))
    assert [found[name] for name in PLACES] == pytest.approx(np.ravel(PSIS), abs=0.2)
    assert found[DIAMETER] == pytest.approx(100 * 8.8 / TORSO_PX, rel=0.25)
    assert found[CONTRAST] > 20
    assert found[ALIKE] < 0.1


def test_places_are_in_pixels_of_the_clip() -> None:
    found = seen(back(), scale=2.0)
    assert found[PLACES[0]] == pytest.approx(2 * PSIS[0][0], abs=0.5)


def test_colour_is_lab_of_the_stickers() -> None:
    found = seen(back(colour=YELLOW))
    lightness, red_green, yellow_blue = (found[name] for name in COLOUR)
    assert lightness > 65
    assert abs(red_green) < 25
    assert yellow_blue > 50


@pytest.mark.parametrize(
    "spots",
    [
        (),
        PSIS[:1],
        ((185.0, 315.0), (187.0, 345.0)),  # one above the other
        ((195.0, 330.0), (203.0, 330.0)),  # too near
        ((205.0, 330.0), (240.0, 330.0)),  # both on one side
    ],
)
def test_no_pair_no_channels(spots: Places) -> None:
    assert seen(back(spots)) == {}


def test_spots_of_a_pattern_count_as_alike() -> None:
    # pale round dots on the whole garment: some two of them lie like stickers
    dots = tuple((x, y) for x in np.arange(155.0, 250.0, 20.0) for y in (316.0, 334.0, 352.0))
    found = seen(back(dots))
    assert not found or found[ALIKE] > 1.0


def test_two_colours_are_no_pair() -> None:
    rgb = back(PSIS[:1])
    cv2.circle(rgb, (216, 332), 4, (220, 40, 40), -1)
    assert seen(rgb) == {}


def test_one_of_a_pair_may_lie_in_the_shade() -> None:
    rgb = back(colour=YELLOW).astype(np.float64)
    rgb[:, :200] *= 0.72
    found = seen(rgb.astype(np.uint8))
    assert [found[name] for name in PLACES] == pytest.approx(np.ravel(PSIS), abs=0.35)


def test_not_looked_for_from_the_side_or_far_away() -> None:
    assert seen(back(), landmarks(shoulder_half_px=20.0)) == {}
    small = cv2.resize(back(), None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    assert seen(np.asarray(small, dtype=np.uint8), 0.3 * landmarks()) == {}


def test_runner_at_the_edge_of_the_picture() -> None:
    assert seen(back()[:, 210:], landmarks() - [210.0, 0.0]) == {}
    assert seen(back()[:300]) == {}
