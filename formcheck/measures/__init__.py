"""Measures: one file each, a pure function from a trial to one value per step, stride or rep."""
