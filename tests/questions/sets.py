"""Sets of questions with what each means.

`samples/questions.csv` and `questions-voices.csv` were there before the code; the unseen ones were
written without sight of it, and each was tried once before anything was mended by it: what came
out then stands in docs/questions.md.
"""

import csv
from datetime import date
from pathlib import Path

from bot.demo import SAMPLES
from bot.questions.evaluation import Expected, read_expected

HERE = Path(__file__).parent
TODAY = date(2026, 3, 16)
SETS = (SAMPLES / "questions.csv", SAMPLES / "questions-voices.csv", *sorted(HERE.glob("*.csv")))


def read_set(file: Path) -> list[Expected]:
    """The rows of a file."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return read_expected(csv.DictReader(lines, delimiter=";"))
