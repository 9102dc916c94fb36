"""Everything learned from clips: one table a file, with its header, and the digest of them all.

``python -m formcheck.validation refit FIT_DIR`` writes the tables, except `seeds.json`, which is
made by hand. What a person chose is in :mod:`formcheck.settings`.
"""

from formcheck.fitted.header import Header, Table
from formcheck.fitted.tables import Fitted, digest, load_fitted

__all__ = ["Fitted", "Header", "Table", "digest", "load_fitted"]
