"""Entry point of ``python -m sample_videos.render``."""

import sys

from sample_videos.render.cli import main

if __name__ == "__main__":
    sys.exit(main())
