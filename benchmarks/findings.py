"""Print how often each finding is made, and some of each to be judged by eye beside their cards.

``python -m benchmarks.findings [FOLDER] [--show N] [--seed N] [--code CODE]``; FOLDER defaults to the public cards of
``CARDTUI_SHARED``. With --show, N cards of each code, drawn at random, with file, line and sentence.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from pathlib import Path

from benchmarks.setting import PUBLIC
from tui.cards.read import read
from tui.judge.finding import Finding
from tui.judge.findings.table import CODES
from tui.judge.verdict import judge


def found_in(folder: Path) -> tuple[int, int, dict[str, list[tuple[Path, Finding]]]]:
    """(cards, cards with a history, findings by code) of all cards below a folder."""
    cards = with_history = 0
    found: dict[str, list[tuple[Path, Finding]]] = defaultdict(list)
    for path in sorted(folder.rglob("*.md")):
        card = read(path)
        cards += card.is_card
        with_history += len(card.history.rows) > 1
        for finding in judge(card).findings:
            found[finding.code].append((path, finding))
    return cards, with_history, found


def main() -> None:
    """Print the table, then the cards that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=PUBLIC)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--code", choices=sorted(CODES))
    args = parser.parse_args()
    cards, with_history, found = found_in(args.folder)
    print(f"{cards} cards, {with_history} with two evaluations or more\n")
    print("| finding | cards | share | error | warning | info |\n|:--|--:|--:|--:|--:|--:|")
    for code in sorted(found, key=lambda code: -len(found[code])):
        files = len({path for path, _ in found[code]})
        severities = Counter(str(finding.severity) for _, finding in found[code])
        counts = " | ".join(str(severities[one]) for one in ("error", "warning", "info"))
        print(f"| {code} | {files} | {files / max(cards, 1):.0%} | {counts} |")
    draw = random.Random(args.seed)
    for code in [args.code] if args.code else sorted(found):
        some = draw.sample(found[code], min(args.show, len(found[code])))
        if some:
            print(f"\n## {code}")
        for path, finding in some:
            print(f"{path.name}:{finding.line}: {finding.severity} {finding.message}")


if __name__ == "__main__":
    main()
