class Cipher:
    """``read_report`` says of a file that needs this that it is locked, and what to do."""

    def __init__(self, *_):
        raise NotImplementedError


class algorithms:  # noqa: N801 - cryptography calls them so
    AES = staticmethod(lambda key: None)


class modes:  # noqa: N801
    CBC = staticmethod(lambda vector: None)
