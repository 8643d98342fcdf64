"""The learner's copy of the exercises: no solutions, nothing run yet."""

c = get_config()  # noqa: F821 - given by traitlets
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"solution"}
c.ClearOutputPreprocessor.enabled = True
