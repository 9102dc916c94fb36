"""Settings of all tests.

On a build server the examples of property tests are the same in every run, so that a change is
blamed for what it broke. At a desk they differ each time, and go on finding counterexamples.
"""

import os

from hypothesis import settings

settings.register_profile("server", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("server")
