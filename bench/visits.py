"""A visitor without a browser: speaks Streamlit's protobuf protocol over a raw websocket and counts what comes back.

It keeps the messages a browser would keep and names them in each rerun, so that bytes on the wire are those of a browser.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 120


class ScreenFailed(RuntimeError):
    """A measured screen did not run to its end; a fast failure is no measurement."""


@dataclass(frozen=True)
class Address:
    """A screen as it stands in a link: its name ("" for the front page) and its parameters."""

    screen: str = ""
    query: str = ""

    @classmethod
    def of(cls, text: str) -> Address:
        """``sources?part=checks`` as an address."""
        screen, _, query = text.partition("?")
        return cls(screen, query)

    def __str__(self) -> str:
        return self.screen + (f"?{self.query}" if self.query else "")


@dataclass(frozen=True)
class Rerun:
    """What one run of the script sent: payload bytes, seconds until it had finished, and the messages themselves."""

    sent_bytes: int
    seconds: float
    messages: tuple[ForwardMsg, ...] = ()


@dataclass
class Visitor:
    """One session on an open websocket."""

    socket: ClientConnection
    kept: dict[str, int] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    shown: str = ""
    runs: int = 0
    keeps_for: int = 0

    async def rerun(self, address: Address, *, keep_messages: bool = False) -> Rerun:
        """Runs the screen once more, as a browser does after any change; raises ScreenFailed unless it runs to its end."""
        self.runs += 1
        asked = BackMsg()
        asked.rerun_script.query_string = address.query
        asked.rerun_script.page_name = address.screen
        asked.rerun_script.page_script_hash = self.pages.get(address.screen, "")
        asked.rerun_script.cached_message_hashes.extend(self.kept)
        asked.rerun_script.context_info.color_scheme = "light"
        asked.rerun_script.context_info.locale = "zh-CN"
        started = time.perf_counter()
        await self.socket.send(asked.SerializeToString())
        size, messages = 0, []
        while True:
            payload = await asyncio.wait_for(self.socket.recv(), PATIENCE)
            size += len(payload)
            message = ForwardMsg.FromString(payload)
            self._keep(message)
            if keep_messages:
                messages.append(message)
            if self._is_last(message, address):
                return Rerun(size, time.perf_counter() - started, tuple(messages))

    def _keep(self, message: ForwardMsg) -> None:
        if message.metadata.cacheable and message.hash:
            self.kept[message.hash] = self.runs
        elif message.ref_hash:
            self.kept[message.ref_hash] = self.runs

    def _is_last(self, message: ForwardMsg, address: Address) -> bool:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.keeps_for = message.new_session.config.max_cached_message_age
        if kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
            self.shown = message.navigation.page_script_hash
        if kind == "delta" and is_failure(message.delta):
            raise ScreenFailed(f"{address} shows an error: {what_failed(message.delta)}")
        if kind != "script_finished" or message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return False
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise ScreenFailed(f"{address} ended with status {message.script_finished}")
        if self.shown != self.pages.get(address.screen, ""):
            raise ScreenFailed(f"there is no screen {address}")
        self.kept = {hash_: run for hash_, run in self.kept.items() if self.runs - run <= self.keeps_for}
        return True


@asynccontextmanager
async def visitor(port: int) -> AsyncIterator[Visitor]:
    """A new session on the server at ``port``; it ends with the block."""
    uri = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(uri, subprotocols=["streamlit"], max_size=None, compression=None) as socket:
        yield Visitor(socket)


def what_failed(delta: Delta) -> str:
    """The words of a failure."""
    element = delta.new_element
    return str(element.exception.message or element.alert.body)


def is_failure(delta: Delta) -> bool:
    """Whether a screen says that it broke."""
    element = delta.new_element
    kind = element.WhichOneof("type")
    return kind == "exception" or (kind == "alert" and element.alert.format == element.alert.ERROR)
