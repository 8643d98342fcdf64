"""Stands in for cryptography, which pdfminer imports to open locked PDF files."""
