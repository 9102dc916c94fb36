"""Puts one annotated picture together: framing, context, annotators in order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np

from formcheck import __version__
from formcheck.data import FloatArray, IntArray, Trial, sample_at
from formcheck.keypoints import SIDES, index_of
from formcheck.render import wording
from formcheck.render.context import ANNOTATORS, FrameContext, Reading
from formcheck.render.curves import knee_flexion_deg
from formcheck.render.draw import Image
from formcheck.render.moments import Moment, value_within
from formcheck.render.through import led_through, numbers_of
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Framing:
    """The part of the picture that is shown, ``[left, left + width)``, and its enlargement."""

    left: int
    top: int
    width: int
    height: int
    scale: float
    strip_px: int = 0

    @property
    def size_px(self) -> tuple[int, int]:
        """Width and height of the shown part, px, both even (video needs that)."""
        even = [max(2, round(v * self.scale / 2) * 2) for v in (self.width, self.height)]
        return even[0], even[1]

    def picture(self, image: Image) -> Image:
        """Return the shown part, enlarged, with room for the strip below (feet stay in sight)."""
        part = image[self.top : self.top + self.height, self.left : self.left + self.width]
        how = cv2.INTER_AREA if self.scale < 1 else cv2.INTER_CUBIC
        width, height = self.size_px
        shown = np.zeros((height + self.strip_px, width, 3), np.uint8)
        cv2.resize(part, self.size_px, dst=shown[:height], interpolation=how)
        return shown

    def points(self, xy_px: FloatArray) -> FloatArray:
        """Map source pixels, shape (..., 2), into the shown picture."""
        return np.asarray((xy_px - np.array([self.left, self.top])) * self.scale)


def framing(
    trial: Trial,
    heads: FloatArray,
    rows: Iterable[int],
    settings: RenderSettings,
    *,
    stray_pct: float = 15.0,
) -> Framing:
    """Choose what to show so that the body of the frames `rows` together fills the picture.

    A large body is shown with the whole picture; a small one is cut out and enlarged.

    Parameters
    ----------
    rows : iterable of int
        Frames that are to share the framing.
    stray_pct : float
        Share of the frames, at either end, whose landmarks may reach further than what is shown; a
        clip in which the runner comes nearer needs a small one.
    """
    w, h = trial.clip.width_px, trial.clip.height_px
    box = (0, 0, w, h)
    found = _body_box(trial, heads, list(rows), stray_pct)
    if found is not None and found[3] - found[1] < settings.crop_below_fraction * h:
        box = _crop(found, w, h, settings)
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    scale = max(1.0, settings.min_height_px / height)
    scale = min(scale, settings.max_side_px / max(width, height))
    shown = Framing(left=left, top=top, width=width, height=height, scale=scale)
    tall = min(
        settings.text_fraction * shown.size_px[1], settings.text_width_fraction * shown.size_px[0]
    )
    return replace(shown, strip_px=2 * round(0.8 * max(11.0, tall)))


def _body_box(
    trial: Trial, heads: FloatArray, rows: list[int], stray_pct: float
) -> tuple[float, float, float, float] | None:
    """Return the box around the body; a few stray frames do not move it."""
    points = trial.raw.xy_px[rows]
    head = heads[rows, 1]
    tops = np.column_stack([head[:, 0], head[:, 1] - 0.6 * head[:, 2]])
    points = np.concatenate([points, tops[:, None]], axis=1)
    points = points[np.isfinite(points).all(axis=(1, 2))]
    if points.shape[0] == 0:
        return None
    low = np.percentile(points.min(axis=1), stray_pct, axis=0)
    high = np.percentile(points.max(axis=1), 100 - stray_pct, axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _crop(
    body: tuple[float, float, float, float], w: int, h: int, settings: RenderSettings
) -> tuple[int, int, int, int]:
    tall = max((body[3] - body[1]) / settings.crop_body_fraction, settings.crop_min_height_px)
    tall = min(tall, h)
    wide = min(max(0.75 * tall, 1.35 * (body[2] - body[0])), w)
    # a little more room above: the stamp stands there
    cx, cy = 0.5 * (body[0] + body[2]), 0.5 * (body[1] + body[3]) - 0.04 * tall
    left = int(np.clip(cx - wide / 2, 0, w - wide))
    top = int(np.clip(cy - tall / 2, 0, h - tall))
    return left, top, left + int(wide), top + int(tall)


@dataclass(frozen=True, slots=True, kw_only=True)
class Painter:
    """Draws any frame of one trial.

    Attributes
    ----------
    heads : ndarray of float, shape (T, 2, 3)
        From :func:`formcheck.render.head.head_track`.
    """

    trial: Trial
    readings: tuple[Reading, ...]
    heads: FloatArray
    settings: RenderSettings
    blur_face: bool = True

    def row_at(self, time_s: float) -> int:
        """Return the frame nearest to a time."""
        return int(np.argmin(np.abs(self.trial.raw.time_s - time_s)))

    def rows_of(self, moment: Moment) -> list[int]:
        """Return the frames of the step or repetition a moment belongs to, its own at least."""
        t = self.trial.raw.time_s
        inside = np.flatnonzero((t >= moment.start_s) & (t < moment.end_s))
        return [int(i) for i in inside] or [self.row_at(moment.time_s)]

    def head_context(self, row: int, shown: Framing) -> FrameContext:
        """Return the little that hiding the face at frame `row` needs."""
        head = self.heads[row]
        places = np.column_stack([shown.points(head[:, :2]), head[:, 2] * shown.scale])
        return FrameContext(
            scene=self.trial.scene,
            xy_px=self.trial.raw.xy_px[row],
            confidence=self.trial.raw.confidence[row],
            head_px=places,
            time_s=float(self.trial.raw.time_s[row]),
            settings=self.settings,
        )

    def context(self, row: int, shown: Framing, moment: Moment | None = None) -> FrameContext:
        """Return what the annotators are told about frame `row`."""
        trial = self.trial
        t = float(trial.raw.time_s[row])
        head = self.heads[row]
        places = np.column_stack([shown.points(head[:, :2]), head[:, 2] * shown.scale])
        base = FrameContext(
            scene=trial.scene,
            xy_px=shown.points(seen_at(trial, row) if moment else landmarks_at(trial, row)),
            confidence=trial.raw.confidence[row],
            head_px=places,
            bottom_px=float(shown.size_px[1]),
            time_s=t,
            settings=self.settings,
            stamp=_stamp(trial, row, moment, shown),
            version=f"formcheck {__version__}",
            in_test=in_test(trial),
        )
        if moment is None:
            return base
        readings = self.readings_at(moment)
        trace_s = np.linspace(0, self.settings.soft_window_s, 41)
        soft = any(r.measurement.id == "landing_softness" for r in readings)
        trace = self._knee_bend(moment, trace_s) if soft else trace_s * np.nan
        return replace(
            base,
            side=moment.side,
            moment=moment.name,
            readings=readings,
            trace_s=trace_s,
            trace_deg=trace,
            trace_now_s=t - moment.start_s,
        )

    def _knee_bend(self, moment: Moment, after_s: FloatArray) -> FloatArray:
        """Return the knee's bend at times after the start of a moment, through its numbers."""
        plain = partial(knee_flexion_deg, self.trial, moment.side)
        numbers = numbers_of(self.trial, "knee_flexion")
        return led_through(numbers, moment.side, plain)(moment.start_s + after_s)

    def readings_at(self, moment: Moment) -> tuple[Reading, ...]:
        """Return the readings this moment is evidence for, with the value of this very step."""
        out = []
        for measure_id in moment.measure_ids:
            for r in self.readings:
                m = r.measurement
                if m.id != measure_id or m.side not in (moment.side, "both"):
                    continue
                value = value_within(m, moment.start_s, moment.end_s)
                this = value if np.isfinite(value) else None
                if m.status != "unavailable":
                    out.append(replace(r, this_step=this))
        return tuple(out)

    def paint(self, image: Image, context: FrameContext) -> Image:
        """Return the annotated picture: every registered annotator, lower layers first."""
        names = [n for n in ANNOTATORS if self.blur_face or n != "face_blur"]
        for annotator in sorted((ANNOTATORS[n] for n in names), key=lambda a: a.layer):
            image = annotator.annotate(image, context)
        return image


def in_test(trial: Trial) -> bool:
    """Tell whether values of this trial are counted per repetition."""
    return bool(trial.reps)


def readings_of(measurements: Iterable[Measurement]) -> tuple[Reading, ...]:
    """Return one reading per measurement."""
    return tuple(Reading(measurement=m) for m in measurements)


def seen_at(trial: Trial, row: int) -> FloatArray:
    """Return the landmarks of a key frame, (33, 2): of the second look, where it had one.

    The lines drawn are then those that the number beside them was read from.
    """
    closer = trial.second_look
    if closer is not None and closer.time_s.size:
        off = np.abs(closer.time_s - trial.raw.time_s[row])
        if off.min() < _SAME_PICTURE_S:
            return np.asarray(closer.xy_px[int(off.argmin())])
    return landmarks_at(trial, row)


def landmarks_at(trial: Trial, row: int) -> FloatArray:
    """Return the filtered landmarks at a frame's time, raw where the filter has none, (33, 2)."""
    drawn: FloatArray = landmarks_of(trial, np.array([row]))[0]
    return drawn


def landmarks_of(trial: Trial, rows: IntArray) -> FloatArray:
    """Return the landmarks drawn at several frames, source px, shape (N, 33, 2)."""
    t = trial.raw.time_s[rows]
    raw = trial.raw.xy_px[rows]
    filtered = np.full_like(raw, np.nan)
    if trial.pose.time_s.size > 1:
        # all joints in one call: one by one they took a sixth of the time a clip is drawn in
        filtered[:, _JOINT_ROWS] = sample_at(trial.pose.time_s, trial.pose.xy_px[:, _JOINT_ROWS], t)
    return np.asarray(np.where(np.isfinite(filtered), filtered, raw))


_SAME_PICTURE_S = 1e-3
_JOINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel", "foot_index")
_JOINT_ROWS = [index_of(side, j) for side in SIDES for j in _JOINTS]


def _stamp(trial: Trial, row: int, moment: Moment | None, shown: Framing) -> tuple[str, ...]:
    parts = [wording.VIEW_WORD[trial.scene.view]]
    if moment is not None:
        parts.append(f"{wording.SIDE_LETTER[moment.side]} {moment.title}")
    parts += [wording.clock(float(trial.raw.time_s[row])), f"frame {row}"]
    if shown.scale > 1.3 or shown.height < 0.9 * trial.clip.height_px:
        parts.append("enlarged")
    return tuple(parts)
