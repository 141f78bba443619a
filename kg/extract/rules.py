"""Rule packs: the grammar of the extractor, read from YAML and checked against a schema.

The general grammar stands in `kg/extract/rules/*.yaml`; what is particular to a border stands in its folder's
`rules.yaml`. A pack is read into a `msgspec.Struct`, so that a misspelt key or a wrong type is an error that names the
file and the place in it, never a rule that silently does nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from kg.errors import UsageError

__all__ = ["RULES_DIR", "Pack", "general_pack", "read_pack"]

#: The folder of the general grammar.
RULES_DIR = Path(__file__).resolve().parent / "rules"


class _Loader(yaml.SafeLoader):
    """YAML 1.2's booleans: `no`, `on` and `off` are English words and stay words."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The base of every rule pack and of its parts: immutable, unknown keys refused."""


_Pack = TypeVar("_Pack", bound=msgspec.Struct)


def read_pack(path: Path, schema: type[_Pack]) -> _Pack:
    """Read one YAML file into a record of its schema.

    Args:
        path: The file.
        schema: The `msgspec.Struct` that the file's content must fit.

    Raises:
        UsageError: The file is missing, is not YAML, or does not fit; the message names file, place and reason.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: the rule pack cannot be read ({error}); give a UTF-8 YAML file") from error
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark is not None else ""
        reason = getattr(error, "problem", None) or "it does not parse"
        raise UsageError(f"{path}{place}: the rule pack is not YAML ({reason}); mend that line") from error
    try:
        return msgspec.convert(content, schema)
    except msgspec.ValidationError as error:
        raise UsageError(f"{path}: the rule pack does not fit its schema: {error}; mend that key") from error


def general_pack(name: str, schema: type[_Pack]) -> _Pack:
    """A pack of the general grammar by its file's stem, read once a process.

    Raises:
        UsageError: As `read_pack`.
    """
    known = _READ.get((name, schema))
    if known is None:
        known = _READ[name, schema] = read_pack(RULES_DIR / f"{name}.yaml", schema)
    return known  # type: ignore[return-value]


_READ: dict[tuple[str, type[msgspec.Struct]], msgspec.Struct] = {}
