"""Search: an SQLite index of names and quotes beside the store of a release, and how it is asked."""
