"""What the page of the reader asks of Python: one file in, the marked report and a workbook out."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from lawreport_utils import ReportError, marked_text, read_report, write_workbook

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
        return {"error": str(error)}
    except Exception as error:  # the page stays alive and says so
        return {"error": f"{name}: {type(error).__name__}: {error}"}
    return {
        "title": report.title or Path(name).stem,
        "page": html,
        "workbook": workbook,
        "seconds": time.monotonic() - started,
        "warnings": list(report.warnings),
    }


def _report(name, data):
    content = bytes(data)
    if (name, content) not in _PAGES:
        while len(_PAGES) > 3:
            _PAGES.pop(next(iter(_PAGES)))
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(name).name
            path.write_bytes(content)
            _PAGES[name, content] = read_report(path)
    return _PAGES[name, content]
