"""The Streamlit app: one file per page or part of a page; ``app.py`` only routes."""
