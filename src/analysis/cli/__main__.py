"""`python -m analysis.cli` is `disclosure`."""

from analysis.cli import main

main()
