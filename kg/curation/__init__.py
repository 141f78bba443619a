"""What people decided, as files in git: judgements of identity, corrections, redactions, and the registry of ids.

A folder of curation holds `judgements.yaml`, `corrections.yaml`, `redactions.yaml` and `registry.yaml`; each may be
absent. A redaction names an entity by its id. Any other entry points to a mention or a claim by an anchor (article,
class, quote with prefix and suffix, the place in the original text), never by an offset alone, and is anchored anew at
each build. One that no longer anchors is reported, never dropped.
"""

from __future__ import annotations

from kg.curation.files import load_curation, read_decision, registry_text
from kg.curation.model import (
    Anchor,
    ClaimAnchor,
    Correction,
    Curation,
    Judgement,
    Redaction,
    RegistryEntry,
    SourceAnchor,
)

__all__ = [
    "Anchor",
    "ClaimAnchor",
    "Correction",
    "Curation",
    "Judgement",
    "Redaction",
    "RegistryEntry",
    "SourceAnchor",
    "load_curation",
    "read_decision",
    "registry_text",
]
