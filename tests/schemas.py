"""The JSON schemas of the project's documents."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

_DOCS = Path(__file__).parents[1] / "docs"


@cache
def schema(name: str) -> Any:
    """The schema of a document: ``card``, ``check`` or ``diff``."""
    return json.loads((_DOCS / f"{name}.schema.json").read_text(encoding="utf-8"))


@cache
def validator(name: str) -> Draft202012Validator:
    """What holds a document against its schema."""
    return Draft202012Validator(schema(name))


def strict(text: str | bytes) -> Any:
    """The value of a JSON text; fails for what JSON does not have, and for a key that stands twice."""
    return json.loads(text, parse_constant=_refuse, object_pairs_hook=_distinct)


def _refuse(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len(dict(pairs)) == len(pairs), pairs
    return dict(pairs)
