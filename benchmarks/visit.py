"""One visit over the WebSocket, as a browser makes it, timed from sending to the end of the run."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import websockets
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

KINDS = frozenset({"button", "radio", "selectbox", "text_area", "text_input", "button_group", "checkbox"})
TEXTS = frozenset({"markdown", "html"})
SECONDS_TO_WAIT = 120
SECONDS_TO_OPEN = 60


class Visit:
    """A visit to one page: widgets are remembered as they are sent, and can be clicked; `every` has the fragments that
    run by themselves, with the seconds between two runs."""

    def __init__(self, port: int, page: str = "", query: str = "", cookie: str = "") -> None:
        self.address = f"ws://127.0.0.1:{port}/_stcore/stream"
        self.page, self.query, self.page_hash = page, query, ""
        self.headers = {"Cookie": cookie} if cookie else None
        self.widgets: dict[str, tuple[str, str, Any]] = {}
        self.states: dict[str, WidgetState] = {}
        self.every: dict[str, float] = {}
        self.texts: list[str] = []
        self.errors: list[str] = []

    async def __aenter__(self) -> Visit:
        begun = time.perf_counter()
        self.socket = await websockets.connect(
            self.address,
            subprotocols=["streamlit"],
            additional_headers=self.headers,
            max_size=None,
            compression=None,
            open_timeout=SECONDS_TO_OPEN,
            ping_interval=None,
        )
        self.first_render = await self.rerun()
        self.opening = (time.perf_counter() - begun) * 1000
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.close()

    async def rerun(self, fragment: str = "", clicked: WidgetState | None = None, *, by_itself: bool = False) -> float:
        """Milliseconds of one rerun of the page, or of one fragment of it; `texts` has what it showed."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_name, run.page_script_hash = self.query, self.page, self.page_hash
        run.fragment_id, run.is_auto_rerun = fragment, by_itself
        run.widget_states.widgets.extend([*self.states.values(), *([clicked] if clicked else [])])
        run.context_info.locale, run.context_info.timezone = "en-GB", "UTC"
        self._begin(fragment)
        begun = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        await self._finished()
        taken = (time.perf_counter() - begun) * 1000
        self.states = {name: state for name, state in self.states.items() if name in self.widgets}
        return taken

    def _begin(self, fragment: str) -> None:
        self.texts.clear()
        if not fragment:  # the page is drawn anew: what is not drawn again is gone
            self.widgets.clear()
            self.every.clear()

    async def _finished(self) -> None:
        while True:
            message = ForwardMsg()
            message.ParseFromString(await asyncio.wait_for(self.socket.recv(), SECONDS_TO_WAIT))
            kind = message.WhichOneof("type")
            if kind == "navigation":  # which page is open: a browser names it in its next message
                self.page_hash = message.navigation.page_script_hash or self.page_hash
            elif kind == "page_info_changed":
                self.query = message.page_info_changed.query_string
            elif kind == "auto_rerun":
                self.every[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            elif kind == "stop_auto_rerun":
                self.every.pop(message.stop_auto_rerun.fragment_id, None)
            elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
                self._remember(message.delta)
            elif kind == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    return
                self._begin("")  # the whole page follows

    def _remember(self, delta: Any) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception":
            self.errors.append(element.exception.message)
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            self.errors.append(element.alert.body)
        elif kind in TEXTS:
            self.texts.append(getattr(element, kind).body)
        elif kind in KINDS:
            widget = getattr(element, kind)
            self.widgets[widget.id] = (kind, delta.fragment_id, widget)

    def radio(self, name_part: str) -> Any:
        """The first radio whose id has this part, as the page has sent it; None where there is none."""
        found = (widget for name, (kind, _, widget) in self.widgets.items() if kind == "radio" and name_part in name)
        return next(found, None)

    async def choose(self, name_part: str, option: int) -> float:
        """Milliseconds from a click on a radio's option to the end of the run that it causes."""
        widget = self.radio(name_part)
        if widget is None:
            raise LookupError(f"no radio {name_part!r} among {sorted(self.widgets)}; errors: {self.errors}")
        self.states[widget.id] = WidgetState(id=widget.id, string_value=widget.options[option])
        return await self.rerun(self.widgets[widget.id][1])

    def button(self, name: str) -> str | None:
        """The id of the first button with this label, or whose key begins so; None where there is none."""
        found = (each for each, (kind, _, it) in self.widgets.items() if kind == "button" and _is(each, it.label, name))
        return next(found, None)

    async def press(self, name: str) -> float:
        """Milliseconds from a click on a button, by label or key, to the end of the run that it causes."""
        button = self.button(name)
        if button is None:
            labels = sorted(widget.label for kind, _, widget in self.widgets.values() if kind == "button")
            raise LookupError(f"no button {name!r} among {labels}; errors: {self.errors}")
        return await self.rerun(self.widgets[button][1], WidgetState(id=button, trigger_value=True))


def _is(button: str, label: str, name: str) -> bool:
    return label == name or f"-{name}" in button
