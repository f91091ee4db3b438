"""Where things lie, from one root; nothing is read here."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
DASHBOARDS = ROOT / "dashboards"
CODEBOOK = Path(__file__).resolve().parent / "codebook"
DATA_VARIABLE = "DISCLOSURE_DATA"


def data() -> Path:
    """Folder of the figures: what $DISCLOSURE_DATA names, else the repository's own `data/`."""
    return Path(os.environ.get(DATA_VARIABLE) or ROOT / "data")
