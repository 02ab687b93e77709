"""The contents of a download, made only when its button is pressed, for whoever is there at that moment."""

from __future__ import annotations

import threading
from collections.abc import Callable

from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx


def when_pressed(read: Callable[[], bytes]) -> Callable[[], bytes]:
    """What to hand to a download button. Streamlit calls it in a thread that does not know whose visit it is, so the
    visit's context is lent to one that does; `read` asks for the visitor by itself, as page contexts do."""
    visit = get_script_run_ctx()

    def lent() -> bytes:
        found: list[bytes | Exception] = []

        def ask() -> None:
            try:
                found.append(read())
            except Exception as error:  # handed to the thread that waits for it
                found.append(error)

        asking = threading.Thread(target=ask)
        add_script_run_ctx(asking, visit)
        asking.start()
        asking.join()
        if isinstance(found[0], Exception):
            raise found[0]
        return found[0]

    return lent
