"""The notebooks: which there are, their typed parameters, and running one through papermill."""

import ast
import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import papermill
from jupyter_core.utils import ensure_event_loop
from nbformat import NotebookNode
from traitlets.config import Config

from analysis import paths
from analysis.errors import BadParameter, Unknown, nearest

KERNEL = "analysis"
TYPES: dict[str, type[int] | type[str]] = {"int": int, "str": str}
CHOICES = {"peers": ["level", "parent", "none"], "language": ["zh", "en"]}
CELL_SECONDS = 120

Value = int | str
Declared = dict[str, dict[str, str]]  # as papermill reads it: name -> inferred_type_name, default, help


@dataclass(frozen=True)
class Parameter:
    """One parameter that a notebook declares: its type ("int" or "str"), default and help."""

    name: str
    type: str
    default: Value
    help: str

    def parse(self, value: Value, notebook: str) -> Value:
        """`value` in this parameter's type; raises BadParameter where it is of another, or none of its choices."""
        where = f"notebook {notebook}, parameter '{self.name}'"
        text = str(value)
        if isinstance(value, bool | float | list | dict) or (self.type == "int" and not text.lstrip("-").isdecimal()):
            raise BadParameter(where, f"'{value}' is not of type {self.type}", self.help)
        if text not in CHOICES.get(self.name, [text]):
            raise BadParameter(
                where, f"'{value}' is none of its choices", f"take one of: {', '.join(CHOICES[self.name])}"
            )
        return TYPES[self.type](value)


def names() -> list[str]:
    """The notebooks of the suite that declare parameters, by file name."""
    return sorted(path.stem for path in paths.NOTEBOOKS.glob("*.ipynb"))


def path(name: str) -> Path:
    """Where the notebook `name` lies; raises Unknown with the nearest names."""
    if name not in names():
        raise Unknown(
            f"notebook '{name}'", "there is no such notebook", nearest(name, names()) or f"one of: {', '.join(names())}"
        )
    return paths.NOTEBOOKS / f"{name}.ipynb"


def parameters(name: str) -> dict[str, Parameter]:
    """What the notebook `name` declares in its parameters cell."""
    declared = cast(Declared, papermill.inspect_notebook(str(path(name))))  # pyright: ignore[reportUnknownMemberType]
    return {
        key: Parameter(key, entry["inferred_type_name"], _literal(entry), entry["help"])
        for key, entry in declared.items()
    }


def _literal(entry: Mapping[str, str]) -> Value:
    return TYPES[entry["inferred_type_name"]](ast.literal_eval(entry["default"]))


def checked(name: str, given: Mapping[str, Value]) -> dict[str, Value]:
    """All parameters of the notebook `name`, those `given` in their types; an unknown one is refused, not ignored."""
    declared = parameters(name)
    for key in given:
        if key not in declared:
            fix = nearest(key, list(declared)) or f"it declares: {', '.join(declared)}"
            raise BadParameter(f"notebook {name}, parameter '{key}'", "the notebook does not declare it", fix)
    return {key: entry.parse(given.get(key, entry.default), name) for key, entry in declared.items()}


def run(name: str, given: Mapping[str, Value]) -> NotebookNode:
    """The notebook `name`, executed in a fresh kernel with the parameters `given`; nothing is written."""
    with TemporaryDirectory(prefix="disclosure-") as private, _own_loop():
        return papermill.execute_notebook(  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            str(path(name)),
            None,
            parameters=checked(name, given),
            kernel_name=KERNEL,
            progress_bar=False,
            cwd=str(paths.NOTEBOOKS),
            execution_timeout=CELL_SECONDS,
            request_save_on_cell_execute=False,
            iopub_timeout=CELL_SECONDS,  # on a busy machine the outputs of a finished cell take their time
            raise_on_iopub_timeout=True,
            shutdown_kernel="immediate",  # a graceful end can lose 3 s in ipykernel's race at exit
            config=_sealed(Path(private)),
        )


@contextmanager
def _own_loop() -> Generator[None]:
    """Close the event loop that Jupyter's client opens for the calling thread, and would leave open."""
    try:
        yield
    finally:
        loop = ensure_event_loop()
        if not loop.is_running():
            loop.close()


def _sealed(private: Path) -> Config:
    """Settings of a kernel that is reached through sockets in a folder of its own: no ports, nobody else's either."""
    ends = {"connection_file": str(private / "kernel.json")}
    if os.name == "posix":
        ends |= {"transport": "ipc", "ip": str(private / "ipc")}
    return Config({"ConnectionFileMixin": ends})
