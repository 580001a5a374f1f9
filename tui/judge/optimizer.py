"""The line in which a card tells its optimizer → its parts, so that two are compared part by part."""

from __future__ import annotations

import re

from tui.cards.values import parse

_OPTIMIZER = re.compile(r"(?:Use )?(?P<name>.+?)(?: with |\Z| and the args are:)(?P<parts>.*)", re.DOTALL)
_PART = re.compile(
    r"(?P<name>betas|epsilon|optimizer_args)=(?P<value>\([^)]*\)|.*?)(?= and (?:epsilon|optimizer_args)=|\Z)"
)
_NO_ARGS = "No additional optimizer arguments"


def optimizer_parts(text: str) -> dict[str, str]:
    """The parts of an optimizer's line by name, of which the first is ``optimizer``.

    Of the Trainer ("Adam with betas=(0.9,0.999) and epsilon=1e-08", "Use OptimizerNames.ADAMW_TORCH with …"), which
    until 4.45 printed ``Adam`` for every optimizer but Adafactor, and of Keras (a dict).

    >>> optimizer_parts("Use OptimizerNames.ADAMW_TORCH with betas=(0.9,0.999) and epsilon=1e-08")
    {'optimizer': 'adamw_torch', 'optimizer betas': '(0.9,0.999)', 'optimizer epsilon': '1e-08'}
    """
    value = parse(text)
    if text.startswith("{") and value.elements:
        name = re.search(r"'name': '([^']*)'", text)
        parts = {f"optimizer {path.lstrip('.')}": element.raw for path, element in value.elements}
        return ({"optimizer": name[1].casefold()} if name else {}) | parts
    match = _OPTIMIZER.fullmatch(" ".join(text.split()))
    if match is None:
        return {"optimizer": text}
    found = {"optimizer": match["name"].removeprefix("OptimizerNames.").casefold()}
    for part in _PART.finditer(match["parts"]):
        if part["value"].strip() not in {_NO_ARGS, ""}:
            found[f"optimizer {part['name'].removeprefix('optimizer_')}"] = part["value"].strip()
    rest = "" if "=" in match["parts"] else match["parts"].strip()
    return found | ({"optimizer args": rest} if rest not in {_NO_ARGS, ""} else {})
