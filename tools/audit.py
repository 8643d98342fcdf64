"""Audit pages for accessibility with axe-core, light and dark, wide and narrow.

Usage: make audit     (needs npm and Chromium; not part of the tests)
"""

import shutil
import sys
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright


def audit(axe, paths):
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        for scheme, width in product(("light", "dark"), (1280, 390)):
            size = {"width": width, "height": 900}
            # The marked report lets no script but its own run, so the audit has to go past that.
            page = browser.new_page(color_scheme=scheme, viewport=size, bypass_csp=True)
            for path in paths:
                page.goto(path.resolve().as_uri())
                page.evaluate(
                    "document.querySelectorAll('details').forEach((d) => (d.open = true))"
                )
                page.add_script_tag(content=axe)
                found = page.evaluate("axe.run()")
                for violation in found["violations"]:
                    for node in violation["nodes"]:
                        yield f"{path} {scheme} {width}: {violation['id']}: {node['html'][:120]}"


def main(axe, *pages):
    faults = list(audit(Path(axe).read_text("utf8"), [Path(page) for page in pages]))
    print(*faults, f"{len(pages)} pages audited, {len(faults)} faults", sep="\n")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main(*sys.argv[1:])
