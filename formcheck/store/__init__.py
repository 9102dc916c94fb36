"""Result files: landmarks, the analysis, and the folder that holds them."""

from formcheck.store.analysis_file import analysis_schema, read_analysis, write_analysis
from formcheck.store.folder import ResultFolder, is_result_folder
from formcheck.store.landmarks import (
    Context,
    Landmarks,
    OtherPerson,
    load_landmarks,
    save_landmarks,
)

__all__ = [
    "Context",
    "Landmarks",
    "OtherPerson",
    "ResultFolder",
    "analysis_schema",
    "is_result_folder",
    "load_landmarks",
    "read_analysis",
    "save_landmarks",
    "write_analysis",
]
