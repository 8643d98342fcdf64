"""Every notebook in the training room: in a browser, every other host blocked, outputs as stored.

The room is served under a name that the browser doesn't count as this computer, as over the network
of a classroom: without a service worker and without crypto.subtle. Skipped where there is no
Chromium, or Python for the browser isn't at hand: `make room` gets it.
"""

import json
import shutil
import sys
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import nbformat
import pytest
from playwright.sync_api import sync_playwright
from test_room import CHROMIUM, GIVEN, LONGEST

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "room"))
import distribution  # noqa: E402
import training  # noqa: E402

HOST = "classroom.example"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))
RUN = """async (cells) => {
  const app = window.jupyterapp, panel = app.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  panel.content.model.fromJSON(cells);
  await app.commands.execute("notebook:run-all-cells");
  return panel.content.model.toJSON();
}"""
OPEN = """() => {
  const panel = window.jupyterapp?.shell?.currentWidget;
  return panel?.context?.isReady && panel.content.model.cells.length > 0;
}"""
# A command that asks something would wait for ever, and nobody is there to answer.
COMMAND = """(name) => Promise.race([
  window.jupyterapp.commands.execute(name).then(() => "done"),
  new Promise((resolve) => setTimeout(() => resolve("no answer"), 60000)),
])"""
CELL = """(source) => {
  const cells = window.jupyterapp.shell.currentWidget.content.model.sharedModel.cells;
  const cell = cells.find((cell) => cell.getSource().startsWith("parts = "));
  if (source) cell.setSource(source);
  return cell.getSource();
}"""
IDLE = """() => {
  const context = window.jupyterapp?.shell?.currentWidget?.sessionContext;
  return context?.session?.kernel?.status == "idle";
}"""

needs_room = pytest.mark.skipif(
    not (CHROMIUM and distribution.at_hand(training.OFFICIAL, GIVEN)),
    reason="needs Chromium, and Python for the browser: run make room, or set PYODIDE",
)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        """A page that is left ends its requests: no fault."""


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The address of the room, and a browser that finds no other host."""
    folder = tmp_path_factory.mktemp("room") / "room"
    training.build(folder, GIVEN)
    server = Server(("127.0.0.1", 0), partial(Quiet, directory=folder))
    Thread(target=server.serve_forever, daemon=True).start()
    rules = f"MAP {HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*options, f"--host-resolver-rules={rules}"]
        )
        yield f"http://{HOST}:{server.server_port}", browser
        browser.close()
    server.shutdown()
    server.server_close()
    shutil.rmtree(folder)


def said(cell):
    """The outputs of a cell but pictures: what is printed, the text and the page of a result."""
    kept = []
    for output in cell["outputs"]:
        data = output.get("data", {})
        if any(kind.startswith("image/") for kind in data):
            continue
        texts = {kind: "".join(text) for kind, text in data.items() if kind.startswith("text/")}
        kept.append(texts or "".join(output.get("text", output.get("traceback", ""))))
    if all(isinstance(text, str) for text in kept):
        return "".join(kept)
    return kept


@needs_room
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_notebook_gives_what_is_stored(room, path):
    address, browser = room
    stored = nbformat.read(path, 4)
    emptied = json.loads(nbformat.writes(stored))
    for cell in emptied["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    page = browser.new_page()
    page.set_default_timeout(LONGEST)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    opened = time.monotonic()
    page.goto(f"{address}/lab/index.html?path={path.parent.name}/{path.name}")
    page.wait_for_function(IDLE)
    assert page.evaluate("[isSecureContext, typeof crypto.subtle]") == [False, "undefined"]
    started = time.monotonic()
    done = page.evaluate(RUN, emptied)
    print(f"ready in {started - opened:.0f} s, run in {time.monotonic() - started:.0f} s")
    page.close()
    run = {cell["id"]: cell for cell in done["cells"] if cell["cell_type"] == "code"}
    cells = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert all(run[cell.id]["execution_count"] for cell in cells)
    assert {cell.id: said(run[cell.id]) for cell in cells} == {c.id: said(c) for c in cells}
    assert [url for url in asked if not url.startswith((address, "blob:", "data:"))] == []


@needs_room
def test_a_notebook_is_kept_and_downloaded_as_the_learner_left_it(room):
    address, browser = room
    page = browser.new_page()
    page.set_default_timeout(LONGEST)
    learners = f"{address}/lab/index.html?path=zh/06_exercises.ipynb"
    page.goto(learners)
    page.wait_for_function(OPEN)
    task = page.evaluate(CELL)
    answer = task.replace("None", "3  # 我的答案")
    assert task != answer
    assert page.evaluate(CELL, answer) == answer
    assert page.evaluate(COMMAND, "docmanager:save") == "done"
    page.goto(learners)
    page.wait_for_function(OPEN)
    assert page.evaluate(CELL) == answer
    with page.expect_download() as download:
        page.evaluate(COMMAND, "docmanager:download")
    assert download.value.suggested_filename == "zh_06_exercises.ipynb"
    saved = nbformat.read(download.value.path(), 4)
    assert answer in [cell.source for cell in saved.cells]
    nbformat.validate(saved)
    page.close()
