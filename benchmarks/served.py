"""What `benchmarks/server.py` runs: hello world where the address asks for it, else the product's own router."""

from pathlib import Path

import streamlit as st

MAIN = Path(__file__).resolve().parents[1] / "maturity" / "ui" / "main.py"


@st.cache_resource
def router():  # type: ignore[no-untyped-def]
    """The router's code, compiled once as Streamlit itself does it."""
    return compile(MAIN.read_text(encoding="utf-8"), str(MAIN), "exec")


if st.query_params.get("hello"):
    st.button("Again")
    st.write("Hello world")
else:
    exec(router(), {"__file__": str(MAIN), "__name__": "__main__"})
