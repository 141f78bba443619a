"""The releases of the home as the server shows them: found by id, listed with the current one marked."""

from __future__ import annotations

from kg.errors import GraphError
from kg.release import Release, releases
from server.problems import Problem
from server.releases.served_release import ServedRelease

__all__ = ["ServedReleases", "given_ident"]


def given_ident(text: str) -> str:
    """An id as a client sent it: a plus sign in a query may have become a space.

    >>> given_ident("0123456789abcdef r1"), given_ident("0123456789ABCDEF")
    ('0123456789abcdef+r1', '0123456789abcdef')
    """
    return text.strip().lower().replace(" ", "+")


class ServedReleases:
    """The releases that are kept in the home of a server.

    Args:
        served: Which one is served.
    """

    def __init__(self, served: ServedRelease) -> None:
        self._served = served

    def current(self) -> Release:
        """The release that is current, without what was written since.

        Raises:
            UsageError: There is none.
        """
        return self._served.home.require_current()

    def find(self, ident: str) -> Release:
        """A release by its id, or by the beginning of it that no other has.

        Raises:
            Problem: There is none, or it is no longer kept.
        """
        wanted = given_ident(ident)
        try:
            return self._served.older(wanted)
        except Problem as problem:
            if problem.name != "unknown-release":
                raise
            kept = ", ".join(release.id for release in self.listed()[:_NAMED])
            detail = f"there is no release '{ident}' here, or more than one: there are {kept or 'none'}"
            raise Problem("unknown-release", detail) from problem

    def listed(self) -> list[Release]:
        """All releases, the newest first.

        Raises:
            Problem: The directory of one of them is damaged.
        """
        try:
            return releases(self._served.home)
        except GraphError as error:
            raise Problem("server-error", "a release of this home is damaged, which its operator must mend") from error


#: How many ids a problem names.
_NAMED = 10
