"""Make a folder of sweeps of Trainer cards: ``python benchmarks/make_cards.py FOLDER [CARDS] [FOLDERS]``.

A folder is one sweep: one task, data set and base model, with other settings in every card. Some runs overfit, a few
diverge; most report their last evaluation, some their best. The same arguments make the same files.
"""

from __future__ import annotations

import math
import random
import sys
from dataclasses import dataclass
from pathlib import Path

_CARD = """---
library_name: transformers
{license}base_model: {base}
tags:
- generated_from_trainer
datasets:
- {dataset}
metrics:
{metrics}
model-index:
- name: {name}
  results: []
---

<!-- This model card has been generated automatically according to the information the Trainer had access to. You
should probably proofread and complete it, then remove this comment. -->

# {name}

This model is a fine-tuned version of [{base}](https://huggingface.co/{base}) on the {dataset} dataset.
It achieves the following results on the evaluation set:
{results}

## Model description

More information needed

## Intended uses & limitations

More information needed

## Training and evaluation data

More information needed

## Training procedure

### Training hyperparameters

The following hyperparameters were used during training:
- learning_rate: {rate}
- train_batch_size: {batch}
- eval_batch_size: {batch}
- seed: {seed}
- gradient_accumulation_steps: {accumulation}
- total_train_batch_size: {total}
- optimizer: Use adamw_torch with betas=(0.9,0.999) and epsilon=1e-08{no_arguments}
- lr_scheduler_type: {scheduler}
- lr_scheduler_warmup_ratio: {warmup}
- num_epochs: {epochs}

### Training results

{table}


### Framework versions

- Transformers {version}
- Pytorch {torch}
- Datasets 3.6.0
- Tokenizers 0.21.2
"""


@dataclass(frozen=True, slots=True)
class _Sweep:
    """What the cards of a folder have in common."""

    base: str
    dataset: str
    examples: int
    metrics: tuple[str, ...]
    """As the table has them, the headline first; of ``Wer`` and ``Cer`` less is better."""

    version: str
    torch: str


_TASKS = (
    (
        ("Accuracy", "F1", "Precision", "Recall"),
        ("imdb", "emotion", "ag_news", "tweet_eval"),
        ("google-bert/bert-base-uncased", "FacebookAI/roberta-base", "distilbert/distilbert-base-uncased"),
    ),
    (
        ("F1", "Accuracy"),
        ("conll2003", "wnut_17"),
        ("microsoft/deberta-v3-small", "FacebookAI/xlm-roberta-base"),
    ),
    (("Wer", "Cer"), ("common_voice_17_0", "fleurs"), ("openai/whisper-tiny", "openai/whisper-small")),
    (("Rouge1", "Rouge2", "Rougel"), ("samsum", "xsum"), ("google-t5/t5-small", "facebook/bart-base")),
    ((), ("wikitext", "eli5"), ("distilbert/distilgpt2", "HuggingFaceTB/SmolLM2-135M")),
)
"""Metrics, data sets and base models of the tasks, which take turns."""

_VERSIONS = (("4.38.2", "2.2.1+cu121"), ("4.44.0", "2.4.0+cu121"), ("4.53.1", "2.7.1+cu126"))
_FALLING = frozenset({"Wer", "Cer"})


def _sweep(index: int, chance: random.Random) -> _Sweep:
    metrics, datasets, bases = _TASKS[index % len(_TASKS)]
    version, torch = chance.choice(_VERSIONS)
    return _Sweep(
        chance.choice(bases), chance.choice(datasets), chance.randrange(2_000, 60_000), metrics, version, torch
    )


def _history(sweep: _Sweep, epochs: int, rate: float, chance: random.Random) -> list[tuple[float, ...]]:
    """(training loss, validation loss, metrics …) of each epoch."""
    pace = chance.uniform(0.8, 2.5) / (1 + rate * 2e4)
    floor, drop = chance.uniform(0.05, 0.5), chance.uniform(0.3, 1.5)
    overfit = chance.uniform(0.02, 0.12) if chance.random() < 0.35 else 0.0
    turn = chance.uniform(1.5, 4)
    best = chance.betavariate(9, 2)
    diverges = chance.random() < 0.005
    rows: list[tuple[float, ...]] = []
    for epoch in range(1, epochs + 1):
        left = math.exp(-epoch / (pace * 2 + 0.5))
        noise = chance.uniform(-0.02, 0.02)
        training = (floor * 0.6 + drop * left) * math.exp(-0.1 * epoch)
        validation = (floor + drop * left + overfit * max(epoch - turn, 0)) * (1 + noise)
        if diverges and epoch > epochs // 2:
            training, validation = 0.0, math.nan
        value = min(max(best * (1 - 0.6 * left) + noise, 0.01), 0.9999)
        metrics = (
            (1 - value if name in _FALLING else value) * (1 - 0.02 * place) for place, name in enumerate(sweep.metrics)
        )
        rows.append((training, validation, *metrics))
    return rows


def _table(sweep: _Sweep, history: list[tuple[float, ...]], steps: int, *, late: bool) -> str:
    """The history as the Trainer prints it; `late`: the first loss was logged after the first epoch."""
    head = ("Training Loss", "Epoch", "Step", "Validation Loss", *sweep.metrics)
    lines = [f"| {' | '.join(head)} |", f"|{'|'.join(':' + '-' * len(name) + ':' for name in head)}|"]
    for epoch, (training, *others) in enumerate(history, 1):
        logged = "No log       " if late and epoch == 1 else f"{training:<13.4f}"
        cells = " | ".join([f"{value:.4f}" for value in others])
        lines.append(f"| {logged} | {epoch}.0   | {epoch * steps:<4} | {cells} |")
    return "\n".join(lines)


def card(name: str, sweep: _Sweep, chance: random.Random) -> str:
    """The text of one card of a sweep."""
    rate = chance.choice(("1e-05", "2e-05", "3e-05", "5e-05", "0.0001"))
    batch, accumulation = chance.choice((8, 16, 32)), chance.choice((1, 1, 2, 4))
    epochs = chance.choice((3, 3, 4, 5, 8, 10))
    steps = -(-sweep.examples // (batch * accumulation))
    history = _history(sweep, epochs, float(rate), chance)
    reported = history[-1]
    if sweep.metrics and chance.random() < 0.3:  # load_best_model_at_end
        reported = (min if sweep.metrics[0] in _FALLING else max)(history, key=lambda row: row[2])
    results = [f"- Loss: {reported[1]:.4f}"]
    results += [f"- {metric}: {value:.4f}" for metric, value in zip(sweep.metrics, reported[2:], strict=True)]
    return _CARD.format(
        license="" if chance.random() < 0.1 else "license: apache-2.0\n",
        base=sweep.base,
        dataset=sweep.dataset,
        metrics="\n".join([f"- {metric.lower()}" for metric in sweep.metrics] or ["- perplexity"]),
        name=name,
        results="\n".join(results),
        rate=rate,
        batch=batch,
        seed=chance.choice((0, 1, 42, 1234)),
        accumulation=accumulation,
        total=batch * accumulation,
        no_arguments=" and optimizer_args=No additional optimizer arguments",
        scheduler=chance.choice(("linear", "linear", "cosine", "constant_with_warmup")),
        warmup=chance.choice(("0.0", "0.06", "0.1")),
        epochs=epochs,
        table=_table(sweep, history, steps, late=steps < 500),
        version=sweep.version,
        torch=sweep.torch,
    )


def make(folder: Path, cards: int, folders: int) -> None:
    """Spread `cards` cards over `folders` folders; the same arguments make the same files."""
    chance = random.Random(20_240)
    each = -(-cards // folders)
    for index in range(folders):
        sweep = _sweep(index, chance)
        inner = folder / f"sweep-{index:04}"
        inner.mkdir(parents=True, exist_ok=True)
        for run in range(min(each, cards - index * each)):
            name = f"sweep-{index:04}-run-{run:03}"
            with open(f"{inner}/{name}.md", "w", encoding="utf-8") as file:  # noqa: PTH123 - a third of the time
                file.write(card(name, sweep, chance))


if __name__ == "__main__":
    make(Path(sys.argv[1]), int((sys.argv[2:3] or ["100000"])[0]), int((sys.argv[3:4] or ["1000"])[0]))
