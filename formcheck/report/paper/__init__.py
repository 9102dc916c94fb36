"""The PDF report, drawn with reportlab: imported only when a PDF is wanted (0.3 s)."""
