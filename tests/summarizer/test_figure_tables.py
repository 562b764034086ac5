"""The committed tables are what the generator writes."""

import subprocess
import sys
from pathlib import Path

from summarizer.figures import tables

ROOT = Path(__file__).parents[2]


def test_the_tables_are_as_generated() -> None:
    script = ROOT / "benchmarks" / "figure_tables.py"
    written = subprocess.run([sys.executable, script], capture_output=True, check=True, timeout=50).stdout
    assert written.decode("utf-8") == Path(tables.__file__).read_text(encoding="utf-8")
