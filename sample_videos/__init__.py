"""Sample clips, and the tool that renders them (``python -m sample_videos.render``)."""
