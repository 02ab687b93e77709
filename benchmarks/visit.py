"""One visit over the WebSocket, as a browser makes it, timed from sending to the end of the run."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

KINDS = frozenset({"button", "radio", "selectbox", "text_area", "text_input", "button_group", "checkbox"})


class Visit:
    """A visit to one page: widgets are remembered as they are sent, and can be clicked."""

    def __init__(self, port: int, page: str = "", query: str = "") -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.page, self.query, self.page_hash = page, query, ""
        self.widgets: dict[str, tuple[str, str, Any]] = {}
        self.states: dict[str, WidgetState] = {}
        self.errors: list[str] = []

    async def __aenter__(self) -> Visit:
        self.socket = await websockets.connect(
            self.address, subprotocols=["streamlit"], max_size=None, compression=None, ping_interval=None
        )
        self.first_render = await self.rerun()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def rerun(self, fragment: str = "", clicked: WidgetState | None = None) -> float:
        """Milliseconds of one rerun of the page, or of one fragment of it."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_name, run.page_script_hash = self.query, self.page, self.page_hash
        run.fragment_id = fragment
        run.widget_states.widgets.extend([*self.states.values(), *([clicked] if clicked else [])])
        run.context_info.locale, run.context_info.timezone = "en-GB", "UTC"
        begun = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await self._finished()
        return (time.perf_counter() - begun) * 1000

    async def _finished(self) -> None:
        while True:
            message = ForwardMsg()
            message.ParseFromString(await asyncio.wait_for(self.socket.recv(), 120))
            kind = message.WhichOneof("type")
            if kind == "navigation":  # which page is open: a browser names it in its next message
                self.page_hash = message.navigation.page_script_hash or self.page_hash
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._remember(message.delta)
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    def _remember(self, delta: Any) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.errors.append(element.exception.message)
        if kind in KINDS:
            widget = getattr(element, kind)
            self.widgets[widget.id] = (kind, delta.fragment_id, widget)

    async def choose(self, label_part: str, option: int) -> float:
        """Milliseconds from a click on a radio's option to the end of the run that it causes."""
        for name, (kind, fragment, widget) in self.widgets.items():
            if kind == "radio" and label_part in name:
                self.states[name] = WidgetState(id=name, string_value=widget.options[option])
                return await self.rerun(fragment)
        raise LookupError(f"no radio {label_part!r} among {sorted(self.widgets)}; errors: {self.errors}")
