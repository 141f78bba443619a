"""Releases: immutable, checksummed directories, published by one rename."""

from kg.release.history import find, prune, releases, rollback
from kg.release.home import DEFAULT_HOME, HOME_VARIABLE, Home
from kg.release.manifest import Manifest, Part
from kg.release.publish import ReleaseContent, publish
from kg.release.release import Release

__all__ = [
    "DEFAULT_HOME",
    "HOME_VARIABLE",
    "Home",
    "Manifest",
    "Part",
    "Release",
    "ReleaseContent",
    "find",
    "prune",
    "publish",
    "releases",
    "rollback",
]
