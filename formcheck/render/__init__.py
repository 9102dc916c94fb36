"""Pictures: annotators, key frames, the annotated clip, plots, and how numbers are written.

Modules are imported by name (``formcheck.render.keyframes``, ``.clip``, ``.plots``, ``.wording``),
so that reading a result does not load OpenCV.
"""
