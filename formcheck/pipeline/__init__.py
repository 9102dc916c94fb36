"""The one place that knows the order of the stages."""

from formcheck.pipeline.analyze import AnalysisRun, analyze_clip, analyze_file
from formcheck.pipeline.check import Check, ClipCheck, quick_check
from formcheck.pipeline.progress import CancelCheck, OnProgress

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
