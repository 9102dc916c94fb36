"""Corrections by a physiotherapist: typed, logged, applied to stored landmarks, undoable."""

from formcheck.edits.apply import Draft, apply_edit, draft_of
from formcheck.edits.file import FILE_NAME, read_edits, write_edits
from formcheck.edits.log import Action, EditLog, Effect, LoggedEdit
from formcheck.edits.model import (
    ChoosePerson,
    CountStep,
    Edit,
    MoveContact,
    NudgeLandmark,
    Relabel,
    is_structural,
)
from formcheck.edits.words import told

__all__ = [
    "FILE_NAME",
    "Action",
    "ChoosePerson",
    "CountStep",
    "Draft",
    "Edit",
    "EditLog",
    "Effect",
    "LoggedEdit",
    "MoveContact",
    "NudgeLandmark",
    "Relabel",
    "apply_edit",
    "draft_of",
    "is_structural",
    "read_edits",
    "told",
    "write_edits",
]
