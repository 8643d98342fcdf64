"""The page of the exercises without answers: tasks, tables, hints; no checks, no solutions."""

c = get_config()  # noqa: F821 - given by traitlets
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"check", "solution"}
