"""Pictures that tell their own index and which way is up."""

import numpy as np

STEP = 9  # brightness between neighbouring pictures; codecs err by less than half of it


def picture(index: int, width: int = 64, height: int = 48) -> np.ndarray:
    """Grey that rises with the index; red top-left, green top-right, blue bottom-left corner."""
    image = np.full((height, width, 3), 20 + STEP * index, np.uint8)
    h, w = height // 4, width // 4
    image[:h, :w] = (220, 0, 0)
    image[:h, -w:] = (0, 220, 0)
    image[-h:, :w] = (0, 0, 220)
    return image


def index_of(image: np.ndarray) -> int:
    """Read the index back from the middle of a picture."""
    h, w = image.shape[:2]
    return round(
        (float(image[h * 3 // 8 : h * 5 // 8, w * 3 // 8 : w * 5 // 8].mean()) - 20) / STEP
    )


def corners(image: np.ndarray) -> str:
    """Name the colours of the corners: top-left, top-right, bottom-left, bottom-right."""
    h, w = image.shape[0] // 8, image.shape[1] // 8
    patches = (image[:h, :w], image[:h, -w:], image[-h:, :w], image[-h:, -w:])
    names = []
    for patch in patches:
        rgb = patch.reshape(-1, 3).mean(axis=0)
        names.append("RGB"[int(rgb.argmax())] if np.ptp(rgb) > 80 else "-")
    return "".join(names)
