"""Run notebooks so that an unchanged notebook gives an unchanged file: `make execute`."""

c = get_config()  # noqa: F821 - given by traitlets
c.KernelManager.transport_encryption = "auto"
c.ExecutePreprocessor.record_timing = False
c.ClearMetadataPreprocessor.enabled = True  # else the version of this Python would be stored
c.ClearMetadataPreprocessor.clear_cell_metadata = False
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {"kernelspec", ("language_info", "name")}
