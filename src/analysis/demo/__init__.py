"""An invented region: its units, their figures over the years, and what is wrong with them, as a data folder."""

from analysis.demo.region import COUNTY
from analysis.demo.writing import Made, make

__all__ = ["COUNTY", "Made", "make"]
