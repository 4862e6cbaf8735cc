"""The record as read-only JSON under `/api/`, described by OpenAPI 3.1 at `/api/openapi.json`."""

from onrecord.desk.api.routes import ROUTES

__all__ = ["ROUTES"]
