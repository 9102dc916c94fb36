"""The learned table behind `formcheck.recognition`: the forest as text, and where it comes from.

``python -m formcheck.validation.recognition CLIPS... --cache DIR`` makes it anew.
"""

from functools import cache
from importlib.resources import files
from typing import Any, Final

from pydantic import Field

from formcheck.settings.base import SettingsModel

FILE: Final = "recognition.json"


class RecognitionTable(SettingsModel):
    """A forest over named features and kinds of movement.

    Attributes
    ----------
    header : dict
        Command, commit, date, pose model, clips, sources and split.
    sharpness : float
        Power that makes the trees' mean a probability, fitted on sources left out.
    sure, margin : float
        From this probability on, and this far before the next, an answer is sure.
    none_sure : float
        From this probability on it is none of the tests.
    left_out : dict
        Per clip, the probabilities given by a forest that knew nothing of its source.
    trees : tuple of tuple of str
        One node a line, see `formcheck.recognition.model.tree_lines`.
    """

    header: dict[str, Any]
    features: tuple[str, ...]
    kinds: tuple[str, ...]
    sharpness: float = Field(gt=0)
    sure: float = Field(gt=0, lt=1)
    margin: float = Field(ge=0, lt=1)
    none_sure: float = Field(gt=0, lt=1)
    left_out: dict[str, dict[str, float]] = Field(default_factory=dict)
    trees: tuple[tuple[str, ...], ...]


@cache
def load_recognition() -> RecognitionTable:
    """Return the table that ships with the package."""
    text = files("formcheck.fitted").joinpath(FILE).read_text("utf-8")
    return RecognitionTable.model_validate_json(text)
