"""What the method itself gets wrong: bias, gain and spread per measure, view and frame rate.

A value is corrected by ``gain * value + bias``; ``sd`` is the spread of what stays, from runner to
runner. Entries are published seeds until :mod:`formcheck.uncertainty.fitting` replaces them.
"""

from functools import cache
from importlib.resources import files
from typing import Final, Literal

from pydantic import Field

from formcheck.results import Record

TEST_CLIPS: Final = "fitted on rendered test clips"
"""Source of entries learned on the movement tests that docs/tests.md calls looked at."""
FpsClass = Literal["30", "60", "120", "any"]


class MethodError(Record):
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


class MethodErrors(Record):
    """The table of method errors."""

    entries: tuple[MethodError, ...]

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

    def seeds(self) -> "MethodErrors":
        """Return the table without what the fit set gave; what the test clips gave stays."""
        kept = (e for e in self.entries if e.n_clips == 0 or e.source == TEST_CLIPS)
        return MethodErrors(entries=tuple(kept))

    def with_entries(self, entries: tuple[MethodError, ...]) -> "MethodErrors":
        """Return a table in which `entries` replace those of the same measure, view, source."""
        keys = {(e.measure, e.view, e.read_from) for e in entries}
        kept = tuple(e for e in self.entries if (e.measure, e.view, e.read_from) not in keys)
        ordered = sorted(
            (*kept, *entries), key=lambda e: (e.measure, e.view, e.fps_class, e.read_from)
        )
        return MethodErrors(entries=tuple(ordered))


def fps_class(fps: float) -> FpsClass:
    """Return the class of a frame rate: about 30, about 60, or 120 and more."""
    if fps < 45.0:
        return "30"
    return "60" if fps < 90.0 else "120"


@cache
def load_method_errors() -> MethodErrors:
    """Return the table that ships with the package."""
    text = files("formcheck.uncertainty").joinpath("method_errors.json").read_text("utf-8")
    return MethodErrors.model_validate_json(text)
