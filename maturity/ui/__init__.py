"""The hall: the only room, with pages/, that knows Streamlit."""
