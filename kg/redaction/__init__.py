"""Withholding entities from a release: which they are, what of the texts speaks of them, and what remains."""
