"""The one place that knows the order of the stages."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from formcheck.progress import CancelCheck, OnProgress

if TYPE_CHECKING:
    from formcheck.pipeline.analyze import analyze_clip, analyze_file
    from formcheck.pipeline.check import Check, ClipCheck, quick_check
    from formcheck.pipeline.measure import AnalysisRun

__all__ = [
    "AnalysisRun",
    "CancelCheck",
    "Check",
    "ClipCheck",
    "OnProgress",
    "analyze_clip",
    "analyze_file",
    "quick_check",
]
# imported when asked for: the command line has workers waiting for what comes first
_HOMES: Final = {
    "AnalysisRun": "measure",
    "Check": "check",
    "ClipCheck": "check",
    "analyze_clip": "analyze",
    "analyze_file": "analyze",
    "quick_check": "check",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (whatever is asked for)
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
