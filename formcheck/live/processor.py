"""One webcam picture in, one annotated picture out: lines, count and cue."""

import threading
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from formcheck.keypoints import BONES, INDEX
from formcheck.live.counting import Counter, Exercise, counter_of, whole_body_seen
from formcheck.live.cues import CueChooser
from formcheck.pose.backend import Detection, PoseBackend, PoseSession
from formcheck.pose.mediapipe_tasks import MediaPipeBackend
from formcheck.render.draw import Image, joint, line, plate, text, text_size, wrap
from formcheck.settings.live import LiveSettings

_JOINTS: Final = tuple(sorted({name for bone in BONES for name in bone}))
_USUAL_FPS: Final = 30.0
_OPACITY: Final = 0.75
COUNTED: Final[dict[Exercise, str]] = {"squat": "repetitions", "jog": "steps"}


@dataclass(frozen=True, slots=True)
class LiveState:
    """What is shown at the moment."""

    count: int = 0
    cue: str = ""
    found: bool = False


class LiveProcessor:
    """Follows one person through a live picture and keeps nothing of it.

    Pictures come from one thread; state and exercise may be read and set from another. The
    landmark model is loaded with the first picture and freed by :meth:`close`.

    Parameters
    ----------
    exercise : {"squat", "jog"}
    settings : LiveSettings, optional
    backend : PoseBackend, optional
        The light model by default.
    mirror : bool
        Show the picture like a mirror; words are not mirrored.
    """

    def __init__(
        self,
        exercise: Exercise = "squat",
        settings: LiveSettings | None = None,
        backend: PoseBackend | None = None,
        *,
        mirror: bool = True,
    ) -> None:
        self._settings = settings or LiveSettings()
        self._backend = backend or MediaPipeBackend(model="lite")
        self._mirror = mirror
        self._lock = threading.Lock()
        self._session: PoseSession | None = None
        self._frame = 0
        self._start(exercise)

    def _start(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._counter: Counter = counter_of(exercise, self._settings)
        self._chooser = CueChooser(exercise, self._settings)
        self._state = LiveState()

    def check(self) -> None:
        """Raise FormcheckError if the landmark model is missing or damaged."""
        self._backend.check()

    def choose(self, exercise: Exercise) -> None:
        """Begin another exercise; the count starts again at nought."""
        with self._lock:
            if exercise != self._exercise:
                self._start(exercise)

    def restart(self) -> None:
        """Set the count to nought."""
        with self._lock:
            self._start(self._exercise)

    @property
    def state(self) -> LiveState:
        """Count and cue at the moment."""
        with self._lock:
            return self._state

    def process(self, rgb: Image, time_s: float) -> Image:
        """Return the picture with lines, count and cue; the picture given is left as it is.

        Parameters
        ----------
        rgb : ndarray of uint8, shape (H, W, 3)
        time_s : float
            Seconds, rising.
        """
        shown = _fitted(rgb, self._settings.side_px)
        with self._lock:
            person = self._find(shown)
            self._update(person, shown, time_s)
            state, exercise = self._state, self._exercise
        if person is not None:
            _skeleton(shown, person, self._settings)
        if self._mirror:
            shown = np.ascontiguousarray(shown[:, ::-1])
        return _words(shown, state, exercise)

    def close(self) -> None:
        """Free the model; a later picture loads it again."""
        with self._lock:
            if self._session is not None:
                self._session.close()
            self._session = None

    def _find(self, rgb: Image) -> Detection | None:
        if self._session is None:
            self._session = self._backend.open(_USUAL_FPS)
        people = self._session.detect(rgb, self._frame)
        self._frame += 1
        return max(people, key=_size, default=None)

    def _update(self, person: Detection | None, rgb: Image, time_s: float) -> None:
        whole = False
        if person is not None:
            size = rgb.shape[1], rgb.shape[0]
            whole = whole_body_seen(person.xy_px, person.visibility, size, self._settings)
            if whole:
                self._counter.add(person.xy_px, time_s)
        cue = self._chooser.look(
            time_s, found=person is not None, whole=whole, last_rep_s=self._counter.last_rep_s
        )
        self._state = LiveState(count=self._counter.count, cue=cue, found=person is not None)


def _size(person: Detection) -> float:
    x0, y0, x1, y1 = person.box
    return (x1 - x0) * (y1 - y0)


def _fitted(rgb: Image, side_px: int) -> Image:
    h, w = rgb.shape[:2]
    scale = side_px / max(h, w)
    if scale >= 1:
        return rgb.copy()
    size = max(2, round(w * scale / 2) * 2), max(2, round(h * scale / 2) * 2)
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _skeleton(image: Image, person: Detection, settings: LiveSettings) -> None:
    width = max(2.0, image.shape[0] / 240)
    seen = person.visibility >= settings.seen_visibility
    for a, b in BONES:
        i, j = INDEX[a], INDEX[b]
        line(image, person.xy_px[i], person.xy_px[j], width, dashed=not (seen[i] and seen[j]))
    for name in _JOINTS:
        i = INDEX[name]
        square = name.startswith("right")
        joint(image, person.xy_px[i], 2 * width, square=square, hollow=not seen[i])


def _words(image: Image, state: LiveState, exercise: Exercise) -> Image:
    h, w = image.shape[:2]
    tall = max(16.0, h / 16)
    counted = COUNTED[exercise] if state.count != 1 else COUNTED[exercise][:-1]
    _plate(image, f"{state.count} {counted}", 0.0, tall)
    lines = wrap(state.cue.split(), 0.75 * tall, w - tall, " ") if state.cue else []
    for k, words in enumerate(reversed(lines)):
        _plate(image, words, h - 1.15 * tall * (k + 1), 0.75 * tall)
    return image


def _plate(image: Image, words: str, top: float, tall: float) -> None:
    width, _ = text_size(words, tall, bold=True)
    plate(image, (0, top, width + tall, top + 1.55 * tall), _OPACITY)
    text(image, words, (tall / 2, top + 1.1 * tall), tall, bold=True)
