"""Runs as the Trainer leaves them on disk, from known values."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Entry = Mapping[str, Any]


def logged(step: int, loss: float, **more: Any) -> Entry:
    """A logging step of the training; an epoch has 100 steps."""
    return {"epoch": step / 100, "grad_norm": 1.5, "learning_rate": 5e-05, "loss": loss, "step": step, **more}


def evaluated(step: int, loss: float, **more: Any) -> Entry:
    """An evaluation."""
    speed = {"eval_runtime": 0.03, "eval_samples_per_second": 6156.2, "eval_steps_per_second": 123.1}
    return {"epoch": step / 100, **more, "eval_loss": loss, **speed, "step": step}


LOG = (
    logged(50, 0.6909651184082031),
    logged(100, 0.5),
    evaluated(100, 0.6625709533691406, eval_accuracy=0.635, eval_rouge_l=0.25),
    logged(150, 0.4),
    evaluated(200, 0.55, eval_accuracy=0.7, eval_rouge_l=0.3),
)
SUMMARY = {"epoch": 2.0, "step": 200, "total_flos": 859392000.0, "train_loss": 0.45, "train_runtime": 9.5}


def state(log: Sequence[Any] = LOG, **more: Any) -> str:
    """A ``trainer_state.json``, with its keys in order and indented as the Trainer does."""
    step = max((entry["step"] for entry in log if isinstance(entry, dict) and "step" in entry), default=0)
    fields = {
        "best_global_step": None,
        "best_metric": None,
        "best_model_checkpoint": None,
        "epoch": step / 100,
        "global_step": step,
        "log_history": log,
        "max_steps": 300,
        "num_train_epochs": 3,
        **more,
    }
    return json.dumps(fields, indent=2, sort_keys=True) + "\n"


def lay(folder: Path, **files: str | bytes) -> Path:
    """Write files into a folder: ``state`` and ``checkpoint_500`` are states, others are named as their keys."""
    for key, content in files.items():
        name = key.replace("checkpoint_", "checkpoint-") + "/trainer_state.json"
        known = {"state": "trainer_state.json", "readme": "README.md"}
        path = folder / (name if key.startswith("checkpoint_") else known.get(key, f"{key}.json"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
