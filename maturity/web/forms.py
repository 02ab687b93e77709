"""The fields of a form as a browser sends them; what no page of ours sends is refused."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request


class FormRefused(Exception):
    """A form that is none of ours: too large, or not made of fields; `status` is what HTTP says of it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def fields_of(request: Request, most_bytes: int, most_fields: int) -> dict[str, list[str]]:
    """All values of each field, in their order. `FormRefused` for more bytes or fields, or what is not UTF-8."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise FormRefused(413)
    try:
        sent = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=most_fields)
    except ValueError:
        raise FormRefused(400) from None
    fields: dict[str, list[str]] = {}
    for name, value in sent:
        fields.setdefault(name, []).append(value)
    return fields
