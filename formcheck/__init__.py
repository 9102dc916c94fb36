"""formcheck: running form and movement tests measured from a phone video, with honest intervals."""

__version__ = "0.1.0"
