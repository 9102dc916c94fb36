"""What the method itself gets wrong: bias, gain and spread per measure, view and frame rate.

A value is corrected by ``gain * value + bias``; ``sd`` is the spread of what stays, from runner to
runner. A fit (:mod:`formcheck.uncertainty.fitting`) makes entries; seeds, made by hand, stand in
where it made none.
"""

from typing import ClassVar, Final, Literal

from pydantic import Field

from formcheck.fitted.header import Table
from formcheck.settings.base import SettingsModel

FITTED: Final = "fitted on rendered fit set"
"""Source of entries that a fit made."""
TEST_CLIPS: Final = "fitted on rendered test clips"
"""Source of entries learned on the movement tests that docs/tests.md calls looked at."""
FpsClass = Literal["30", "60", "120", "any"]


class MethodError(SettingsModel):
    """The error of one measure in one view and class of frame rates.

    Attributes
    ----------
    read_from : str
        What the values were read from (``Samples.source``); empty: the usual way.
    bias, gain : float
        ``corrected = gain * raw + bias``, in the measure's unit.
    sd : float
        Spread of the corrected value around the truth between clips, beyond what steps, events and
        camera explain.
    sd_difference : float or None
        The same for right minus left; None: sqrt(2) sd.
    step_sd, step_dof : float
        Usual spread from step to step (uncorrected), and how many steps that knowledge is worth.
    borne_out : float
        Share of the errors claimed by steps, events and camera that clips with known truth bear
        out; it scales those errors.
    source : str
        ``published seed`` with its reference, ``fitted on rendered fit set``, or `TEST_CLIPS`.
    n_clips : int
        Clips of the fit; 0 for a seed.
    dof : float or None
        Degrees of freedom of `sd`: fewer than the clips, because it is what is left of a variance
        known from so many; None: clips less one.
    """

    measure: str
    view: Literal["side", "rear", "front", "any"] = "any"
    fps_class: FpsClass = "any"
    read_from: str = ""
    bias: float = 0.0
    gain: float = Field(1.0, gt=0)
    sd: float = Field(ge=0)
    sd_difference: float | None = Field(None, ge=0)
    step_sd: float = Field(0.0, ge=0)
    step_dof: float = Field(0.0, ge=0)
    borne_out: float = Field(1.0, gt=0, le=1)
    source: str
    reference: str = ""
    n_clips: int = Field(0, ge=0)
    dof: float | None = Field(None, gt=0)
    date: str = ""


class MethodErrors(Table):
    """The table of method errors."""

    FILE: ClassVar[str] = "method_errors.json"

    entries: tuple[MethodError, ...] = ()

    def find(self, measure: str, view: str, fps: float, read_from: str = "") -> MethodError | None:
        """Return the entry that fits best: same view before any view, same rate before any rate.

        Nothing stands in for an entry of another source: its error says nothing about this one.
        """
        rate = fps_class(fps)
        for want_view, want_rate in ((view, rate), (view, "any"), ("any", rate), ("any", "any")):
            for entry in self.entries:
                if (entry.measure, entry.view, entry.fps_class, entry.read_from) == (
                    measure,
                    want_view,
                    want_rate,
                    read_from,
                ):
                    return entry
        return None

    def with_entries(self, entries: tuple[MethodError, ...]) -> "MethodErrors":
        """Return a table in which `entries` replace those of the same measure, view, source."""
        keys = {(e.measure, e.view, e.read_from) for e in entries}
        kept = tuple(e for e in self.entries if (e.measure, e.view, e.read_from) not in keys)
        ordered = sorted(
            (*kept, *entries), key=lambda e: (e.measure, e.view, e.fps_class, e.read_from)
        )
        return MethodErrors(entries=tuple(ordered))


class Seeds(Table):
    """Entries made by hand, for what no fit has learned; a fit never writes them."""

    FILE: ClassVar[str] = "seeds.json"

    entries: tuple[MethodError, ...] = ()


def fps_class(fps: float) -> FpsClass:
    """Return the class of a frame rate: about 30, about 60, or 120 and more."""
    if fps < 45.0:
        return "30"
    return "60" if fps < 90.0 else "120"
