"""Imports point down, and each third-party library has one room."""

import sys

from rules_engine import __all__ as public_names
from tests.house.source import LIBRARY, Module, imports, modules

FACE = ""
"""The package's own `__init__`, which only names what is public."""
LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli", "docs"),
    ("analysis", "dryrun"),
    ("manual", "testing"),
    ("examples",),
    ("record_files",),
    (FACE,),
    ("plugins", "shadow", "validators"),
    ("api",),
    ("compiled_policy",),
    ("engine", "wire"),
    ("policy",),
    ("rules",),
    ("operations",),
    ("views",),
    ("models",),
    ("violation",),
    ("extras",),
    ("codes", "distribution", "exceptions", "fingerprint", "nearest", "path"),
    ("printable",),
)
"""The rooms, from the top down. A room sees those below it, and neither its neighbours nor those above."""
FLOOR = {"codes", "exceptions", "fingerprint", "nearest", "path", "printable"}
"""What may be seen from everywhere above; what loads libraries on demand is not for those that judge."""
NARROWER = {
    "wire": {"operations", "models", "violation", *FLOOR},
    "violation": {"codes", "exceptions", "printable"},
    "engine": {"policy", "rules", "operations", "views", "models", "violation", *FLOOR},
}
"""Rooms that see less than what is below them."""
LIBRARIES = {
    "attrs": "rules_engine",
    "cattrs": "rules_engine.wire",
    "dateutil": "rules_engine.models.coupon",
    "msgspec": "rules_engine.wire",
    "hypothesis": "rules_engine.testing",
    "cyclopts": "rules_engine.cli",
    "rich": "rules_engine.cli",
    "pyspark": "rules_engine.dryrun.spark",
}
"""Where each third-party library may be imported; one that is not here is loaded by `rules_engine.extras` alone."""
DEPTH = {room: depth for depth, rooms in enumerate(LAYERS) for room in rooms}


def _room(name: str) -> str:
    return name.partition(".")[2].partition(".")[0]


def _may_see(room: str, seen: str) -> bool:
    return room == seen or (DEPTH[room] < DEPTH[seen] and seen in NARROWER.get(room, DEPTH))


def _seen(module: Module) -> set[str]:
    return {_room(name) for name, _ in imports(module) if name.partition(".")[0] == LIBRARY}


def test_every_room_has_a_layer() -> None:
    """A new room has to be given its place before anything can live in it."""
    assert {module.room for module in modules()} - set(DEPTH) == set()


def test_imports_point_down() -> None:
    """No module imports from a room above its own or beside it."""
    wrong = [
        f"{module.at(node)}: {module.room or LIBRARY} imports {name}"
        for module in modules()
        for name, node in imports(module)
        if name.partition(".")[0] == LIBRARY and not _may_see(module.room, _room(name))
    ]
    assert wrong == []


def test_the_engine_sees_the_model_of_a_policy_only() -> None:
    """The engine runs policies, waivers among them, and knows nothing of their files."""
    seen = {name for module in modules() if module.room == "engine" for name, _ in imports(module)}
    assert {name for name in seen if name.startswith("rules_engine.policy")} == {"rules_engine.policy.model"}


def test_nothing_that_judges_imports_testing() -> None:
    """What tests are made of is loaded by three commands, on demand."""
    importing = {module for module in modules() if module.room != "testing" and "testing" in _seen(module)}
    assert {module.name for module in importing} == {
        "rules_engine.cli.check",
        "rules_engine.cli.policy.compare",
        "rules_engine.cli.codes",
    }
    at_once = [
        module.at(node)
        for module in importing
        for name, node in imports(module)
        if _room(name) == "testing" and node in module.tree.body
    ]
    assert at_once == []


def test_the_face_defines_nothing() -> None:
    """The package's `__init__` imports what is public, and warns beside another project of the same import name."""
    (face,) = [module for module in modules() if module.room == FACE]
    imported = {
        alias.name for node in face.tree.body for alias in getattr(node, "names", ()) if alias.name != "annotations"
    }
    assert imported == {*public_names, "warn_of_shared_import_name"}
    assert {type(node).__name__ for node in face.tree.body} == {"Expr", "ImportFrom", "Assign"}


def test_each_library_has_its_room() -> None:
    """A library is imported where the house has a place for it, so that replacing it changes one room."""
    wrong = [
        f"{module.at(node)}: imports {name}"
        for module in modules()
        for name, node in imports(module)
        if (library := name.partition(".")[0]) not in {LIBRARY, *sys.stdlib_module_names}
        and not f"{module.name}.".startswith(f"{LIBRARIES.get(library, 'nowhere')}.")
    ]
    assert wrong == []


def test_no_library_without_use() -> None:
    """Every library that has a room is imported there."""
    imported = {name.partition(".")[0] for module in modules() for name, _ in imports(module)}
    assert set(LIBRARIES) - imported == set()
