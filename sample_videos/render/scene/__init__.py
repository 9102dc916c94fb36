"""Rooms, looks and the software-GL renderer."""
