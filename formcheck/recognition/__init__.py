"""What was filmed: one recogniser for all tests."""

from formcheck.recognition.decide import Recognition
from formcheck.recognition.recognise import recognise

__all__ = ["Recognition", "recognise"]
