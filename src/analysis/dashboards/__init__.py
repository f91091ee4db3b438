"""What to build, building it, and the pages: executed notebook in, one offline HTML file out, and an index of all."""

from analysis.dashboards.building import Form, Outcome, build
from analysis.dashboards.index import file as index_file
from analysis.dashboards.plan import Dashboard, everything, featured, of_units

__all__ = ["Dashboard", "Form", "Outcome", "build", "everything", "featured", "index_file", "of_units"]
