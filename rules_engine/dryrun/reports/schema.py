"""A JSON Schema (2020-12) of reports as JSON, for whoever reads them with another program."""

from typing import Any

from rules_engine.dryrun.answer import Change
from rules_engine.dryrun.document import FORMAT_VERSION
from rules_engine.dryrun.report import BASELINE, CANDIDATE, DIMENSIONS
from rules_engine.operations import OPERATIONS
from rules_engine.violation import Mode

Schema = dict[str, Any]

_CLASSES = {
    Change.UNCHANGED: "The same codes in the same order, or none.",
    Change.NEWLY_REJECTED: "Accepted before, refused now.",
    Change.NEWLY_ACCEPTED: "Refused before, accepted now.",
    Change.REASONS_CHANGED: "Refused both times, for other codes.",
    Change.ORDER_ONLY: "Refused both times for the same codes, in another order.",
    Change.UNDECIDED: "One of the two cannot tell: facts are missing, or no policy applied at the time.",
    Change.UNREADABLE: "There is no draft to judge.",
}
_JUDGED = [change.value for change in Change if change is not Change.UNREADABLE]
_USES = ("enforced", "warned", "shadowed", "waived", "skipped", "raised")


def report_schema() -> Schema:
    """Describe a report as `json_report` writes it."""
    properties = {
        "format_version": {"description": "The version of this form.", "const": FORMAT_VERSION},
        "baseline": _described("What the first answers come from.", "policy"),
        "candidate": _described("What the second answers come from.", "policy"),
        "where": _text("Which drafts the report is about, as it was asked for; empty for all of them."),
        "seed": _count("What exemplars are chosen by."),
        "sample": _count("How many exemplars are kept for each transition, and of what cannot be read."),
        "by_merchant": {"description": "Whether merchants are told apart.", "type": "boolean"},
        "complete": {"description": "Whether all of the history was replayed.", "type": "boolean"},
        "read": _count("How many records the report is about, those that cannot be read included."),
        "skipped": _count("How many drafts the report is not about."),
        "unrecorded": _count("How many drafts hold no recorded codes, where those are the baseline."),
        "unreadable": _count("How many records are no drafts."),
        "unfinished": _count("How many parts had not been replayed when the run was ended."),
        "lost": _list("Parts of the history that could not be replayed.", _lost()),
        "changes": _object(
            "Class of change to the drafts in it; every record is in one.",
            {change.value: _described(sentence, "tally") for change, sentence in _CLASSES.items()},
        ),
        "newly_undecided": _described("Those of the undecided drafts that are decided before, not after.", "tally"),
        "codes": _list("Every code that stands before or after, by name.", _code()),
        "transitions": _list("From answer to answer: by class of change, the most drafts first.", _transition()),
        "groups": _object(
            "What drafts are told apart by, to its values in order.",
            {dimension: {"type": "array", "items": {"$ref": "#/$defs/group"}} for dimension in DIMENSIONS},
            required=(),
        ),
        "operations": {
            "description": "Operation to how many of its drafts were put to the rules.",
            "type": "object",
            "propertyNames": {"enum": list(OPERATIONS)},
            "additionalProperties": _count(),
        },
        "missing_facts": {
            "description": "Kind of fact, or `policy`, to how many undecided drafts lack one.",
            "type": "object",
            "additionalProperties": _count(),
        },
        "rules": _list("What rules did, counted by finding.", _rule()),
        "never_fired": _object(
            "The rules that found nothing in all of the history, in the order of the policy.",
            {side: {"type": "array", "items": _text()} for side in (BASELINE, CANDIDATE)},
        ),
        "unreadable_samples": _list("The first records that are no drafts.", _unreadable()),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A report of a dry run of rules_engine",
        **_object("What a candidate would have said of a history of drafts.", properties),
        "$defs": {
            "policy": _policy(),
            "answer": _list("The codes, each once; nothing for accepted, `undecided` alone for undecided.", _text()),
            "tally": _object("Drafts, counted.", _tally()),
            "group": _object(
                "The drafts of one value; the empty text where there is none.",
                {
                    "value": _text(),
                    "changes": {
                        "type": "object",
                        "propertyNames": {"enum": _JUDGED},
                        "additionalProperties": {"$ref": "#/$defs/tally"},
                    },
                },
            ),
            "exemplar": _exemplar(),
            "verdict": _verdict(),
            "violation": _object("A reason.", _violation()),
            "waived": _object("A reason that the policy lets pass.", {**_violation(), **_names("waiver", "reason")}),
        },
    }


def _described(description: str, name: str) -> Schema:
    return {"description": description, "$ref": f"#/$defs/{name}"}


def _count(description: str = "") -> Schema:
    return {**({"description": description} if description else {}), "type": "integer", "minimum": 0}


def _text(description: str = "", *, null: bool = False) -> Schema:
    kind: Any = ["string", "null"] if null else "string"
    return {**({"description": description} if description else {}), "type": kind}


def _names(*names: str, null: bool = False) -> Schema:
    return {name: _text(null=null) for name in names}


def _list(description: str, items: Schema) -> Schema:
    return {"description": description, "type": "array", "items": items}


def _object(description: str, properties: Schema, required: tuple[str, ...] | None = None) -> Schema:
    return {
        "description": description,
        "type": "object",
        "additionalProperties": False,
        "required": list(properties if required is None else required),
        "properties": properties,
    }


def _policy() -> Schema:
    return _object(
        "A policy, or a directory of them.",
        {
            "name": _text("The id of the policy, or the directory; `recorded` for the codes in the history."),
            "digest": {
                "description": "SHA-256 of all of it; empty for the recorded codes.",
                "type": "string",
                "pattern": "^([0-9a-f]{64})?$",
            },
            "rules": _list("The rules in its pipelines that are not off, in order.", _text()),
        },
    )


def _tally() -> Schema:
    return {
        "drafts": _count("How many."),
        "amounts": {
            "description": "Currency code to what they come to, in minor units of that currency.",
            "type": "object",
            "propertyNames": {"pattern": "^[A-Z]{3}$"},
            "additionalProperties": {"type": "integer"},
        },
        "unpriced": _count("How many of them are about no amount, or one that cannot be told."),
    }


def _code() -> Schema:
    return _object(
        "What becomes of one code.",
        {
            "code": _text(),
            "before": _count("In how many drafts it stands before."),
            "after": _count("In how many it stands after."),
            "gained": _described("The drafts it is new in.", "tally"),
            "lost": _described("The drafts it is gone from.", "tally"),
        },
    )


def _transition() -> Schema:
    properties = {
        "before": _described("The first answer.", "answer"),
        "after": _described("The second answer.", "answer"),
        "change": {"enum": _JUDGED},
        **_tally(),
        "exemplars": _list("Some of the drafts, in the order of their keys.", {"$ref": "#/$defs/exemplar"}),
        "smallest": {
            "description": "The one with the shortest document; null where none is shown.",
            "anyOf": [{"$ref": "#/$defs/exemplar"}, {"type": "null"}],
        },
    }
    return _object("The drafts that go from one answer to another.", properties)


def _exemplar() -> Schema:
    verdict = {"anyOf": [{"$ref": "#/$defs/verdict"}, {"type": "null"}]}
    return _object(
        "A draft that shows a transition.",
        {
            "key": {
                "description": "What it is chosen by, a hash of its id; the smallest are kept.",
                "type": "string",
                "pattern": "^[0-9a-f]{16}$",
            },
            "place": _text("Where it stands in the history."),
            "size": _count("How long its document is, in bytes."),
            "id": _text("The host's name for the draft.", null=True),
            "document": {
                "description": "The draft document with its secrets hidden; null where it is too long to be shown.",
                "type": ["object", "null"],
            },
            "before": {"description": "The first verdict; null for the recorded codes.", **verdict},
            "after": {"description": "The second verdict; null where no policy applied.", **verdict},
        },
    )


def _verdict() -> Schema:
    rule = {"rule": _text(), "param": _text(null=True)}
    violations = {"type": "array", "items": {"$ref": "#/$defs/violation"}}
    return _object(
        "What a policy says of a draft.",
        {
            "operation": {"enum": list(OPERATIONS)},
            "policy": _text(),
            "accepted": {"type": "boolean"},
            "codes": {"type": "array", "items": _text()},
            "violations": violations,
            "warnings": violations,
            "shadowed": violations,
            "waived": {"type": "array", "items": {"$ref": "#/$defs/waived"}},
            "skipped": _list(
                "Rules that what they build on kept from speaking.",
                _object("A rule.", {**rule, "because_of": {"type": "array", "items": _text()}}),
            ),
            "undecided": _list("Rules that lack facts.", _object("A rule.", rule)),
            "required_facts": _list("What to look up.", _object("A fact.", {"kind": _text(), "key": _text(null=True)})),
            "faults": _list(
                "Rules that raised.",
                _object("A rule.", {**_names("rule", "error"), "mode": {"enum": [mode.value for mode in Mode]}}),
            ),
        },
    )


def _violation() -> Schema:
    return {
        **_names("code", "type", "pointer", "message"),
        "http_status": {"type": "integer", "minimum": 400, "maximum": 599},
        **_names("rule", "param", "doc_url", null=True),
        "evidence": {"description": "The values that decided it.", "type": "object"},
    }


def _rule() -> Schema:
    return _object(
        "Something that a rule did.",
        {
            "side": {"enum": [BASELINE, CANDIDATE]},
            "rule": _text(),
            "how": {"enum": list(_USES)},
            "times": _count(),
        },
    )


def _lost() -> Schema:
    return _object("A part.", _names("place", "problem"))


def _unreadable() -> Schema:
    return _object(
        "A record that is no draft.",
        {
            **_names("file", "place", "problem"),
            "position": _list("Where in the file: the line and 0, or the row group and the row.", _count()),
            "pointer": _text("RFC 6901 pointer to what is wrong; null where it is no document.", null=True),
        },
    )
