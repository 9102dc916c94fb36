"""Finding people in pictures: one file per backend, and the choice of the runner."""

from formcheck.pose.backend import Detection, PoseBackend, PoseSession
from formcheck.pose.mediapipe_tasks import MediaPipeBackend
from formcheck.pose.observations import Observations
from formcheck.pose.replay import ReplayBackend

__all__ = [
    "Detection",
    "MediaPipeBackend",
    "Observations",
    "PoseBackend",
    "PoseSession",
    "ReplayBackend",
]
