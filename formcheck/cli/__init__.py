"""The command line: parses, calls the pipeline, prints; exit codes as in the README."""

from formcheck.cli.main import main

__all__ = ["main"]
