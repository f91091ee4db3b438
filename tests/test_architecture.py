"""The map is the import order, libraries stay behind their fences, words in the codebook, notebooks thin."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from analysis import paths

SOURCE = paths.ROOT / "src" / "analysis"
MODULES = sorted(SOURCE.rglob("*.py"))
NOTEBOOKS = sorted(paths.NOTEBOOKS.glob("*.ipynb"))

# The data's way. A module imports what stands above it, and of the same line only itself.
MAY_IMPORT = {
    "errors": set(),
    "paths": set(),
    "codebook": set(),
    "wording": {"codebook"},
    "reports": {"codebook", "wording"},
    "facts": {"codebook", "reports", "wording"},
    "metrics": {"codebook", "facts"},
    "checks": {"codebook", "facts", "wording"},
    "charts": {"codebook", "facts", "metrics", "wording", "checks"},
    "notebooks": set(),
    "dashboards": {"codebook", "facts", "metrics", "wording", "charts", "notebooks"},
    "demo": {"codebook", "facts"},
    "cli": {"codebook", "facts", "checks", "wording", "reports", "dashboards", "notebooks", "demo"},
}
EVERYWHERE = {"errors", "paths"}
FENCED = {
    "altair": {"charts"},
    "vl_convert": {"dashboards"},
    "papermill": {"notebooks"},
    "nbformat": {"notebooks", "dashboards"},
    "nbconvert": {"dashboards"},
    "IPython": {"charts"},
    "jinja2": {"charts", "dashboards", "reports"},
    "selectolax": {"reports", "dashboards"},
    "charset_normalizer": {"reports"},
    "pdfplumber": {"reports"},
    "pypdfium2": {"reports", "dashboards"},
    "docx": {"reports"},
    "openpyxl": {"reports"},
    "xlsxwriter": {"dashboards"},
    "cn2an": {"reports"},
    "pypinyin": {"facts"},
    "rapidfuzz": {"checks"},
    "cyclopts": {"cli"},
    "rich": {"cli"},
}
CJK = re.compile(r"[\u3400-\u9fff]")


def noun(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Full names of what a module imports, lazily or not."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_the_map_is_in_the_order_of_imports() -> None:
    order = list(MAY_IMPORT)
    assert [name for name, above in MAY_IMPORT.items() if not above <= set(order[: order.index(name)])] == []


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_imports_follow_the_way_of_the_data(path: Path) -> None:
    own = noun(path)
    if own == "__init__":
        return
    used = {name.split(".")[1] for name in imported(path) if name.startswith("analysis.")}
    assert used <= MAY_IMPORT[own] | EVERYWHERE | {own}


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_libraries_stay_behind_their_fences(path: Path) -> None:
    used = {name.split(".")[0] for name in imported(path)}
    for library in used & set(FENCED):
        assert noun(path) in FENCED[library], f"{library} is fenced to {FENCED[library]}"


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_chinese_words_stand_in_the_codebook_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, DOCUMENTED)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docstrings:
            assert not CJK.search(node.value), f"line {node.lineno}: {node.value}"


DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_modules_and_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 250
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = (node.end_lineno or 0) - node.body[0].lineno + 1
            assert body <= 40, f"{node.name} has {body} lines"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_keeps_the_order_of_cells(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    first, parameters, imports = notebook.cells[:3]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert parameters.metadata.tags == ["parameters"]
    assert imports.source == "from analysis import charts, checks, codebook, facts, metrics"
    doubts, sources = (cell.source.splitlines()[-1].split("(")[0] for cell in notebook.cells[-3::2])
    assert doubts in {"charts.doubts", "charts.doubts_among"}  # of one unit, or of several
    assert sources == "charts.sources"
    assert notebook.metadata.kernelspec.name == "analysis"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_thin_and_without_outputs(path: Path) -> None:
    forbidden = (
        ast.FunctionDef,
        ast.ClassDef,
        ast.For,
        ast.While,
        ast.If,
        ast.Try,
        ast.Delete,
        ast.AugAssign,
        ast.Lambda,
    )
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        assert not cell.outputs
        assert cell.execution_count is None
        assert len(cell.source.splitlines()) <= 10
        tree = ast.parse(cell.source)
        assert not [node for node in ast.walk(tree) if isinstance(node, forbidden)], cell.source
        assert not re.search(r"#[0-9a-fA-F]{6}|[\"'][^\"']*/", cell.source.split("#")[0]), "a colour or a path"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_parameter_is_typed_and_explained_in_both_languages(path: Path) -> None:
    parameters = nbformat.read(path, as_version=4).cells[1].source
    for line in parameters.splitlines():
        assert re.fullmatch(r"[a-z]+: (int|str) = \S+  # .*[\u3400-\u9fff].* · .*[a-z].*", line), line


def test_no_machine_s_path_and_no_registry_stands_in_the_repository() -> None:
    lock = (paths.ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    for path in [*MODULES, *NOTEBOOKS, paths.ROOT / "Makefile", paths.ROOT / "pyproject.toml"]:
        assert not re.search(r"(^|[^a-z])/(home|root|work|tmp)/", path.read_text(encoding="utf-8")), path
