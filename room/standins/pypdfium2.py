"""Stands in for pypdfium2, which has no code for the browser: pdfplumber draws pages with it."""
