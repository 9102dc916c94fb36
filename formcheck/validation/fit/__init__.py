"""How each learned table is made anew from clips with known truth; `refit` runs them in order."""
