"""The line in which a card tells its optimizer → its parts, so that two are compared part by part."""

from __future__ import annotations

import re

_OPTIMIZER = re.compile(r"(?:Use )?(?P<name>.+?)(?: with |\Z| and the args are:)(?P<parts>.*)", re.DOTALL)
_PART = re.compile(
    r"(?P<name>betas|epsilon|optimizer_args)=(?P<value>\([^)]*\)|.*?)(?= and (?:epsilon|optimizer_args)=|\Z)"
)
_NO_ARGS = "No additional optimizer arguments"

_TOKEN = re.compile(r"""'[^']*'|"[^"]*"|[{}\[\](),:]|[^\s{}\[\](),:'"]+""")

_LONGEST = 20_000
"""Characters of a dict that is read; a longer one is no optimizer."""


def optimizer_parts(text: str) -> dict[str, str]:
    """The parts of an optimizer's line by name, of which the first is ``optimizer``.

    Of the Trainer ("Adam with betas=(0.9,0.999) and epsilon=1e-08", "Use OptimizerNames.ADAMW_TORCH with …"), which
    until 4.45 printed ``Adam`` for every optimizer but Adafactor, and of Keras (a dict). What is neither is one part.

    >>> optimizer_parts("Use OptimizerNames.ADAMW_TORCH with betas=(0.9,0.999) and epsilon=1e-08")
    {'optimizer': 'adamw_torch', 'optimizer betas': '(0.9,0.999)', 'optimizer epsilon': '1e-08'}
    >>> optimizer_parts("{'name': 'Adam', 'learning_rate': 2e-05, 'amsgrad': False}")
    {'optimizer': 'adam', 'optimizer learning_rate': '2e-05', 'optimizer amsgrad': 'False'}
    """
    if text.startswith("{") and len(text) <= _LONGEST and (members := _members(text)):
        name = {"optimizer": members.pop("name").casefold()} if "name" in members else {}
        return name | {f"optimizer {path}": value for path, value in members.items()}
    match = _OPTIMIZER.fullmatch(" ".join(text.split()))
    if match is None:
        return {"optimizer": text}
    found = {"optimizer": match["name"].removeprefix("OptimizerNames.").casefold()}
    parts = [(told["name"], told["value"].strip()) for told in _PART.finditer(match["parts"])]
    for part, value in parts or [("args", match["parts"].strip())]:
        if value not in {_NO_ARGS, ""}:
            found[f"optimizer {part.removeprefix('optimizer_')}"] = value
    return found


def learning_rate(text: str) -> str:
    """The learning rate that an optimizer of Keras begins with, after its warm-up; empty where it has none.

    Where the rate changes, the optimizer has the schedule in its stead, see `keras.optimizers.schedules`.

    >>> learning_rate("{'name': 'Adam', 'learning_rate': {'class_name': 'X', 'config': {'initial_learning_rate': 1}}}")
    '1'
    """
    if not text.startswith("{") or len(text) > _LONGEST:
        return ""
    members = _members(text)
    schedule = "learning_rate.config.initial_learning_rate"
    return members.get("learning_rate", members.get(schedule, ""))


def _members(text: str) -> dict[str, str]:
    """The leaves of a printed dict by their paths (``learning_rate.config.decay_steps``); none where it is broken."""
    found: dict[str, str] = {}
    path: list[str | int] = []  # in each open bracket the place in a list, or the key in a dict, "" before it
    last = ""
    for token in _TOKEN.findall(text):
        if token in {"{", "[", "("}:
            path.append("" if token == "{" else 0)
        elif not path:
            return {}
        elif token in {"}", "]", ")"}:
            path.pop()
        elif token == ":":
            path[-1] = last
        elif token == ",":
            path[-1] = path[-1] + 1 if isinstance(path[-1], int) else ""
        else:
            last = token.strip("'\"")
            if path[-1] != "":
                found[".".join(map(str, path))] = last
    return {} if path else found
