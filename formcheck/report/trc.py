"""TRC: marker paths for OpenSim and other motion software, tab-separated text."""

from pathlib import Path

import numpy as np

from formcheck.files import whole_file
from formcheck.report.base import ReportData, export, need_trial
from formcheck.report.motion import MARKERS, motion_of


@export("trc", "Marker paths (TRC, OpenSim)", needs_trial=True)
def write_trc(data: ReportData, folder: Path) -> tuple[Path, ...]:
    """Write ``landmarks.trc``: millimetres, x forward, y up, z right; unseen markers are blank."""
    motion = motion_of(need_trial(data))
    path = folder / "landmarks.trc"
    n, rate = motion.time_s.size, f"{motion.rate_hz:.6f}"
    head = [
        f"PathFileType\t4\t(X/Y/Z)\t{path.name}",
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame"
        "\tOrigNumFrames",
        f"{rate}\t{rate}\t{n}\t{len(MARKERS)}\tmm\t{rate}\t1\t{n}",
        "Frame#\tTime\t" + "\t".join(f"{name}\t\t" for name in MARKERS).rstrip("\t") + "\t\t",
        "\t\t" + "\t".join(f"X{k}\tY{k}\tZ{k}" for k in range(1, len(MARKERS) + 1)),
        "",
    ]
    start = float(motion.time_s[0])
    with whole_file(path) as part, part.open("w", encoding="ascii", newline="\n") as file:
        file.write("\n".join(head) + "\n")
        for k in range(n):
            cells = [
                "" if not np.isfinite(v) else f"{1000 * v:.3f}" for v in motion.xyz_m[k].ravel()
            ]
            t = float(motion.time_s[k]) - start
            file.write(f"{k + 1}\t{t:.6f}\t" + "\t".join(cells) + "\n")
    return (path,)
