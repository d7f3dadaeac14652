"""The web application around the screens: headers that keep a browser honest, and an answer for whoever watches over it.

Left out on purpose: logins and roles (a laptop has one user); they join here, in the same middleware, in server mode.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager

from etl.errors import LivelihoodError
from etl.release.tables import now, open_release
from pages.gate.map_page import map_routes
from pages.gate.who import who_is_asking

LOG = logging.getLogger("livelihood.pages")

HEADERS: Mapping[str, str] = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:; "
        "frame-src 'self'; frame-ancestors 'self'; object-src 'none'; base-uri 'self'; form-action 'self'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
"""Sent with every answer: nothing may be loaded from, framed by or told to anywhere but this server."""


class SecurityHeaders:
    """ASGI middleware that adds HEADERS to every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; headers are added as the response starts."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


async def healthz(_: Request) -> JSONResponse:
    """200 when this process answers and a release can be opened, 503 when there is none; the release's id either way."""
    try:
        release = open_release(who_is_asking(), now())
    except LivelihoodError as error:
        return JSONResponse({"status": "no release", "reason": type(error).__name__}, status_code=503)
    return JSONResponse({"status": "ok", "release": release.id})


def to_front(request: Request) -> RedirectResponse:
    """The front page, whose only address in Streamlit is the root, for who asks for it by name; what the link asks for comes along."""
    up = "../" if request.url.path.endswith("/") else "./"
    return RedirectResponse(f"{up}?{request.url.query}" if request.url.query else up)


def say_sorry(error: Exception) -> bool:
    """What people see instead of a traceback; the traceback goes to the server's log."""
    LOG.error("a screen failed", exc_info=error)
    st.error(
        "页面出错，错误已记入服务器日志。请刷新重试；仍不行时请告知系统维护人员。 / This screen failed; the error is in the log."
    )
    return True


def gates(front: str) -> dict[str, Any]:
    """The arguments that wrap ``st.App`` around the screens: routes, middleware and the answer to a failed screen; ``front`` comes first.

    A folder named pages would make Streamlit greet the first deep link to a fresh server with "page not found", because it looks
    for screens there until st.navigation has run once; so it is told here that ours does not hold any.
    """
    PagesManager.uses_pages_directory = False
    to_root = (Route(f"/{front}{end}", to_front) for end in ("", "/"))
    return {
        "routes": [Route("/healthz", healthz), *to_root, *map_routes()],
        "middleware": [Middleware(SecurityHeaders)],
        "on_script_error": say_sorry,
    }
