"""The JSON Schema of model files, for editors, made from the dataclasses that declare the language."""

from __future__ import annotations

from typing import Any

from govmodel.loading.build import NOUNS, VERBS, block_class, keys
from govmodel.loading.values import Key, may_be_left
from govmodel.model.constitution import YES_NO, Constitution
from govmodel.model.vocabulary import VERSION

Schema = dict[str, Any]

TEXT: Schema = {"type": ["string", "number", "boolean"]}
"""Editors read `yes` as a boolean and `6.10` as a number; govmodel reads every value as it is written."""
NAME: Schema = {"type": ["string", "boolean"]}
NEW_NAME: Schema = {"pattern": "^[a-z][a-z0-9]*([-_][a-z0-9]+)*$"}
REFERENCE: Schema = {"type": ["string", "number"]}


def json_schema() -> Schema:
    """A schema of draft 2020-12 for one model file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "govmodel model",
        "description": "A constitution as drafted, in the language of govmodel models.",
        **_block(Constitution),
        "$defs": {
            **{name: _block(block_class(name)) for name in sorted(NOUNS) if name != "Constitution"},
            "set_by": {
                "description": "the text leaves the value to somebody",
                "type": "object",
                "properties": {"set_by": NAME},
                "required": ["set_by"],
                "additionalProperties": False,
            },
            "reading": {
                "description": "options of readings under which the block stands",
                "type": "object",
                "additionalProperties": _one_or_list(NAME),
            },
            "clause": {"description": "the clauses that say this together", **_one_or_list(REFERENCE)},
        },
    }


def _one_or_list(item: Schema) -> Schema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _block(cls: type[Any]) -> Schema:
    properties: Schema = {}
    required = []
    for spec in keys(cls).values():
        properties[spec.name] = {"description": _says(spec), **_value(spec)}
        if spec.required:
            required.append(spec.name)
    top = cls is Constitution
    if top:
        properties = {
            "govmodel": {"description": "the version of the language", "enum": [VERSION, int(VERSION)]},
            "include": {
                "description": "files beside this one, merged heading by heading",
                **_one_or_list(NAME),
            },
            **properties,
        }
        required = []
    elif cls.__name__ != "ClauseEntry":
        properties["clause"] = {"$ref": "#/$defs/clause"}
        properties["reading"] = {"$ref": "#/$defs/reading"}
    if not top:
        properties["note"] = {"description": "a remark; nothing reads it", **TEXT}
        properties["left_aside"] = {"description": "what part of the clause is not encoded", **TEXT}
    schema: Schema = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
    }
    if required:
        schema["required"] = required
    verbs = VERBS.get(cls.__name__, ())
    for verb in verbs:
        any_of = {
            "type": "object",
            "properties": {"any_of": {"type": "array", "items": NAME, "minItems": 1}},
            "required": ["any_of"],
            "additionalProperties": False,
        }
        properties[verb] = {
            "description": f"{verb.replace('_', ' ')}; one verb in each {NOUNS[cls.__name__]}",
            "anyOf": [*_one_or_list(TEXT)["anyOf"], any_of],
        }
    if verbs:
        schema["oneOf"] = [{"required": [verb]} for verb in verbs]
    if cls.__name__ == "Norm":
        forces = ("must", "should", "may", "must_not", "should_not")
        schema["oneOf"] = [{"required": [force]} for force in forces]
    return schema


def _says(spec: Key) -> str:
    return f"{spec.says}, for example {spec.example}" if spec.example else spec.says


def _value(spec: Key) -> Schema:
    plain = _plain(spec)
    if spec.holds != "Value":
        return plain
    by_reading = {
        "type": "object",
        "properties": {"by_reading": {"description": "the reading on which the value depends", **NAME}},
        "required": ["by_reading"],
        "additionalProperties": plain,
    }
    left = [{"$ref": "#/$defs/set_by"}] if may_be_left(spec) else []
    return {"anyOf": [plain, by_reading, *left]}


def _plain(spec: Key) -> Schema:
    ref: Schema = {"$ref": f"#/$defs/{spec.block}"}
    match spec.shape:
        case "block":
            return ref
        case "blocks":
            return _one_or_list(ref)
        case "named":
            item = {"anyOf": [TEXT, ref]} if spec.block == "ClauseEntry" else ref
            free = spec.block in ("ClauseEntry", "Name")
            return {"type": "object", "additionalProperties": item} | (
                {} if free else {"propertyNames": NEW_NAME}
            )
        case "words-by-name":
            return {"type": "object", "additionalProperties": TEXT}
        case "options":
            return {"type": "object", "additionalProperties": {"$ref": "#/$defs/reading"}}
        case "word":
            return _word(spec.choices)
        case "words":
            return _one_or_list(_word(spec.choices))
        case "names":
            if spec.inner.startswith("tuple[tuple"):
                return _one_or_list(_one_or_list(NAME))
            return _one_or_list(NAME)
        case "about":
            return _one_or_list(NAME)
        case "target":
            return _one_or_list(REFERENCE)
        case "clauses":
            return REFERENCE if spec.inner == "str" else _one_or_list(REFERENCE)
        case "number" | "votes" | "span":
            return {"type": ["string", "integer"]}
        case "date":
            return REFERENCE
        case "sentence":
            return TEXT
        case "patterns" | "sentences":
            return _one_or_list(TEXT)
        case _:
            return NAME


def _word(choices: tuple[str, ...]) -> Schema:
    if not choices:
        return NAME
    if set(YES_NO) & set(choices):
        booleans = [value for word, value in (("yes", True), ("no", False)) if word in choices]
        return {"enum": [*choices, *booleans]}
    return {"enum": list(choices)}
