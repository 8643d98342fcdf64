"""Renew the picture in README.md: the marked report as Chromium shows it.

Usage: python tools/picture.py docs/marked.png     (needs Chromium and pillow)
"""

import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from lawreport_utils import marked_text, read_report

WIDTH, HEIGHT = 1280, 1720


def main(target):
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = marked_text(read_report("data/szga-2024.txt"), language="en")
        path = page.save(Path(folder) / "page.html")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        view = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        view.goto(path.as_uri())
        view.screenshot(path=target)
        browser.close()
    Image.open(target).convert("P", palette=Image.Palette.ADAPTIVE, colors=250).save(target)


if __name__ == "__main__":
    main(sys.argv[1])
