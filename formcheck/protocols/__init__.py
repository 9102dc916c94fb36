"""Tests: one file each says how to film, which events to look for, and what to measure."""
