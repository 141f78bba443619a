"""Releases over HTTP: which one is served, their list, files and changes, how to cite them."""
