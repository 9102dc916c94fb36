"""Synthetic people with known kinematics: a development tool, not part of the installed package.

Renders a dressed person running on a treadmill or along a hallway, walking, squatting, jumping or
hopping from
continuous kinematics, and writes the ground truth next to the video. Run it from the root of the
repository::

    python -m sample_videos.render --help

World frame: X forward (running direction), Y to the person's left, Z up, metres; the belt or
floor is z = 0.
"""
