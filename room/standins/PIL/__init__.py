"""Stands in for Pillow where no picture is drawn: pdfplumber imports it for that alone."""
