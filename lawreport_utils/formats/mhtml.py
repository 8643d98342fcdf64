"""A page saved with its pictures in one file (.mht, .mhtml): the page in it."""

from email import message_from_bytes

from ..errors import ReportError
from . import Extracted
from .html import extract_text as extract_page


def extract_text(data: bytes, source: object) -> Extracted:
    """The text of the first page in the file."""
    for part in message_from_bytes(data).walk():
        page = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(page, bytes):
            return extract_page(page, source)
    remedy = "save it as “webpage, HTML only” or as .txt"
    raise ReportError(source, "this is an MHTML file without a page", remedy)
