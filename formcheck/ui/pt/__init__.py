"""The physiotherapist's consult: one file per part of the page; ``desk`` puts them together."""
