"""An invented region: its units, their figures over the years, and what is wrong with them, as a data folder."""

from analysis.demo.making import Made, make
from analysis.demo.world import COUNTY

__all__ = ["COUNTY", "Made", "make"]
