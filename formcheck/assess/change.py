"""Change between two results, judged against the measurement error."""

from typing import Final, Literal

import numpy as np

from formcheck.assess.texts import CHANGE_TEXTS, shown, title_of
from formcheck.errors import FormcheckError
from formcheck.fitted.method_errors import fps_class
from formcheck.registry import MEASURES
from formcheck.results import (
    Analysis,
    ClipRecord,
    Interval,
    Measurement,
    Record,
    ResultSide,
)
from formcheck.settings import UncertaintySettings

Verdict = Literal["changed", "maybe", "no clear change", "can't compare"]

MDC95: Final = 2.77
"""Smallest detectable change, in standard errors of measurement: 1.96 x sqrt 2 (measures.md 7f)."""
MAYBE: Final = 1.4
"""Below this many standard errors there is no clear change (measures.md 7f)."""


class MeasureChange(Record):
    """One measure and side in both results.

    Attributes
    ----------
    difference : float or None
        Later minus earlier.
    mdc95 : float or None
        Differences up to this are inside the measurement error.
    """

    id: str
    side: ResultSide
    title: str
    unit: str
    before: float | None
    after: float | None
    before_ci95: Interval | None
    after_ci95: Interval | None
    difference: float | None
    mdc95: float | None
    verdict: Verdict
    reason: str = ""

    def line(self) -> str:
        """Return the change in one plain line."""
        where = "" if self.side == "both" else f", {self.side}"
        if self.before is None or self.after is None or self.mdc95 is None:
            return f"{self.title}{where}: {CHANGE_TEXTS[self.verdict]} ({self.reason})."
        unit = {"deg": "degrees", "index 0-100": "points"}.get(self.unit, self.unit)
        values = f"{shown(self.before, self.unit)} -> {shown(self.after, self.unit)} {unit}"
        words = CHANGE_TEXTS[self.verdict]
        if self.verdict == "can't compare":
            return f"{self.title}{where}: {values}; {words} ({self.reason})."
        error = shown(self.mdc95, self.unit)
        return f"{self.title}{where}: {values}; {words} ({'under 1' if error == '0' else error})."


class Comparison(Record):
    """Two results of the same test side by side."""

    protocol: str
    earlier: ClipRecord
    later: ClipRecord
    same_setup: bool
    setup_differences: tuple[str, ...] = ()
    rows: tuple[MeasureChange, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Return the comparison in plain lines."""
        head = ["Same set-up: yes."] if self.same_setup else []
        head += [f"Different set-up: {d}." for d in self.setup_differences]
        return (*head, *(r.line() for r in self.rows))


def compare_analyses(
    earlier: Analysis, later: Analysis, settings: UncertaintySettings | None = None
) -> Comparison:
    """Compare two results measure by measure.

    A difference beyond 2.77 standard errors of measurement is a change, between 1.4 and 2.77 maybe
    one. The standard error of a session leaves out the part of the method's error that the same
    person carries from clip to clip, and is never taken below the published error between sessions.

    Parameters
    ----------
    earlier, later : Analysis
    settings : UncertaintySettings, optional

    Returns
    -------
    Comparison

    Raises
    ------
    FormcheckError
        RESULTS_NOT_COMPARABLE if they are results of different tests.
    """
    settings = settings or UncertaintySettings()
    if earlier.protocol.id != later.protocol.id:
        code = "RESULTS_NOT_COMPARABLE"
        what = f"one is a {earlier.protocol.id}, the other a {later.protocol.id}"
        raise FormcheckError(code, what)
    differences = _setup_differences(earlier, later)
    rows = tuple(
        _row(m, later.find(m.id, m.side), differences, settings)
        for m in earlier.measurements
        if m.id != "speed" and _in_either(m, later)
    )
    return Comparison(
        protocol=earlier.protocol.id,
        earlier=earlier.clip,
        later=later.clip,
        same_setup=not differences,
        setup_differences=tuple(differences.values()),
        rows=rows,
    )


def _in_either(m: Measurement, later: Analysis) -> bool:
    found = later.find(m.id, m.side)
    return m.value is not None or (found is not None and found.value is not None)


def _setup_differences(earlier: Analysis, later: Analysis) -> dict[str, str]:
    a, b = earlier.clip, later.clip
    out = {}
    if a.view != b.view:
        out["view"] = CHANGE_TEXTS["other_view"].format(a=a.view, b=b.view)
    if a.surface != b.surface:
        out["surface"] = CHANGE_TEXTS["other_surface"]
    if fps_class(a.fps) != fps_class(b.fps):
        out["rate"] = CHANGE_TEXTS["other_rate"].format(a=f"{a.fps:.0f}", b=f"{b.fps:.0f}")
    v, w = (
        x.value if x is not None else None for x in (earlier.find("speed"), later.find("speed"))
    )
    # measures.md 1.5: no comparison across more than 5 % of speed
    if v is not None and w is not None and abs(v - w) > 0.05 * max(v, w):
        out["speed"] = CHANGE_TEXTS["other_speed"].format(a=f"{v:.1f}", b=f"{w:.1f}")
    return out


def _row(
    a: Measurement, b: Measurement | None, setup: dict[str, str], settings: UncertaintySettings
) -> MeasureChange:
    after = b.value if b is not None else None
    difference = after - a.value if a.value is not None and after is not None else None
    mdc = None if difference is None or b is None else MDC95 * _sem(a, b, settings)
    verdict, reason = _verdict(a, b, difference, mdc, setup)
    return MeasureChange(
        id=a.id,
        side=a.side,
        title=title_of(a.id),
        unit=a.unit,
        before=a.value,
        after=after,
        before_ci95=a.ci95,
        after_ci95=b.ci95 if b is not None else None,
        difference=difference,
        mdc95=mdc,
        verdict=verdict,
        reason=reason,
    )


def _sem(a: Measurement, b: Measurement, settings: UncertaintySettings) -> float:
    """Return one session's standard error: RMS of both, not below the published one."""
    own = [_session_sd(m, settings.method_repeat_share) for m in (a, b)]
    published = (MEASURES[a.id].retest_sem or 0.0) if a.id in MEASURES else 0.0
    return max(float(np.sqrt(np.mean(np.square(own)))), published)


def _session_sd(m: Measurement, repeat_share: float) -> float:
    if not m.sd_parts:
        return m.sd or 0.0
    kept = {"method": repeat_share, "people": 0.0}  # the same person, filmed twice
    parts = {k: kept.get(k, 1.0) * v for k, v in m.sd_parts.items()}
    return float(np.sqrt(sum(v**2 for v in parts.values())))


def _verdict(
    a: Measurement,
    b: Measurement | None,
    difference: float | None,
    mdc: float | None,
    setup: dict[str, str],
) -> tuple[Verdict, str]:
    if b is None or difference is None or mdc is None:
        return "can't compare", CHANGE_TEXTS["not_measured"]
    if setup:
        return "can't compare", "; ".join(setup.values())
    if a.source != b.source:
        return "can't compare", CHANGE_TEXTS["other_source"]
    if "uncertain" in (a.status, b.status):
        return "can't compare", CHANGE_TEXTS["not_sure"]
    if abs(difference) > mdc:
        return "changed", ""
    return ("maybe", "") if abs(difference) > MAYBE / MDC95 * mdc else ("no clear change", "")
