"""Two settings of the server process that make every click faster."""

from __future__ import annotations

import gc
import socket
from asyncio import base_events


def without_delay(connection: socket.socket) -> None:
    """Turn off Nagle's algorithm on a TCP connection."""
    if connection.family in (socket.AF_INET, socket.AF_INET6) and connection.type == socket.SOCK_STREAM:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def send_at_once() -> None:
    """Make asyncio send small answers at once: +42 ms a click otherwise, where uvloop is not installed.

    The server's socket is bound with protocol 0, which asyncio does not take for TCP and so leaves alone.
    """
    base_events._set_nodelay = without_delay  # type: ignore[attr-defined]


def freeze_what_is_loaded() -> None:
    """Keep all that is imported by now out of every later garbage collection."""
    gc.collect()
    gc.freeze()
