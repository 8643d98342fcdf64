"""The one error that this package raises for bad input."""


class ReportError(ValueError):
    """A report can't be read or parsed.

    The message names the file (or "<text>"), what is wrong with it, and the way out.

    >>> error = ReportError("report.txt", "the file is empty", "save the report again and retry")
    >>> print(error)
    report.txt: the file is empty; save the report again and retry
    >>> error.source, error.problem, error.remedy
    ('report.txt', 'the file is empty', 'save the report again and retry')
    """

    def __init__(self, source: object, problem: str, remedy: str) -> None:
        # All three reach ValueError.args, so that the error survives pickling between processes.
        super().__init__(str(source), problem, remedy)
        self.source = str(source)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.source}: {self.problem}; {self.remedy}"
