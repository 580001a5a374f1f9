"""Files that the commands are given."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.cli.running import COMMAND, environment

HOSTILE = "\x1b[31mred\x1b]52;c;aGk=\x07\x1b[2J\u202egnp\u202c\u2066x\u2069\u200f\x7f\b\x0c"
"""What a terminal would obey, as UTF-8 text."""

C1 = "\x9b2J\x85\x90q\x9c"

MARKUP = "[MASK] [/] [red]x[/] <unk>"


def plain_card(name: str = "a-run", f1: str = "0.9123") -> str:
    """A small Trainer card."""
    return (
        f"---\nlicense: mit\ntags:\n- generated_from_trainer\nmetrics:\n- f1\n---\n\n# {name}\n\n"
        "This model is a fine-tuned version of [base](https://huggingface.co/base) on the reviews dataset.\n"
        f"It achieves the following results on the evaluation set:\n- Loss: 0.2500\n- F1: {f1}\n\n"
        "### Training hyperparameters\n\n- learning_rate: 3e-05\n- train_batch_size: 8\n\n"
        "### Training results\n\n| Training Loss | Epoch | Step | Validation Loss | F1 |\n|:-:|:-:|:-:|:-:|:-:|\n"
        f"| 0.5 | 1.0 | 100 | 0.3000 | 0.8000 |\n| 0.4 | 2.0 | 200 | 0.2500 | {f1} |\n\n"
        "### Framework versions\n\n- Transformers 4.46.3\n"
    )


def hostile_card() -> bytes:
    """A card that tries to reach the terminal from every part of it."""
    text = f"{HOSTILE}{C1}{MARKUP}"
    quoted = '"' + "".join(f"\\U{ord(character):08x}" for character in text) + '"'
    long = "x" * 10_000
    card = (
        f"---\nlicense: {quoted}\n{quoted}: [{quoted}]\ntags:\n- generated_from_trainer\n---\n\n# Name {text}\n\n"
        f"This model is a fine-tuned version of [{text}](http://{text}) on the {text} dataset.\n"
        f"It achieves the following results on the evaluation set:\n- Loss: 0.25\n- F1 {text}: {text}\n"
        f"- Long: {long}\n\n"
        f"## Heading {text}\n\nWords {text} **{text}** {long}\n\n```\n{text}\n```\n\n"
        f"### Training hyperparameters\n\n- seed {text}: {text}\n- long: {long}\n\n"
        f"### Training results\n\n| Epoch | Loss | Col {text} |\n|---|---|---|\n| 1.0 | 0.25 | {text} |\n"
        f"| 2.0 | {long} |\n\n"
        f"### Framework versions\n\n- Transformers {text}\n"
    )
    return card.encode() + b"\n\x9b31m raw bytes \xff\xfe\n"


def unread(*arguments: str | Path) -> tuple[int, bytes]:
    """(exit status, standard error) of a command whose reader is gone before it writes."""
    ours, theirs = os.pipe()
    os.close(ours)
    try:
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=subprocess.PIPE,
            env=environment(),
            timeout=30,
            check=False,
        )
    finally:
        os.close(theirs)
    return done.returncode, done.stderr


def closed_early(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command whose reader takes one line and goes."""
    with subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        if process.stdout is None or process.stderr is None:
            raise AssertionError("no pipes")
        line = process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        return subprocess.CompletedProcess(process.args, process.wait(20), line, errors)
