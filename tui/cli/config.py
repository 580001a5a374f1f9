"""``cardtui config``: the settings in force, where each comes from and what it means, as a file of settings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from tui import keys
from tui.cli.configured import Configured, config_file, configured
from tui.cli.inputs import checked
from tui.cli.output import ExitCode, say, write_lines
from tui.config.read import NOTHING, Found, Name
from tui.config.table import TABLE, Setting
from tui.render.line import Line, line
from tui.render.text import visible
from tui.settings import Settings


def run(folder: str, *, only_path: bool = False) -> ExitCode:
    """Print the settings in force where a folder is opened, or only where a person's own are looked for."""
    if only_path:
        write_lines([line(str(config_file()))])
        return ExitCode.FINE
    checked([folder])
    found = configured([folder])
    for note in found.notes:
        say(note)
    write_lines(_document(found))
    return ExitCode.FINE


def _document(found: Configured) -> Iterator[Line]:
    """Every setting with its explanation; what it says, saved as a file of settings, gives the same ones."""
    yield _comment(f"cardtui's settings in force; your own are read from {config_file()}")
    section = ""
    for setting in sorted(TABLE, key=lambda one: "." in one.name or one.is_open):
        head, _, name = setting.name.rpartition(".")
        if setting.is_open:
            head = setting.name
        if head != section:
            section = head
            yield line("")
            yield line((f"[{section}]", "heading"))
        yield line("")
        yield _comment(setting.help.replace("`", ""))
        yield _comment(f"{setting.kind[0].upper()}{setting.kind[1:]}.".replace("`", ""))
        if setting.name == "keys":
            yield from _keys(found)
        elif setting.is_open:
            yield from _directions(found)
        else:
            way = tuple(setting.name.split("."))
            value = _value_in(found.settings, setting)
            yield _pair(name or setting.name, value, _origin(found, way))


def _directions(found: Configured) -> Iterator[Line]:
    for metric, way in found.settings.directions.items():
        yield _pair(_key(metric), way, _origin(found, ("directions", metric)))


def _keys(found: Configured) -> Iterator[Line]:
    """What was changed, and as comments the keys of all other actions."""
    wanted = found.settings.keys
    for action, names in wanted.items():
        yield _pair(action, _written(names), _origin(found, ("keys", action)))
    usual = {(key.name, key.keys): key.help for key in reversed(keys.KEYS) if key.name not in wanted}
    for (action, bound), help_ in reversed(usual.items()):
        yield _comment(f"{action} = {_toml(_written(bound.split(',')))}  # {help_}")


def _written(names: Sequence[str]) -> str | list[str]:
    """Keys as they can be written in a file of settings."""
    characters = {textual: character for character, textual in keys.CHARACTERS.items()}
    parts = [name.rpartition("+") for name in names]
    found = [f"{modifiers}{plus}{characters.get(last, last)}" for modifiers, plus, last in parts]
    return found[0] if len(found) == 1 else found


def _value_in(settings: Settings, setting: Setting) -> object:
    value: object = settings
    for part in (setting.field or setting.name).split("."):
        value = getattr(value, part)
    return list(value) if isinstance(value, tuple) else value


def _origin(found: Configured, name: Name) -> str:
    """Where a value comes from: the file with its line, else that it is the default."""
    for source in (found.folder or NOTHING, found.own or NOTHING):
        if name in source.values:
            return _place(source, name)
    return "default"


def _place(source: Found, name: Name) -> str:
    return f"{source.path}:{source.lines[name]}"


def _pair(name: str, value: object, origin: str) -> Line:
    return line((name, "strong"), f" = {_toml(value)}", (f"  # {visible(origin)}", "dim"))


def _comment(text: str) -> Line:
    return line((f"# {visible(text)}", "dim"))


def _toml(value: object) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return repr(value)


def _quoted(text: str) -> str:
    """A text as TOML writes it; what a terminal would not show is escaped."""
    shown = json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "".join(one if visible(one) == one else f"\\U{ord(one):08x}" for one in shown)


def _key(text: str) -> str:
    is_bare = text.isascii() and text.replace("_", "").replace("-", "").isalnum()
    return text if is_bare else _quoted(text)
