"""What is kept in memory so that it is not made again: by a key, the newest so many, shared by all threads."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """At most `most` values by their keys; what was put in first goes first. Keys say what a value was made from."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: dict[K, V] = {}
        self._lock = threading.Lock()

    def get(self, key: K) -> V | None:
        """The value of a key, None where none is kept."""
        return self._values.get(key)

    def put(self, key: K, value: V) -> V:
        """Keeps a value, and gives it back."""
        with self._lock:
            if key not in self._values and len(self._values) >= self._most:
                del self._values[next(iter(self._values))]
            self._values[key] = value
        return value

    def drop(self, key: K) -> None:
        """Forgets what is kept by a key, where anything is."""
        with self._lock:
            self._values.pop(key, None)

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._values.clear()
