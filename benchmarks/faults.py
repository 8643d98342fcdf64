"""A reader that hangs, dies or takes all memory on files that say so: imported, it is in place.

Files from outside do that by faults nobody knows yet; here they do it on purpose.
"""

import os
import re
from pathlib import Path

from lawreport_utils import corpus, read_report

HANG, END, HOARD, BROKEN = b"hang", b"end", b"hoard", b"\0\1\2 no text"


def read(path: str) -> object:
    content = Path(path).read_bytes()[:16]
    if content == HANG:
        re.fullmatch("(a|a)*b", "a" * 80)
    elif content == END:
        os._exit(3)
    elif content == HOARD:
        return bytearray(20 * 10**9)
    return read_report(path)


corpus.read_report = read
