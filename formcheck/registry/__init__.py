"""Registries: measures, protocols, pose backends, annotators and exports plug in by one file each.

``discover(package)`` imports every module of a package, and each registers itself on import.
"""

from formcheck.registry.card import (
    MEASURES,
    CameraError,
    MeasureCard,
    MeasureSpec,
    measure,
    no_camera_error,
)
from formcheck.registry.protocol import PROTOCOLS, EventDetector, Protocol
from formcheck.registry.table import Registry, discover

__all__ = [
    "MEASURES",
    "PROTOCOLS",
    "CameraError",
    "EventDetector",
    "MeasureCard",
    "MeasureSpec",
    "Protocol",
    "Registry",
    "discover",
    "measure",
    "no_camera_error",
]
