"""Make a folder of many small Trainer cards: ``python benchmarks/make_cards.py FOLDER [CARDS] [FOLDERS]``."""

from __future__ import annotations

import random
import sys
from pathlib import Path

_CARD = """---
license: apache-2.0
tags:
- generated_from_trainer
datasets:
- {dataset}
metrics:
- accuracy
model-index:
- name: {name}
  results: []
---

# {name}

This model is a fine-tuned version of [{base}](https://huggingface.co/{base}) on the {dataset} dataset.
It achieves the following results on the evaluation set:
- Loss: {loss:.4f}
- Accuracy: {accuracy:.4f}

## Training procedure

### Training hyperparameters

The following hyperparameters were used during training:
- learning_rate: {rate}
- train_batch_size: {batch}
- seed: {seed}
- num_epochs: 3

### Training results

| Training Loss | Epoch | Step | Validation Loss | Accuracy |
|:-------------:|:-----:|:----:|:---------------:|:--------:|
{rows}

### Framework versions

- Transformers 4.53.1
"""


def write_card(path: Path, name: str, chance: random.Random) -> None:
    """Write one card of three epochs with random figures."""
    loss, accuracy = chance.uniform(0.2, 1.0), chance.uniform(0.5, 0.9)
    rows = []
    for epoch in (1, 2, 3):
        loss, accuracy = loss * chance.uniform(0.8, 1.1), min(accuracy * chance.uniform(0.98, 1.05), 0.9999)
        rows.append(
            f"| {loss * 0.9:.4f}        | {epoch}.0   | {epoch * 500} | {loss:.4f}          | {accuracy:.4f}   |"
        )
    text = _CARD.format(
        name=name,
        dataset=chance.choice(["imdb", "emotion", "ag_news", "tweet_eval"]),
        base=chance.choice(["bert-base-uncased", "roberta-base", "distilbert-base-uncased"]),
        loss=loss,
        accuracy=accuracy,
        rate=chance.choice(["1e-05", "2e-05", "3e-05", "5e-05"]),
        batch=chance.choice([8, 16, 32]),
        seed=chance.randrange(100),
        rows="\n".join(rows),
    )
    path.write_text(text, encoding="utf-8")


def make(folder: Path, cards: int, folders: int) -> None:
    """Spread `cards` cards over `folders` folders; the same arguments make the same files."""
    chance = random.Random(20_240)
    each = -(-cards // folders)
    for index in range(folders):
        sweep = folder / f"sweep-{index:04}"
        sweep.mkdir(parents=True, exist_ok=True)
        for run in range(min(each, cards - index * each)):
            name = f"sweep-{index:04}-run-{run:03}"
            write_card(sweep / f"{name}.md", name, chance)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int((sys.argv[2:3] or ["100000"])[0]), int((sys.argv[3:4] or ["1000"])[0]))
