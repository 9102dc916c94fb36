"""Command line of the renderer."""

import argparse
import logging
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from sample_videos.render import bodies
from sample_videos.render.clip import ClipSpec, Stage, render_clip, up_to_date
from sample_videos.render.measured.catalogue import FOLDER_VARIABLE, MotionMissingError, folder
from sample_videos.render.motion import MeasuredSpec
from sample_videos.render.recipes import SAMPLES, sample_named
from sample_videos.render.tests import TESTS
from sample_videos.render.validation import split_named
from sample_videos.render.validation_measured import measured_split

logger = logging.getLogger(__name__)
Job = tuple[ClipSpec, Path]
#: Jobs after which the processes are renewed, to give their memory back. Not by the executor's own
#: ``max_tasks_per_child``: with it Python 3.11 can wait for ever for a process it never starts.
JOBS_PER_PROCESS = 8


def _work(job: Job, truth_only: bool) -> str:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    spec, out = job
    if not truth_only and up_to_date(spec, out):
        return f"{spec.name}: up to date"
    try:
        if isinstance(spec.motion, MeasuredSpec):
            folder()  # before a body is built in vain
        return f"{spec.name}: {render_clip(spec, out, truth_only=truth_only):.3f} s/frame"
    except MotionMissingError as missing:
        return f"{spec.name}: skipped, {missing}"


def run_jobs(jobs: Sequence[Job], workers: int, *, truth_only: bool = False) -> int:
    """Render clips in processes; returns how many failed."""
    if workers <= 1:
        for job in jobs:
            logger.info(_work(job, truth_only))
        return 0
    size = workers * JOBS_PER_PROCESS
    batches = [jobs[i : i + size] for i in range(0, len(jobs), size)]
    return sum(_run_batch(batch, workers, truth_only) for batch in batches)


def _run_batch(jobs: Sequence[Job], workers: int, truth_only: bool) -> int:
    failed = 0
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(_work, job, truth_only): job[0].name for job in jobs}
        for future in as_completed(waiting):
            error = future.exception()
            if error is not None:
                failed += 1
                logger.error("%s: %r", waiting[future], error)
            else:
                logger.info(future.result())
    return failed


def _samples(args: argparse.Namespace) -> int:
    specs = [sample_named(n) for n in args.names] if args.names else list(SAMPLES)
    return run_jobs([(s, args.out) for s in specs], args.workers, truth_only=args.truth_only)


def _validation(args: argparse.Namespace) -> int:
    if args.motion:
        os.environ[FOLDER_VARIABLE] = str(args.motion)
    clips_of = measured_split if args.measured else split_named
    lists = [[(s, args.out / split) for s in clips_of(split)] for split in args.split]
    longest = max(len(x) for x in lists)
    jobs = [x[i] for i in range(longest) for x in lists if i < len(x)]  # interleaved
    jobs = [job for job in jobs if args.only in job[0].name]
    if args.limit:
        jobs = jobs[: args.limit]
    return run_jobs(jobs, args.workers, truth_only=args.truth_only)


def _tests(args: argparse.Namespace) -> int:
    names = args.names or [s.name for s in TESTS]
    jobs = [(s, args.out) for s in TESTS if s.name in names]
    return run_jobs(jobs, args.workers, truth_only=args.truth_only)


def _find(name: str) -> ClipSpec:
    for spec in TESTS:
        if spec.name == name:
            return spec
    series = [split_named(split) for split in ("fit", "score", "smoke")]
    for clips in (*series, *(measured_split(split) for split in ("fit", "score"))):
        for spec in clips:
            if spec.name == name:
                return spec
    return sample_named(name)


def _still(args: argparse.Namespace) -> int:
    import cv2

    args.out.mkdir(parents=True, exist_ok=True)
    for name in args.names:
        stage = Stage.of(_find(name))
        for t, picture in zip(args.at, stage.shoot(np.array(args.at)), strict=True):
            cv2.imwrite(str(args.out / f"{name}_{t:g}.png"), picture[:, :, ::-1])
    return 0


def _bodies(args: argparse.Namespace) -> int:
    for name in args.names or bodies.BODIES:
        bodies.load(name)
        logger.info("%s: %s", name, bodies.body_path(name))
    return 0


def _check(args: argparse.Namespace) -> int:
    from sample_videos.render.checks import check_files

    failed = 0
    for path in args.paths:
        problems = check_files(path)
        failed += bool(problems)
        logger.info("%s: %s", path, "; ".join(problems) or "good")
    return failed


def _mesh(args: argparse.Namespace) -> int:
    from sample_videos.render.mesh_checks import mesh_report

    for name in args.names:
        r = mesh_report(Stage.of(_find(name)))
        for what, x in (("touch", r.touch_error_ms), ("leave", r.leave_error_ms)):
            logger.info(
                "%s: %s, mesh minus truth %.1f ms (%.1f to %.1f)",
                name,
                what,
                x.mean(),
                x.min(),
                x.max(),
            )
        logger.info(
            "%s: lowest sole in stance %.1f to %.1f mm, in swing %.1f mm; slip %.3f m/s",
            name, *r.stance_low_mm, r.swing_low_mm, r.slip_mps,
        )  # fmt: skip
    return 0


def _forces(args: argparse.Namespace) -> int:
    from sample_videos.render.measured.forces import WITH_FORCE, force_gap

    if args.motion:
        os.environ[FOLDER_VARIABLE] = str(args.motion)
    for take in WITH_FORCE:
        gap = force_gap(take, args.body)
        for what, x in (("strike", gap.strike_ms), ("toe-off", gap.toe_off_ms)):
            logger.info(
                "%s: %s, soles minus 50 N %.1f ms, SD %.1f, n %d",
                take, what, x.mean(), x.std(), len(x),
            )  # fmt: skip
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sample_videos.render", description=__doc__)
    commands = parser.add_subparsers(required=True)
    p = commands.add_parser("samples", help="render the shipped samples")
    p.add_argument("names", nargs="*")
    p.add_argument("--out", type=Path, default=Path("sample_videos"))
    p.add_argument("--workers", type=int, default=1)
    p.add_argument("--truth-only", action="store_true", help="keep the videos")
    p.set_defaults(run=_samples)
    p = commands.add_parser("validation", help="render the validation set")
    p.add_argument("--split", nargs="+", choices=("fit", "score", "smoke"), default=["smoke"])
    p.add_argument("--out", type=Path, default=bodies.cache_dir() / "validation")
    p.add_argument("--workers", type=int, default=1)
    p.add_argument("--measured", action="store_true", help="the series of measured movements")
    p.add_argument("--motion", type=Path, help=f"their folder; else ${FOLDER_VARIABLE}")
    p.add_argument("--only", default="", help="only clips whose name contains this")
    p.add_argument("--limit", type=int, default=0, help="only the first N clips")
    p.add_argument("--truth-only", action="store_true", help="keep the videos")
    p.set_defaults(run=_validation)
    p = commands.add_parser("tests", help="render a clip of every movement test")
    p.add_argument("names", nargs="*")
    p.add_argument("--out", type=Path, default=bodies.cache_dir() / "tests")
    p.add_argument("--workers", type=int, default=1)
    p.add_argument("--truth-only", action="store_true", help="keep the videos")
    p.set_defaults(run=_tests)
    p = commands.add_parser("still", help="pictures of a clip")
    p.add_argument("names", nargs="+")
    p.add_argument("--at", nargs="+", type=float, default=[1.0], help="seconds")
    p.add_argument("--out", type=Path, default=Path("stills"))
    p.set_defaults(run=_still)
    p = commands.add_parser("bodies", help="build the people into the cache")
    p.add_argument("names", nargs="*")
    p.set_defaults(run=_bodies)
    p = commands.add_parser("check", help="check truth files (and their videos)")
    p.add_argument("paths", nargs="+", type=Path, help="NAME.truth.json")
    p.set_defaults(run=_check)
    p = commands.add_parser("forces", help="measured contacts: soles against force plates")
    p.add_argument("--motion", type=Path, help=f"their folder; else ${FOLDER_VARIABLE}")
    p.add_argument("--body", default="score_m1")
    p.set_defaults(run=_forces)
    p = commands.add_parser("mesh", help="compare contact times with the soles of the mesh")
    p.add_argument("names", nargs="+")
    p.set_defaults(run=_mesh)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the number of failures."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    args = _parser().parse_args(argv)
    return int(args.run(args))
