"""Reports and exports: HTML, PDF, tables, motion files, comparison; one file per format."""
