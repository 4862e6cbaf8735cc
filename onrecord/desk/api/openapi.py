"""The description of the API (OpenAPI 3.1), made from the dataclasses that it answers with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

from onrecord import __version__
from onrecord.desk.api.parameters import PAGING, Parameter
from onrecord.desk.api.resources import LISTED, SINGLE, WHOLE, Listed, One, Whole
from onrecord.desk.problems import MEDIA_TYPE

Json = dict[str, Any]
_REF = "#/components/schemas/{model}"
_PROBLEM: Json = {
    "type": "object",
    "description": "What is wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What it is about here, and what to do."},
    },
    "required": ["type", "title", "status"],
}
_HEADERS: Json = {
    "ETag": {"schema": {"type": "string"}, "description": "Changes when the record does; send it as If-None-Match."}
}
_LINK: Json = {"Link": {"schema": {"type": "string"}, "description": "The next and previous page (RFC 8288), if any."}}


def document(*, team: bool) -> Json:
    """The description; `team` says that there are sign-ins."""
    schemas, paths = _schemas(), {}
    for listed in LISTED:
        paths[f"/api/{listed.name}"] = {"get": _listing(listed, team)}
    for one in SINGLE:
        paths[f"/api/{one.path}/{{id}}"] = {"get": _single(one, team)}
    for whole in WHOLE:
        paths[f"/api/{whole.name}"] = {"get": _whole(whole, team)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": __version__,
            "description": "A record of news on armed conflict, to be read. Nothing in it is a bare fact: every figure "
            "has its sentence and whose word it is. The objects are those that the commands print with --json.",
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            **({"securitySchemes": {"signIn": _SIGN_IN}, "security": [{"signIn": []}]} if team else {}),
        },
    } | ({"security": [{"signIn": []}]} if team else {})


_SIGN_IN: Json = {"type": "apiKey", "in": "cookie", "name": "onrecord_session", "description": "As /sign-in gives it."}


def _listing(listed: Listed, team: bool) -> Json:
    page = {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": _reference(listed.shape)},
            "total": {"type": ["integer", "null"], "description": "How many there are; null: they were not counted."},
            "offset": {"type": "integer"},
            "limit": {"type": "integer"},
            "next": {"type": ["string", "null"], "description": "The address of the next page."},
        },
        "required": ["items", "total", "offset", "limit", "next"],
    }
    parameters = [*_parameters(listed.parameters), *_parameters(PAGING)]
    return _operation(f"list_{listed.name}", listed.means, parameters, page, _LINK, team)


def _single(one: One, team: bool) -> Json:
    id = {
        "name": "id",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": f"^{one.pattern}[0-9a-z]{{1,15}}$"},
    }
    operation = _operation(f"get_{one.path}", one.means, [id], _reference(one.shape), {}, team)
    operation["responses"]["404"] = _problem("There is none of this id.")
    return operation


def _whole(whole: Whole, team: bool) -> Json:
    parameters = list(_parameters(whole.parameters))
    return _operation(f"get_{whole.name}", whole.means, parameters, _reference(whole.shape), {}, team)


def _operation(id: str, means: str, parameters: Sequence[Json], schema: Json, headers: Json, team: bool) -> Json:
    return {
        "operationId": id,
        "summary": means,
        "parameters": [*parameters],
        "responses": {
            "200": {
                "description": means,
                "headers": {**_HEADERS, **headers},
                "content": {"application/json": {"schema": schema}},
            },
            "304": {"description": "Nothing has changed since the ETag that was sent as If-None-Match."},
            **({"401": _problem("Nobody is signed in.")} if team else {}),
            "422": _problem("A parameter is unknown or not understood."),
        },
    }


def _problem(means: str) -> Json:
    content = {MEDIA_TYPE: {"schema": {"$ref": _REF.format(model="Problem")}}}
    return {"description": means, "content": content}


def _parameters(parameters: Sequence[Parameter]) -> Iterator[Json]:
    for parameter in parameters:
        yield {
            "name": parameter.name,
            "in": "query",
            "description": parameter.means,
            "required": parameter.required,
            "schema": dict(parameter.schema),
        }


def _shapes() -> list[type]:
    return list(dict.fromkeys(described.shape for described in (*LISTED, *SINGLE, *WHOLE)))


def _schemas() -> Json:
    adapters: list[tuple[str, JsonSchemaMode, TypeAdapter[Any]]] = [
        (shape.__name__, "serialization", TypeAdapter(shape)) for shape in _shapes()
    ]
    roots, definitions = TypeAdapter.json_schemas(adapters, ref_template=_REF)
    schemas: Json = dict(definitions.get("$defs", {}))
    for (name, _mode), schema in roots.items():
        if "$ref" not in schema:
            schemas[str(name)] = schema
    return {**dict(sorted(schemas.items())), "Problem": _PROBLEM}


def _reference(shape: type) -> Json:
    return {"$ref": _REF.format(model=shape.__name__)}
