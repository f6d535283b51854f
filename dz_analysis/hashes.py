"""Hashes: of bytes, of files, of plain facts.

In: bytes, a file, or text, numbers, lists and mappings of them. Out: SHA-256 as hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def hash_file(file: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def hash_facts(facts: Any) -> str:
    """Return the hash of plain facts (text, numbers, lists and mappings of them).

    Examples
    --------
    >>> hash_facts({"a": 1, "b": 2}) == hash_facts({"b": 2, "a": 1})
    True
    """
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hash_bytes(text.encode("utf-8", "surrogatepass"))
