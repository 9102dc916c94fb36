"""Scoring against clips whose truth is known: bias, spread, slope, coverage, refusals."""

from formcheck.validation.run import validate_folder

__all__ = ["validate_folder"]
