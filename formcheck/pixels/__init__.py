"""The one pass over the pixels: decode, find people, read their channels, light and edges."""

from formcheck.pixels.result import PixelPass
from formcheck.pixels.run import PassControl, run_pass

__all__ = ["PassControl", "PixelPass", "run_pass"]
