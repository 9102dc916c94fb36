"""MOT: angle curves as an OpenSim motion file, tab-separated text."""

from pathlib import Path

import numpy as np

from formcheck.files import whole_file
from formcheck.report.base import ReportData, export, need_trial
from formcheck.report.motion import angles_deg, motion_of


@export("mot", "Angle curves (MOT, OpenSim)", needs_trial=True)
def write_mot(data: ReportData, folder: Path) -> tuple[Path, ...]:
    """Write ``angles.mot``: degrees over time; rows in which an angle is unseen are left out.

    OpenSim reads no gaps, so a row needs every angle.
    """
    trial = need_trial(data)
    grid = motion_of(trial).time_s
    curves = angles_deg(trial, grid)
    table = np.column_stack([grid - grid[0], *curves.values()])
    table = table[np.isfinite(table).all(axis=1)]
    path = folder / "angles.mot"
    head = [
        path.stem,
        "version=1",
        f"nRows={table.shape[0]}",
        f"nColumns={table.shape[1]}",
        "inDegrees=yes",
        "endheader",
        "\t".join(["time", *curves]),
    ]
    with whole_file(path) as part, part.open("w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(head) + "\n")
        file.writelines("\t".join(f"{v:.6f}" for v in row) + "\n" for row in table)
    return (path,)
