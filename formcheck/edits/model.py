"""What may be corrected in a result, as records that cross the file boundary."""

from typing import Annotated, Literal, NoReturn, Self

from pydantic import Field, model_validator

from formcheck.errors import FormcheckError
from formcheck.keypoints import INDEX, Side
from formcheck.results import Record, ResultSide

Moment = Literal["foot_strike", "toe_off", "deepest"]
RelabelWhat = Literal["sides", "view", "protocol", "leg"]


class CountStep(Record):
    """Leave a step or repetition out, or count it again.

    Attributes
    ----------
    time_s : float
        Its foot strike, or the deepest moment of a repetition.
    """

    kind: Literal["count_step"] = "count_step"
    side: ResultSide
    time_s: float
    counted: bool = False


class MoveContact(Record):
    """Move a foot strike, a toe-off or the deepest moment of a repetition to another time."""

    kind: Literal["move_contact"] = "move_contact"
    moment: Moment
    side: ResultSide
    time_s: float
    to_s: float


class NudgeLandmark(Record):
    """Put one landmark of one picture where it belongs.

    Attributes
    ----------
    frame : int
        Index of the picture in the clip.
    landmark : str
        One of the 33 names.
    to_px : (float, float)
        Pixels of the upright picture, y down.
    """

    kind: Literal["nudge_landmark"] = "nudge_landmark"
    frame: Annotated[int, Field(ge=0)]
    landmark: str
    to_px: tuple[float, float]

    @model_validator(mode="after")
    def _known_landmark(self) -> Self:
        if self.landmark not in INDEX:
            msg = f"no landmark is called {self.landmark!r}"
            raise ValueError(msg)
        return self


class ChoosePerson(Record):
    """Measure somebody else: 0 is the person chosen by the program."""

    kind: Literal["choose_person"] = "choose_person"
    person: Annotated[int, Field(ge=0)]


class Relabel(Record):
    """Say what the clip shows: swap left and right, or name the view, the test or its leg."""

    kind: Literal["relabel"] = "relabel"
    what: RelabelWhat
    to: str = ""


Edit = Annotated[
    CountStep | MoveContact | NudgeLandmark | ChoosePerson | Relabel, Field(discriminator="kind")
]


def is_structural(edit: Edit) -> bool:
    """Tell whether an edit changes what is interpreted, not only what is measured."""
    return isinstance(edit, ChoosePerson | Relabel)


def refuse(what: str, hint: str | None = None) -> NoReturn:
    """Say that an edit does not fit.

    Raises
    ------
    FormcheckError
        EDIT_INVALID, always.
    """
    code = "EDIT_INVALID"
    raise FormcheckError(code, what, hint)


def side_word(side: Side | ResultSide) -> str:
    """Return the side as an adjective with a space behind it, empty for both."""
    return "" if side == "both" else f"{side} "
