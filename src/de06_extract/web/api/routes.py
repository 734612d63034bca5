"""The addresses of the API, each with what answers it."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from de06_extract.web.api.answers import (
    receive_decisions,
    send_description,
    send_facets,
    send_failures,
    send_findings,
    send_index,
    send_report,
    send_reports,
    send_units,
)
from de06_extract.web.start import list_readings, receive_files

API_ROUTES: tuple[BaseRoute, ...] = (
    Route("/api", send_index),
    Route("/api/openapi.json", send_description),
    Route("/api/facets", send_facets),
    Route("/api/units", send_units),
    Route("/api/reports", send_reports),
    Route("/api/reports/{id}", send_report),
    Route("/api/findings", send_findings),
    Route("/api/failures", send_failures),
    Route("/api/decisions", receive_decisions, methods=["POST"]),
    Route("/api/readings", list_readings),
    Route("/api/files", receive_files, methods=["POST"]),
)
