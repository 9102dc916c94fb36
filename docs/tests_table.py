"""Count and measure every movement test on its rendered clip, and write docs/tests.md.

    python -m sample_videos.render tests --out CLIPS      (needs the `render` extra)
    python docs/tests_table.py CLIPS docs/tests.md [--real ../shared/clips]

Nothing is fitted to these clips: the table says what the program makes of them as it is.
"""

import argparse
import json
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.errors import FormcheckError
from formcheck.pipeline.analyze import analyze_clip
from formcheck.pipeline.measure import AnalysisRun
from formcheck.registry import MEASURES
from formcheck.results import Measurement
from formcheck.settings import AnalyzeOptions

SIDES = {"L": "left", "R": "right", "both": "both"}
SIGN = {"L": 1.0, "R": -1.0}
HELD_OUT = "_b"
BY_FOOT = ("jog_on_spot", "forward_bounds")
"""Tests whose landings are counted, each by its foot, in the whole clip."""
EDGE_S = 0.15
"""A foot strike this near the clip's ends is neither asked for nor held against anybody."""
HEAD = """# Movement tests: counted and measured against the truth

Written by `python docs/tests_table.py CLIPS docs/tests.md`; do not edit by hand. The clips are
rendered people (`python -m sample_videos.render tests`), {size} at 30 frames a second, one person
each. Each clip holds what a phone clip holds: walking in, whole repetitions with a pause, one half
repetition that must not count. Counts must be exact. An error is measured minus true, mean over the
counted repetitions; "in" says whether the reported 95 % interval holds the truth.

The rules of counting were written while looking at the first table's clips. Those of the second
table show other people, rooms, legs, tempos and sides of the phone, and were rendered afterwards.
No measure was fitted to either. Lying people are counted too, but no real clip of them was at hand.
"""


@dataclass(frozen=True)
class Row:
    """One clip in the table."""

    name: str
    protocol: str
    true_count: str
    counted: str
    exact: bool
    not_counted: str
    values: str


def run(clip: Path, protocol: str, truth: dict[str, Any] | None, cache: Path | None) -> AnalysisRun:
    """Analyse a clip as the test it is."""
    options = AnalyzeOptions(
        protocol=protocol,
        height_cm=truth.get("height_cm") if truth else None,
        workers=1,
        video="none",
        frames=False,
        report=(),
    )
    return analyze_clip(clip, options, cache_dir=cache)


def true_count(truth: dict[str, Any]) -> dict[str, int]:
    """Whole repetitions per side; landings of hops; holds; steps."""
    out: dict[str, int] = {}
    for rep in truth["reps"]:
        if rep.get("whole", True):
            side = SIDES[rep["side"]]
            out[side] = out.get(side, 0) + 1
    return out


def is_asked(truth: dict[str, Any], contact: dict[str, Any], end_s: float) -> bool:
    """Tell whether a landing must be found: not at the clip's ends, the whole person in sight."""
    at = contact["ic"]
    if not EDGE_S <= at <= end_s - EDGE_S:
        return False
    width, height = (truth["spec"][k] for k in ("width_px", "height_px"))
    return all(
        0 <= x < width and 0 <= y < height
        for frame in truth["frames"]
        if at - EDGE_S <= frame["t"] <= at + EDGE_S
        for x, y in frame["px"].values()
    )


def true_steps(truth: dict[str, Any], end_s: float) -> dict[str, int]:
    """Foot strikes inside clip and picture, per side."""
    inside = [c for c in truth["contacts"] if is_asked(truth, c, end_s)]
    return {v: sum(c["side"] == k for c in inside) for k, v in SIDES.items() if k != "both"}


def _steps(done: AnalysisRun, truth: dict[str, Any] | None, side: str) -> int:
    """Count the foot strikes of a side; those that are true but not asked for do not count."""
    end = done.trial.clip.duration_s
    found = [e.time_s for e in done.analysis.events if (e.kind, e.side) == ("foot_strike", side)]
    true = [c for c in truth["contacts"] if SIDES[c["side"]] == side] if truth else []
    edge = [c["ic"] for c in true if truth and not is_asked(truth, c, end)]
    return sum(
        EDGE_S <= t <= end - EDGE_S and all(abs(t - e) > EDGE_S for e in edge) for t in found
    )


def count_of(
    done: AnalysisRun, protocol: str, truth: dict[str, Any] | None = None
) -> dict[str, int]:
    """Return what was counted, per side."""
    out: dict[str, int] = {}
    if done.trial.steps or protocol in BY_FOOT:
        return {side: _steps(done, truth, side) for side in ("left", "right")}
    for r in done.analysis.reps:
        if r.counted:
            out[r.side] = out.get(r.side, 0) + 1
    return out


def _whole(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [r for r in truth["reps"] if r.get("whole", True) and "deg" in r]


def thigh_deg(frame: dict[str, Any], side: str) -> float:
    """Thigh to the vertical, + = knee ahead of the hip."""
    hip, knee = frame["m"][f"hip_{side}"], frame["m"][f"knee_{side}"]
    return math.degrees(math.atan2(knee[0] - hip[0], hip[2] - knee[2]))


def drill_truth(truth: dict[str, Any]) -> dict[tuple[str, str], float]:
    """Return the true values of a test on a schedule, by measure and side."""
    reps = _whole(truth)
    if not reps:
        return {}
    test = _Test.of(truth, reps)
    rules: dict[str, Callable[[_Test], dict[tuple[str, str], float]]] = {
        "double_squat": _squat_truth,
        "hip_hinge": _squat_truth,
        "lunge": _squat_truth,
        "single_leg_squat": _squat_truth,
        "single_leg_running_man": _running_man_truth,
        "single_leg_bridge": lambda t: {("hip_rise", t.side): t.size()},
        "side_lying_abduction": lambda t: {("leg_raise", t.side): t.size()},
    }
    out = rules[test.protocol](test) if test.protocol in rules else {}
    if test.protocol == "single_leg_balance":
        # the foot rises and sinks for 0.45 s each: up from where it is half way
        holds = [r["end"] - r["start"] for r in reps]
        return {("hold_time", test.side): max(holds) - 0.45, ("touch_downs", test.side): 1.0}
    if truth["view"] == "side" and test.protocol != "single_leg_bridge":
        leans = [max(f["deg"]["trunk_lean"] for f in part) for part in test.inside()]
        out["trunk_lean_peak", test.side] = sum(leans) / len(leans)
    lengths = [r["end"] - r["start"] for r in reps]
    out["rep_time", test.side] = sum(lengths) / len(lengths)
    return out


@dataclass(frozen=True)
class _Test:
    """The whole repetitions of one rendered test."""

    truth: dict[str, Any]
    reps: list[dict[str, Any]]
    protocol: str
    letter: str
    leg: str

    @classmethod
    def of(cls, truth: dict[str, Any], reps: list[dict[str, Any]]) -> "_Test":
        letter = reps[0]["side"]
        near = truth.get("near_side") or "L"
        return cls(truth, reps, truth["protocol"], letter, near if letter == "both" else letter)

    @property
    def side(self) -> str:
        return SIDES[self.letter]

    def mean(self, name: str) -> float:
        return sum(r["deg"][name] for r in self.reps) / len(self.reps)

    def inside(self) -> list[list[dict[str, Any]]]:
        frames = self.truth["frames"]
        return [[f for f in frames if r["start"] <= f["t"] <= r["end"]] for r in self.reps]

    def size(self) -> float:
        """Return the asked size of the movement, for tests that move a rigid part by it."""
        motion = self.truth["spec"]["motion"]
        full = motion["full"] if "full" in motion else motion["parts"][-1]["full"]
        return float(full * sum(r["share"] for r in self.reps) / len(self.reps))


def _squat_truth(test: _Test) -> dict[tuple[str, str], float]:
    out = {("squat_depth", test.side): test.mean(f"knee_flexion_{test.leg}")}
    side_view = test.truth["view"] == "side"
    if side_view and test.protocol in ("double_squat", "hip_hinge"):
        lean = test.mean("trunk_lean") + test.mean(f"shank_{test.leg}")
        out["trunk_to_shank", test.side] = lean
    if not side_view and test.protocol == "double_squat":
        out |= {("knee_line", SIDES[s]): test.mean(f"fppa_{s}") for s in "LR"}
    if test.protocol == "single_leg_squat":
        out["squat_valgus", test.side] = test.mean(f"fppa_{test.letter}")
        lean = SIGN[test.letter] * test.mean("trunk_lateral")
        out["trunk_side_lean", test.side] = lean
    return out


def _running_man_truth(test: _Test) -> dict[tuple[str, str], float]:
    free = "R" if test.letter == "L" else "L"
    swings = [[thigh_deg(f, free) for f in part] for part in test.inside()]
    return {("thigh_swing", test.side): sum(max(s) - min(s) for s in swings) / len(swings)}


def hop_truth(truth: dict[str, Any]) -> dict[tuple[str, str], float]:
    """Return the true values of hops and landings, by measure and side."""
    reps = [r for r in truth["reps"] if "landing" in r]
    out: dict[tuple[str, str], float] = {}
    near = {"L": "left", "R": "right"}.get(truth.get("near_side") or "", "")
    names = {"knee_flexion_at_contact": "knee_ic", "peak_knee_flexion_stance": "knee_peak"}
    for measure, key in names.items():
        for side in {SIDES[r["side"]] for r in reps}:
            mine = [r[key] for r in reps if SIDES[r["side"]] == side]
            out[measure, near or side] = sum(mine) / len(mine)
    if truth["view"] == "front":
        for side in ("left", "right"):
            mine = [r["fppa_at_peak"] for r in reps if SIDES[r["side"]] in (side, "both")]
            if mine:
                out["knee_line", side] = sum(mine) / len(mine)
    return out


def step_truth(truth: dict[str, Any]) -> dict[tuple[str, str], float]:
    """Return the true cadence."""
    cadence = truth["summary"].get("cadence_spm")
    return {("cadence", "both"): float(cadence)} if cadence else {}


def compared(done: AnalysisRun, truths: dict[tuple[str, str], float]) -> Iterator[str]:
    """Each measure beside its truth."""
    for (measure, side), true in truths.items():
        found = done.analysis.find(measure, side)  # type: ignore[arg-type]
        if found is not None:
            yield f"{measure} {side}: {_beside(found, true)}"


def _beside(m: Measurement, true: float) -> str:
    unit = {"deg": "°", "count": "", "steps/min": "/min"}.get(MEASURES[m.id].unit, f" {m.unit}")
    if m.value is None or m.ci95 is None:
        return f"true {true:.1f}{unit}, not given"
    held = "in" if m.ci95[0] <= true <= m.ci95[1] else "**out**"
    unsure = ", uncertain" if m.status == "uncertain" else ""
    half = (m.ci95[1] - m.ci95[0]) / 2
    return f"true {true:.1f}, error {m.value - true:+.1f}{unit} (± {half:.1f}, {held}{unsure})"


def rendered_row(truth_path: Path, cache: Path | None) -> Row:
    """Analyse one rendered clip."""
    truth = json.loads(truth_path.read_text(encoding="utf-8"))
    clip = truth_path.with_name(truth_path.name.replace(".truth.json", ".mp4"))
    protocol = truth["protocol"]
    steps = protocol == "jog_on_spot"
    try:
        done = run(clip, protocol, truth, cache)
    except FormcheckError as error:
        want = _words(true_count(truth))
        return Row(truth["name"], protocol, want, f"{error.code}: {error.what}", False, "", "")
    end = done.trial.clip.duration_s
    want = true_steps(truth, end) if protocol in BY_FOOT else true_count(truth)
    got = count_of(done, protocol, truth)
    truths = step_truth(truth) if steps else {**drill_truth(truth), **hop_truth(truth)}
    out = [r for r in done.analysis.reps if not r.counted]
    why = "; ".join(f"{r.start_s:.1f} s {r.reason}" for r in out)
    exact = want == got
    return Row(
        truth["name"], protocol, _words(want), _words(got), exact, why,
        "; ".join(compared(done, truths)),
    )  # fmt: skip


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{n} {side}" for side, n in sorted(counts.items())) or "0"


REAL = (
    ("sls_front_left_tx2", "single_leg_squat", {"left": 1}),
    ("neg_squat_twolegs_5fps_tfjs", "double_squat", {"both": 3}),
    ("hop_singleleg_right_cam1_va", "hop_in_place", {"right": 15}),
    ("jog_inplace_front_lsc", "jog_on_spot", {"left": 3, "right": 3}),
)
"""Labels of ../shared/clips: whole repetitions or foot strikes."""


def real_rows(folder: Path, cache: Path | None) -> Iterator[Row]:
    """Analyse the real clips that show a test."""
    for name, protocol, want in REAL:
        clip = folder / f"{name}.mp4"
        if not clip.exists():
            continue
        try:
            done = run(clip, protocol, None, cache)
        except FormcheckError as error:
            yield Row(name, protocol, _words(want), f"{error.code}: {error.what}", False, "", "")
            continue
        got = count_of(done, protocol)
        why = "; ".join(
            f"{r.start_s:.1f} s {r.reason}" for r in done.analysis.reps if not r.counted
        )
        yield Row(name, protocol, _words(want), _words(got), got == want, why, "")


def table(rows: list[Row]) -> str:
    """Write the rows as Markdown."""
    lines = [
        "| clip | test | true | counted | exact | not counted, and why | angles and times |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        exact = "yes" if r.exact else "**no**"
        values = r.values.replace("; ", "<br>")
        why = r.not_counted.replace("; ", "<br>")
        lines.append(
            f"| {r.name} | `{r.protocol}` | {r.true_count} | {r.counted} | {exact} | {why} "
            f"| {values} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clips", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--real", type=Path, default=Path("../shared/clips"))
    parser.add_argument("--cache", type=Path, help="keeps the pass over the pixels")
    parser.add_argument("--only", nargs="*", default=[])
    args = parser.parse_args()
    files = sorted(args.clips.glob("*.truth.json"))
    files = [f for f in files if not args.only or f.name.split(".")[0] in args.only]
    rows = [rendered_row(f, args.cache) for f in files]
    real = [] if args.only else list(real_rows(args.real, args.cache))
    page = HEAD.format(size="360 x 640 or 640 x 360 pixels")
    for title, held_out in (("looked at", False), ("held out", True)):
        part = [r for r in rows if r.name.endswith(HELD_OUT) == held_out]
        exact = sum(r.exact for r in part)
        page += f"\n## Rendered clips, {title}: {exact} of {len(part)} counts exact\n\n"
        page += table(part)
    if real:
        page += f"\n## Real clips: {sum(r.exact for r in real)} of {len(real)} counts exact\n\n"
        page += "Hand-labelled; the clips are no part of the package.\n\n" + table(real)
    args.out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
