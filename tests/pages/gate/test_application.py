"""The application around the screens: headers on every answer, /healthz, no leak of an error."""

import asyncio

import pytest

from pages.gate.application import HEADERS, SecurityHeaders, gates, healthz


def answered(folder, monkeypatch):
    monkeypatch.setenv("LIVELIHOOD_DATA", str(folder))
    return asyncio.run(healthz(None))


def test_healthz_names_the_release(tiny, release_of, monkeypatch):
    answer = answered(tiny, monkeypatch)
    assert answer.status_code == 200
    assert release_of(tiny).id.encode() in answer.body


def test_healthz_is_unwell_without_a_release(tmp_path, monkeypatch):
    assert answered(tmp_path, monkeypatch).status_code == 503


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_headers_are_added_to_answers_only(kind):
    sent = []

    async def inner(scope, receive, send):
        await send({"type": "http.response.start", "headers": [(b"x-frame-options", b"DENY")]})

    async def send(message):
        sent.append(message)

    asyncio.run(SecurityHeaders(inner)({"type": kind}, None, send))
    names = [name.decode() for name, _ in sent[0]["headers"]]
    assert names.count("x-frame-options") == 1
    assert (set(HEADERS) <= set(names)) == (kind == "http")


def test_nothing_may_be_loaded_from_elsewhere():
    assert "http" not in HEADERS["content-security-policy"]
    assert "default-src 'self'" in HEADERS["content-security-policy"]


def test_the_gates_hold_routes_middleware_and_an_answer_to_errors():
    assert set(gates("overview")) == {"routes", "middleware", "on_script_error"}
