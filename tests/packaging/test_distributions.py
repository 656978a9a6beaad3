"""What is installed is what is here: every kind of distribution has the built-in policy, and works alone."""

import compileall
import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipapp
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from rules_engine import default_policy
from rules_engine.examples import examples

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
POLICY = list(default_policy().pipelines)
ASSETS = {f"rules_engine/dryrun/reports/html/{name}" for name in ("page.html", "parts.html", "script.js", "style.css")}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SDIST = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]

JUDGE = """
import json, sys
import rules_engine
draft = json.load(sys.stdin)
print(json.dumps({
    "file": rules_engine.__file__,
    "policy": list(rules_engine.default_policy().pipelines),
    "codes": rules_engine.validate_session(draft).codes,
}))
"""
"""A program that judges the draft it is given, and prints which library it judged with."""


def _run(*arguments: str | Path, cwd: Path, path: tuple[Path, ...] = (), given: str = "") -> str:
    """Run Python away from the project; what it can import is the standard library and the given folders."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "COV"))}
    if path:
        environment["PYTHONPATH"] = os.pathsep.join(map(str, path))
    done = subprocess.run(  # noqa: S603  # the interpreter of these tests, with arguments of theirs
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=environment,
        input=given,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the project: what the source distribution lists, and what hatchling reads to make one."""
    copy = tmp_path_factory.mktemp("project")
    for name in ("pyproject.toml", ".gitignore", *SDIST):
        source, target = ROOT / name.strip("/"), copy / name.strip("/")
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return copy


@pytest.fixture(scope="module")
def distributions(project: Path) -> Path:
    """Build a wheel in the folder `direct`, and a source distribution and the wheel it makes in `sourced`."""
    folder = project / "dist"
    build = ("-m", "build", "--no-isolation", "--outdir")
    _run(*build, folder / "direct", "--wheel", project, cwd=project.parent)
    _run(*build, folder / "sourced", project, cwd=project.parent)
    return folder


@pytest.fixture(scope="module")
def dependencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy into a folder what the project declares to need at run time, and what that needs, and nothing else."""
    folder = tmp_path_factory.mktemp("dependencies")
    wanted, copied = [Requirement(text) for text in PROJECT["project"]["dependencies"]], set[str]()
    while wanted:
        requirement = wanted.pop()
        if requirement.name in copied or (requirement.marker and not requirement.marker.evaluate({"extra": ""})):
            continue
        copied.add(requirement.name)
        distribution = importlib.metadata.distribution(requirement.name)
        wanted += [Requirement(text) for text in distribution.requires or ()]
        for file in distribution.files or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                (folder / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(str(distribution.locate_file(file)), folder / file)
    return folder


def _wheel(folder: Path) -> Path:
    (wheel,) = folder.glob("*.whl")
    return wheel


def _file_it_judged_with(folder: Path, dependencies: Path, cwd: Path, *, start: str = "") -> Path:
    """Judge a draft with an installed library, and return where its code is."""
    draft = json.dumps(examples()["create"] | {"request": {}})
    found = json.loads(_run("-S", "-P", "-c", start + JUDGE, cwd=cwd, path=(folder, dependencies), given=draft))
    assert (found["policy"], found["codes"]) == (POLICY, ["parameter_missing"])
    return Path(found["file"])


def test_wheel_holds_the_library_and_nothing_else(distributions: Path) -> None:
    """The wheel has every module, what the HTML report is made of, and no test, bench or draft."""
    with zipfile.ZipFile(_wheel(distributions / "direct")) as archive:
        library = {name for name in archive.namelist() if ".dist-info/" not in name}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rules_engine").rglob("*.py")}
    assert library == modules | ASSETS | {"rules_engine/py.typed"}


def test_wheel_states_what_it_needs(distributions: Path) -> None:
    """Without an extra the wheel asks for three libraries."""
    with zipfile.ZipFile(_wheel(distributions / "direct")) as archive:
        (metadata,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        lines = archive.read(metadata).decode().splitlines()
    needed = [Requirement(line.removeprefix("Requires-Dist: ")) for line in lines if line.startswith("Requires-Dist: ")]
    always = {requirement.name for requirement in needed if requirement.marker is None}
    assert always == {"attrs", "cattrs", "python-dateutil"}
    extras = {line.removeprefix("Provides-Extra: ") for line in lines if line.startswith("Provides-Extra: ")}
    assert extras == set(PROJECT["project"]["optional-dependencies"])


def test_source_distribution_holds_the_project(distributions: Path, tmp_path: Path) -> None:
    """The source distribution unpacks to a project with all its parts, the policies and tests among them."""
    (archive,) = (distributions / "sourced").glob("*.tar.gz")
    _run("-m", "tarfile", "--extract", archive, tmp_path, cwd=tmp_path)
    (unpacked,) = tmp_path.iterdir()
    assert (unpacked / "policies" / "default.toml").read_bytes() == (ROOT / "policies" / "default.toml").read_bytes()
    assert (unpacked / "tests" / "packaging" / Path(__file__).name).is_file()
    assert all((unpacked / name.strip("/")).exists() for name in SDIST)


def test_wheel_from_the_source_distribution(distributions: Path) -> None:
    """The wheel that the source distribution makes is the wheel that the project makes, byte by byte."""
    direct, sourced = _wheel(distributions / "direct"), _wheel(distributions / "sourced")
    assert direct.read_bytes() == sourced.read_bytes()


def test_installed_wheel_works_alone(distributions: Path, dependencies: Path, tmp_path: Path) -> None:
    """The installed wheel judges a draft by its built-in policy, with its declared dependencies and nothing else."""
    installed = tmp_path / "installed"
    wheel = _wheel(distributions / "sourced")
    _run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", installed, wheel, cwd=tmp_path)
    assert _file_it_judged_with(installed, dependencies, tmp_path).is_relative_to(installed)


def test_shared_import_name(distributions: Path, dependencies: Path, tmp_path: Path) -> None:
    """Beside the other distribution of the import name, the library warns, and says what to do."""
    installed, wheel = tmp_path / "installed", _wheel(distributions / "direct")
    _run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", installed, wheel, cwd=tmp_path)
    program = "import warnings\nwith warnings.catch_warnings(record=True) as found: import rules_engine\nprint(*found)"
    judge = ("-S", "-P", "-c", program)
    assert _run(*judge, cwd=tmp_path, path=(installed, dependencies)) == "\n"
    (installed / "rules_engine-0.3.0.dist-info").mkdir()
    warning = "rules_engine-0.3.0 is another project with the same import name, rules_engine: uninstall both"
    assert warning in _run(*judge, cwd=tmp_path, path=(installed, dependencies))


def test_editable_install_works_alone(project: Path, dependencies: Path, tmp_path: Path) -> None:
    """An editable install judges by the built-in policy of the project it points to."""
    make = "import sys, hatchling.build; print(hatchling.build.build_editable(sys.argv[1]))"
    name = _run("-c", make, tmp_path, cwd=project).split()[-1]
    installed = tmp_path / "installed"
    shutil.unpack_archive(tmp_path / name, installed, "zip")
    start = f"import site; site.addsitedir({str(installed)!r})\n"
    assert _file_it_judged_with(installed, dependencies, tmp_path, start=start).is_relative_to(project)


ZIPAPP = """\
from rules_engine import Engine, default_policy
from rules_engine.compiled_policy import CompiledPolicy
from rules_engine.examples import examples

engine = Engine()
example = examples()["create"]
engine.compile("session.create")
assert engine.validate(example).accepted
example["request"]["expiresAfterMinutes"] = 5
inlined = "(item, context)" not in CompiledPolicy(default_policy()).source_of("session.create")
print(engine.validate(example).codes, inlined)
"""


@pytest.mark.parametrize("text", [True, False], ids=["with its text", "compiled only"])
def test_zipapp(tmp_path: Path, *, text: bool) -> None:
    """From a zipapp, with the text of the modules or without it, drafts get the same verdict; only the pace differs."""
    library = tmp_path / "app" / "rules_engine"
    shutil.copytree(ROOT / "rules_engine", library, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "app" / "__main__.py").write_text(ZIPAPP, encoding="utf-8")
    if not text:
        assert compileall.compile_dir(library, quiet=1, legacy=True)
        for module in library.rglob("*.py"):
            module.unlink()
    zipapp.create_archive(tmp_path / "app", tmp_path / "app.pyz")
    assert _run("-P", tmp_path / "app.pyz", cwd=tmp_path) == f"('parameter_out_of_range',) {text}\n"
