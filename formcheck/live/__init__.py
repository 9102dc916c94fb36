"""Live mode: the body's lines, a count and one cue over a webcam picture. Nothing is measured."""

from formcheck.live.counting import Exercise, JogCounter, SquatCounter
from formcheck.live.cues import CUES, CueChooser
from formcheck.live.processor import LiveProcessor, LiveState

__all__ = [
    "CUES",
    "CueChooser",
    "Exercise",
    "JogCounter",
    "LiveProcessor",
    "LiveState",
    "SquatCounter",
]
