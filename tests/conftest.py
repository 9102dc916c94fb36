"""Settings of all tests.

On a build server the examples of property tests are the same in every run, so that a change is
blamed for what it broke. At a desk they differ each time, and go on finding counterexamples. No
example has a deadline: a slow or busy computer is no fault of the code.
"""

import os

from hypothesis import settings

settings.register_profile("server", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("server" if os.environ.get("CI") else "desk")
