"""MediaPipe's pose landmarker (Tasks API) as a backend.

Its VIDEO mode follows a person without running the detector on every picture, but smooths the
landmarks with a causal one-euro filter: on rendered runners at 30 fps they came 10 to 27 ms late.
The filter's weight depends on the time between pictures, so pictures are stamped days apart: then
it passes them through unchanged (lag 0 to 5 ms, errors equal to IMAGE mode's, at 60 % of its
cost).

MediaPipe 1.2 reports usage statistics to its maker over the network
(github.com/google-ai-edge/mediapipe/issues/6291). formcheck promises that nothing leaves the
computer, so :func:`forbid_network` closes that way before the library is loaded.
"""

import importlib
import os
import sys
import types
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import numpy as np

from formcheck.data import FloatArray
from formcheck.pose.backend import Detection, ImageArray
from formcheck.pose.bundles import expected_sha256, load_bundle
from formcheck.pose.follow import Found, PeopleFollower
from formcheck.pose.slim import without_mask
from formcheck.settings.options import ModelName
from formcheck.settings.pose import TrackSettings

_DEFAULTS: Final = TrackSettings()
_APART_MS: Final = 10**9
_VISIBILITY_WEIGHT: Final = 0.1
# The discard port of this very computer: nothing listens there, and no packet leaves.
_UNUSED: Final = ("matplotlib", "matplotlib.pyplot", "sounddevice")
_NOWHERE: Final = "http://127.0.0.1:9"
_PROXIES: Final = (
    "HTTPS_PROXY",
    "https_proxy",
    "HTTP_PROXY",
    "http_proxy",
    "ALL_PROXY",
    "all_proxy",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaPipeBackend:
    """A MediaPipe model to be opened in a worker process.

    Parameters
    ----------
    model : {"full", "heavy", "lite"}
    settings : TrackSettings
    folder : Path, optional
        Where the bundles lie.
    """

    model: ModelName = "full"
    settings: TrackSettings = _DEFAULTS
    folder: Path | None = None

    @property
    def id(self) -> str:
        """Name of the backend."""
        return "mediapipe"

    @property
    def needs_process(self) -> bool:
        """True: native code, chatter on stderr and the network belong in a process apart."""
        return True

    @property
    def model_sha256(self) -> str:
        """Digest of the bundle."""
        return expected_sha256(self.model, self.folder)

    def check(self) -> None:
        """Raise FormcheckError if the bundle is missing or damaged."""
        load_bundle(self.model, self.folder)

    def open(self, fps: float) -> "MediaPipeSession":
        """Start a session."""
        data, _ = load_bundle(self.model, self.folder)
        forbid_network()
        models = _Bundle(without_mask(data), self.settings)
        return MediaPipeSession(PeopleFollower(models, self.settings, fps))


class MediaPipeSession:
    """MediaPipe at work on one segment (see :class:`formcheck.pose.backend.PoseSession`)."""

    def __init__(self, people: PeopleFollower) -> None:
        self._people = people

    def detect(self, rgb: ImageArray, frame_index: int) -> tuple[Detection, ...]:  # noqa: ARG002
        """Return the people in the next picture."""
        return self._people.detect(rgb)

    def look(self, rgb: ImageArray) -> tuple[Detection, ...]:
        """Return the people in a single picture; nothing is remembered."""
        return self._people.look(rgb)

    def restart(self) -> None:
        """Forget everybody."""
        self._people.restart()

    def close(self) -> None:
        """Free native memory."""
        self._people.close()

    def __enter__(self) -> Self:
        """Return self."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()


def forbid_network() -> None:
    """Point every proxy variable of this process at a port where nothing listens."""
    for name in _PROXIES:
        os.environ[name] = _NOWHERE
    for name in ("NO_PROXY", "no_proxy"):
        os.environ.pop(name, None)


def import_lightly() -> None:
    """Import MediaPipe without what it imports for plots and microphones.

    Its package imports matplotlib and sounddevice, half of its start-up, which nothing here uses;
    they are empty while it loads. Should a version need them after all, it is imported in full.
    """
    if "mediapipe" in sys.modules:
        return
    empty = {name: types.ModuleType(name) for name in _UNUSED if name not in sys.modules}
    sys.modules.update(empty)
    try:
        importlib.import_module("mediapipe.tasks.python.vision.pose_landmarker")
    except (ImportError, AttributeError):
        for name in [n for n in sys.modules if n.split(".")[0] == "mediapipe"]:
            del sys.modules[name]
    finally:
        for name in empty:
            sys.modules.pop(name, None)


def prepare() -> None:
    """Load MediaPipe before it is needed, its way to the network closed."""
    forbid_network()
    import_lightly()


@dataclass(frozen=True, slots=True)
class _Bundle:
    data: bytes
    settings: TrackSettings

    def finder(self) -> "_Finder":
        return _Finder(self.landmarker(is_video=False, n=self.settings.max_people))

    def follower(self) -> "_Follower":
        return _Follower(self)

    def landmarker(self, *, is_video: bool, n: int) -> Any:  # noqa: ANN401 (untyped library)
        import_lightly()
        from mediapipe.tasks.python.core.base_options import BaseOptions  # noqa: PLC0415
        from mediapipe.tasks.python.vision import pose_landmarker  # noqa: PLC0415
        from mediapipe.tasks.python.vision.core import (  # noqa: PLC0415
            vision_task_running_mode,
        )

        mode = vision_task_running_mode.VisionTaskRunningMode
        options = pose_landmarker.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_buffer=self.data),
            running_mode=mode.VIDEO if is_video else mode.IMAGE,
            num_poses=n,
            min_pose_detection_confidence=self.settings.detection_confidence,
            min_pose_presence_confidence=self.settings.presence_confidence,
            min_tracking_confidence=self.settings.presence_confidence,
        )
        return pose_landmarker.PoseLandmarker.create_from_options(options)


class _Finder:
    def __init__(self, landmarker: Any) -> None:  # noqa: ANN401
        self._landmarker = landmarker

    def find(self, rgb: ImageArray) -> list[Found]:
        return _people(self._landmarker.detect(_image(rgb)), rgb)

    def close(self) -> None:
        self._landmarker.close()


class _Follower:
    def __init__(self, bundle: _Bundle) -> None:
        self._bundle = bundle
        self._landmarker: Any = None
        self._n = 0
        self._smoothed: FloatArray | None = None

    def follow(self, rgb: ImageArray) -> Found | None:
        if self._landmarker is None:
            self._landmarker = self._bundle.landmarker(is_video=True, n=1)
        self._n += 1
        result = self._landmarker.detect_for_video(_image(rgb), self._n * _APART_MS)
        found = next(iter(_people(result, rgb)), None)
        if found is None:
            return None
        xy_px, smoothed, world_m = found
        visibility = raw_visibility(smoothed, self._smoothed)
        self._smoothed = smoothed
        return xy_px, visibility, world_m

    def forget(self) -> None:
        # a used landmarker keeps its visibility filter; a new one costs 0.1 s, remembers nothing
        if self._landmarker is not None:
            self._landmarker.close()
        self._landmarker, self._smoothed, self._n = None, None, 0

    def close(self) -> None:
        self.forget()


def raw_visibility(smoothed: FloatArray, before: FloatArray | None) -> FloatArray:
    """Undo MediaPipe's low-pass on visibility.

    VIDEO mode returns ``v = w raw + (1 - w) before`` with w = 0.1 per picture whatever the clock
    (undoing it with 0.1 gives values within [0, 1] for every landmark of a treadmill run that agree
    with IMAGE mode's, r 0.98; 0.08 gives 12 % outside). Ten frames late, it hides what visibility
    has to say about crossing legs.

    Parameters
    ----------
    smoothed : ndarray of float, shape (33,)
        As returned for this picture.
    before : ndarray of float, shape (33,), or None
        As returned for the last picture; None for the first.
    """
    if before is None:
        return smoothed
    raw = (smoothed - (1 - _VISIBILITY_WEIGHT) * before) / _VISIBILITY_WEIGHT
    return np.asarray(np.clip(raw, 0.0, 1.0))


def _image(rgb: ImageArray) -> Any:  # noqa: ANN401
    import mediapipe as mp  # noqa: PLC0415

    return mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)


def _people(result: Any, rgb: ImageArray) -> list[Found]:  # noqa: ANN401
    size = np.array([rgb.shape[1], rgb.shape[0]], dtype=np.float64)
    return [
        (
            np.array([(p.x, p.y) for p in marks], dtype=np.float64) * size,
            np.array([p.visibility for p in marks], dtype=np.float64),
            np.array([(p.x, p.y, p.z) for p in world], dtype=np.float64),
        )
        for marks, world in zip(result.pose_landmarks, result.pose_world_landmarks, strict=True)
    ]
