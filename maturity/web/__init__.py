"""The street door: plain routes beside the Streamlit application."""
