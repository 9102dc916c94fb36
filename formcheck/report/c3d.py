"""C3D: marker paths and events in the exchange format of motion laboratories (optional extra)."""

from pathlib import Path

import numpy as np

from formcheck.errors import FormcheckError
from formcheck.files import whole_file
from formcheck.report.base import ReportData, export, need_trial
from formcheck.report.motion import MARKERS, motion_of


@export("c3d", "Marker paths and events (C3D)", needs_trial=True)
def write_c3d(data: ReportData, folder: Path) -> tuple[Path, ...]:
    """Write ``landmarks.c3d``: millimetres, x forward, y up, z right, with the foot events.

    Raises
    ------
    FormcheckError
        ``LIBRARY_MISSING`` without the optional package ezc3d.
    """
    try:
        import ezc3d  # noqa: PLC0415 (optional extra)
    except ImportError as error:
        what = "C3D files need the package ezc3d"
        hint = 'Install it with: pip install "formcheck[interop]"'
        raise FormcheckError("LIBRARY_MISSING", what, hint) from error

    motion = motion_of(need_trial(data))
    file = ezc3d.c3d()
    file["parameters"]["POINT"]["RATE"]["value"] = [motion.rate_hz]
    file["parameters"]["POINT"]["UNITS"]["value"] = ["mm"]
    file["parameters"]["POINT"]["LABELS"]["value"] = list(MARKERS)
    points = np.ones((4, len(MARKERS), motion.time_s.size))
    points[:3] = 1000 * np.transpose(motion.xyz_m, (2, 1, 0))
    unseen = ~np.isfinite(points).all(axis=0)
    points[:3, unseen] = np.nan
    file["data"]["points"] = points
    residuals = np.where(unseen, -1.0, 0.0)[None]
    file["data"]["meta_points"]["residuals"] = residuals
    _add_events(file, data, float(motion.time_s[0]))
    path = folder / "landmarks.c3d"
    with whole_file(path) as part:
        named = part.with_name(f"{part.name}.c3d")  # ezc3d puts this ending on every name
        file.write(str(named))
        named.replace(part)
    return (path,)


def _add_events(file: object, data: ReportData, start_s: float) -> None:
    events = data.analysis.events
    words = {"foot_strike": "Foot Strike", "toe_off": "Foot Off"}
    minutes_s = np.array([divmod(max(0.0, e.time_s - start_s), 60.0) for e in events])
    add = file.add_parameter  # type: ignore[attr-defined]
    add("EVENT", "USED", [len(events)])
    if not events:
        return
    add("EVENT", "CONTEXTS", [e.side.capitalize() for e in events])
    add("EVENT", "LABELS", [words[e.kind] for e in events])
    add("EVENT", "TIMES", minutes_s.T.reshape(2, len(events)))
