"""The Chinese edition: `jupyter nbconvert --config nbconvert/zh.py --to html …`."""

load_subconfig("common.py")  # noqa: F821 - given by traitlets
c = get_config()  # noqa: F821
c.HTMLExporter.language_code = "zh"
c.TagRemovePreprocessor.remove_cell_tags = {"lang-en"}
