"""What the page of the reader asks of Python: one file in, the marked report and a workbook out."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from lawreport_utils import ReportError, marked_text, read_report, write_workbook
from lawreport_utils.messages import message

_PAGES = {}  # (name, content) of the last files -> Report


def warm_up():
    """Load what the first report would wait for."""
    from lawreport_utils import extract_outcomes, parse_report

    extract_outcomes(parse_report("一、举措\n办理案件3件。"))


def read(name, data, earlier_name, earlier_data, language):
    """A dict: ``title page workbook seconds warnings``, or ``error`` alone."""
    started = time.monotonic()
    try:
        report = _report(name, data)
        earlier = _report(earlier_name, earlier_data) if earlier_name else None
        page = marked_text(report, earlier=earlier, language=language)
        with TemporaryDirectory() as folder:
            path = Path(folder) / "tables.xlsx"
            write_workbook(page.tables, path, language=language)
            workbook = path.read_bytes()
        html = page.html
    except ReportError as error:
        return {"error": message(error, language)}
    except Exception as error:  # the page stays alive and says so
        return {"error": f"{name}: {type(error).__name__}: {error}"}
    return {
        "title": report.title or Path(name).stem,
        "page": html,
        "workbook": workbook,
        "seconds": time.monotonic() - started,
        "warnings": [message(warning, language) for warning in report.warnings],
    }


def _report(name, data):
    content = bytes(data)
    if (name, content) not in _PAGES:
        while len(_PAGES) > 3:
            _PAGES.pop(next(iter(_PAGES)))
        _PAGES[name, content] = _read(name, content)
    return _PAGES[name, content]


def _read(name, content):
    """The report in a file; its name may be any, so it is only told."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"report{Path(name).suffix[:10]}"
        path.write_bytes(content)
        try:
            return read_report(path)
        except ReportError as error:
            raise ReportError(name, error.problem, error.remedy) from None
