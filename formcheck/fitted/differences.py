"""How far right minus left is off, as a quantity of its own.

Both sides share camera, lens and what the pose model makes of this body; what they share cancels in
their difference or counts twice in it. Half the 95 % interval of a difference is Student's t with
`dof` degrees of freedom times the root of ``sd**2 + camera**2 + (share * rest)**2``: `camera` is
what roll and turn claim, `rest` what steps, events, scale and the signal claim.
``python -m formcheck.validation refit FIT_DIR --only differences`` makes the table.
"""

from typing import ClassVar, Final

from pydantic import Field

from formcheck.fitted.header import Table
from formcheck.settings.base import SettingsModel

LEAST_DOF: Final = 5.0
"""A difference known from few people is given the error of a larger group, never a larger t."""


class DifferenceError(SettingsModel):
    """The error of right minus left of one measure in one view.

    Attributes
    ----------
    view : str
        ``any``: of all views together, for one that has too few people of its own.
    sd : float
        Spread beyond what camera, steps and events explain, in the measure's unit.
    share : float
        Share of what steps, events, scale and signal claim that the clips bear out.
    dof : float
        People less one.
    slope, slope_sd : float
        Of the estimated against the true difference, and its standard error.
    follows : bool
        False where no clip has shown that the estimate follows true differences: it is then no more
        than a hint.
    n_clips, n_people : int
    rmse : float
        Of the estimates, in the measure's unit.
    left_out_coverage : float
        Share of the differences of people left out that their intervals hold.
    half_width : float
        Median half width of the intervals of people left out.
    """

    measure: str
    view: str
    sd: float = Field(ge=0)
    share: float = Field(ge=0, le=1)
    dof: float = Field(gt=0)
    slope: float
    slope_sd: float
    follows: bool
    n_clips: int
    n_people: int
    rmse: float
    left_out_coverage: float
    half_width: float


class DifferenceErrors(Table):
    """The table with where it comes from."""

    FILE: ClassVar[str] = "differences.json"

    entries: tuple[DifferenceError, ...] = ()

    def find(self, measure: str, view: str) -> DifferenceError | None:
        """Return the entry of a measure, that of its view before that of any."""
        own = [e for e in self.entries if e.measure == measure]
        for wanted in (view, "any"):
            for entry in own:
                if entry.view == wanted:
                    return entry
        return None
