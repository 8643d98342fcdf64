"""The exercises on paper: tables and tasks, no checks and no solutions."""

c = get_config()  # noqa: F821 - given by traitlets
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"check", "solution"}
