"""The command itself: its name, how it ends, and what its verbs share."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from rich.console import Console

from analysis import paths
from analysis.errors import DisclosureError, Missing

if TYPE_CHECKING:
    from rich.progress import Progress

app = App(
    name="disclosure",
    default_parameter=Parameter(negative=()),
    suppress_keyboard_interrupt=False,
    help="From published disclosure reports to trusted figures, and from figures to one page a leader opens offline.",
    help_epilogue="Begin with: disclosure build   (then open dashboards/index.html)",
)
errors = Console(stderr=True)

Data = Annotated[
    Path | None, Parameter(help="Folder of the figures (default: $DISCLOSURE_DATA, else the repository's data/).")
]
Language = Annotated[str, Parameter(help="Language of labels: zh or en.")]


def main() -> None:
    """Run the command line; a person's mistake ends with 2, failed work with 1."""
    try:
        sys.exit(app(result_action="return_value") or 0)
    except DisclosureError as error:
        complain(str(error))
        sys.exit(2)
    except UnicodeEncodeError as error:
        complain(f"{error.object!r}: this terminal cannot print it\n  to fix: set PYTHONUTF8=1, or write into a file")
        sys.exit(1)
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        complain(
            f"{error.filename or 'output'}: {error.strerror}\n  to fix: check the rights and the space on the disk"
        )
        sys.exit(1)
    except KeyboardInterrupt:
        errors.print("interrupted; what was already written is whole", style="yellow")
        sys.exit(130)


def complain(text: str) -> None:
    """Print what went wrong, as it is."""
    errors.print(text, style="red", markup=False, highlight=False, soft_wrap=True)


def use(data: Path | None) -> None:
    """Let this process, and the kernels it starts, read `data`."""
    if data is not None:
        if not data.is_dir():
            raise Missing(
                str(data),
                "there is no such folder",
                "name a folder that holds units.csv, reports.csv and disclosures.csv",
            )
        os.environ[paths.DATA_VARIABLE] = str(data.resolve())


@contextmanager
def progress(*, shown: bool = True) -> Generator["Progress"]:
    """A bar on the terminal's error stream, so that the output stays what it is; not `shown` for a single file."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, disable=not shown) as bar:
        yield bar
