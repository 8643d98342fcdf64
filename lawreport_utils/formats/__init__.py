"""The wing that reads files: a module a kind, each with ``extract_text(data, source)``."""
