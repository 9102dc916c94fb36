"""Everything learned from clips: one table a file, with its header."""
