"""Colours of people, clothes and rooms."""

from dataclasses import dataclass

Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """Colours (sRGB 0..1), clothes and light of one clip.

    Parameters
    ----------
    skin, shirt, shirt2, shorts, shoe, hair, iris : tuple of float
        Colours; ``shirt2`` is the colour of patterns.
    bottom : {'shorts', 'leggings'}
        What covers the legs.
    shirt_pattern, leg_pattern : int
        0 plain, 1 chest band, 2 hoops, 3 dots, 4 checks, 5 blotches.
    room : int
        Seed of textures and furniture.
    wall, floor : tuple of float
        Tints.
    light : tuple of float
        Direction towards the key light.
    key_colour, fill_colour, sky, ground : tuple of float
        Light colours (linear).
    gain : float
        Exposure; 0.78 is a well-lit room, 0.4 a dark one.
    stickers : tuple of float, optional
        Colour of two round stickers on the waistband over the PSIS; none by default.
    """

    skin: Colour = (0.80, 0.62, 0.52)
    shirt: Colour = (0.72, 0.16, 0.15)
    shirt2: Colour = (0.9, 0.9, 0.9)
    shorts: Colour = (0.13, 0.14, 0.22)
    shoe: Colour = (0.12, 0.35, 0.7)
    hair: Colour = (0.24, 0.16, 0.10)
    iris: Colour = (0.25, 0.18, 0.12)
    bottom: str = "shorts"
    shirt_pattern: int = 1
    leg_pattern: int = 0
    room: int = 1
    wall: Colour = (0.85, 0.84, 0.8)
    floor: Colour = (0.9, 0.9, 0.9)
    light: Colour = (-0.35, 0.45, 0.85)
    key_colour: Colour = (1.5, 1.42, 1.3)
    fill_colour: Colour = (0.22, 0.24, 0.28)
    sky: Colour = (0.55, 0.57, 0.6)
    ground: Colour = (0.26, 0.24, 0.22)
    gain: float = 0.78
    stickers: Colour | None = None


LOOKS: dict[str, Look] = {
    "a": Look(),
    "b": Look(
        skin=(0.84, 0.68, 0.60), shirt=(0.16, 0.50, 0.52), shirt2=(0.85, 0.85, 0.3),
        shorts=(0.11, 0.11, 0.13), shoe=(0.85, 0.30, 0.35), hair=(0.46, 0.30, 0.16), room=0,
        bottom="leggings", shirt_pattern=0, wall=(0.80, 0.82, 0.85), light=(-0.5, -0.35, 0.9),
    ),
    "c": Look(
        skin=(0.44, 0.29, 0.21), shirt=(0.88, 0.88, 0.86), shirt2=(0.1, 0.2, 0.5),
        shorts=(0.45, 0.46, 0.48), shoe=(0.9, 0.55, 0.1), hair=(0.07, 0.06, 0.05), room=2,
        wall=(0.72, 0.80, 0.76), floor=(0.7, 0.7, 0.75), light=(-0.2, 0.5, 0.9), shirt_pattern=2,
    ),
    "d": Look(
        skin=(0.72, 0.53, 0.41), shirt=(0.20, 0.22, 0.26), shirt2=(0.9, 0.5, 0.1),
        shorts=(0.20, 0.21, 0.24), shoe=(0.9, 0.9, 0.88), hair=(0.08, 0.07, 0.07), room=3,
        bottom="leggings", wall=(0.9, 0.87, 0.8), light=(0.35, 0.4, 0.85),
        key_colour=(1.25, 1.2, 1.15),
    ),
    "e": Look(
        skin=(0.60, 0.42, 0.32), shirt=(0.90, 0.80, 0.25), shirt2=(0.2, 0.2, 0.2),
        shorts=(0.10, 0.22, 0.45), shoe=(0.15, 0.15, 0.16), hair=(0.12, 0.08, 0.06), room=4,
        shirt_pattern=0, wall=(0.70, 0.72, 0.78), gain=0.62, light=(-0.4, 0.2, 0.9),
    ),
    "f": Look(
        skin=(0.36, 0.23, 0.17), shirt=(0.85, 0.42, 0.22), shirt2=(0.95, 0.9, 0.8),
        shorts=(0.16, 0.12, 0.20), shoe=(0.2, 0.75, 0.6), hair=(0.06, 0.05, 0.05), room=5,
        bottom="leggings", leg_pattern=5, shirt_pattern=0, wall=(0.86, 0.80, 0.74),
        light=(-0.3, 0.4, 0.9),
    ),
}  # fmt: skip
