"""What a learner sees: JupyterLab opens a notebook, runs it without an error, and a slider changes its plot.

MINILLAMA_BROWSER="03 05" chooses other chapters; MINILLAMA_SCREENSHOTS=FOLDER keeps pictures of whole notebooks,
in the light and the dark theme, for a person to look at.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

sync_api = pytest.importorskip("playwright.sync_api")

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = os.environ.get("MINILLAMA_BROWSER", "00 02 06").split()
NOTEBOOKS = sorted(path.stem for path in ROOT.glob("notebooks/*.ipynb") if path.stem[:2] in CHAPTERS)
MINUTES = 60_000  # Playwright counts milliseconds
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

IDLE = "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
RUN = "(command) => window.jupyterapp.commands.execute(command)"
ERRORS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .filter(cell => cell.model.type === 'code')
    .flatMap(cell => cell.model.outputs.toJSON().filter(output => output.output_type === 'error')
        .map(output => output.ename + ': ' + output.evalue + ' in: ' + cell.model.sharedModel.source))"""
# Done when every code cell has run, or when an error has stopped the run.
DONE = """() => {
    const panel = window.jupyterapp.shell.currentWidget;
    const cells = [...panel.content.widgets].filter(cell => cell.model.type === 'code');
    const failed = cells.some(cell => cell.model.outputs.toJSON().some(o => o.output_type === 'error'));
    const counted = cells.length && cells.every(cell => cell.model.executionCount !== null);
    return failed || (counted && panel.sessionContext.session.kernel.status === 'idle');
}"""
# What a cell shows apart from its controls: pictures, and the text of widget outputs.
SHOWN = """(cell) => [...cell.querySelectorAll('.jp-OutputArea img')].map(image => image.src).join() +
    [...cell.querySelectorAll('.widget-output, .jupyter-widgets-output-area')].map(o => o.innerText).join()"""
CHANGED = f"([cell, before]) => ({SHOWN})(cell) !== before"
BROKEN_IMAGES = """() => [...document.querySelectorAll('.jp-Notebook img')]
    .filter(image => image.complete && image.naturalWidth === 0).map(image => image.src)"""


class Watcher:
    """Collects what a page should not do: errors on the console and requests to other machines."""

    def __init__(self, page: object, home: str) -> None:
        self.complaints: list[str] = []
        page.on("console", lambda m: self.note(m.type == "error", f"console: {m.text} {m.location.get('url')}"))
        page.on("pageerror", lambda error: self.note(True, f"page: {error}"))
        page.on("request", lambda r: self.note(not r.url.startswith((home, "data:", "blob:")), f"asks {r.url}"))

    def note(self, condition: bool, text: str) -> None:
        """Keep a complaint if its condition holds."""
        if condition and not text.startswith("asks ws://127.0.0.1"):
            self.complaints.append(text)


@pytest.fixture(params=NOTEBOOKS)
def notebook(request: pytest.FixtureRequest, browser: object, lab: object) -> Iterator[tuple]:
    """(name, page, watcher) of a notebook that is open with an idle kernel."""
    page = browser.new_page(viewport={"width": 1280, "height": 1400})
    watcher = Watcher(page, lab.url)
    page.goto(lab.page(request.param), timeout=2 * MINUTES)
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=2 * MINUTES)
    page.wait_for_function(IDLE, timeout=2 * MINUTES)
    yield request.param, page, watcher
    page.evaluate("async () => await window.jupyterapp.shell.currentWidget?.sessionContext.shutdown()")
    page.close()


def run_all(page: object) -> None:
    """Clear every output (old execution counts would end the wait), then run every cell."""
    page.evaluate(RUN, "notebook:clear-all-cell-outputs")
    page.evaluate(RUN, "runmenu:run-all")
    page.wait_for_function(DONE, timeout=4 * MINUTES)


def move_sliders(page: object) -> int:
    """Move the first slider of each cell by one step; its picture or text must change. Returns how many."""
    cells = page.locator(".jp-CodeCell", has=page.locator(".jp-OutputArea .widget-slider .noUi-handle"))
    for i in range(cells.count()):
        cell = cells.nth(i)
        before = cell.evaluate(SHOWN)
        handle = cell.locator(".widget-slider .noUi-handle").first
        at_end = handle.get_attribute("aria-valuenow") == handle.get_attribute("aria-valuemax")
        handle.focus()
        page.keyboard.press("ArrowLeft" if at_end else "ArrowRight")
        try:
            page.wait_for_function(CHANGED, arg=[cell.element_handle(), before], timeout=MINUTES // 2)
        except sync_api.TimeoutError as error:
            source = cell.locator(".jp-InputArea-editor").inner_text()
            raise AssertionError(f"moving the slider changed nothing: {source}") from error
    return cells.count()


def take_pictures(page: object, folder: Path, name: str) -> None:
    """The whole notebook in both themes, one picture a screenful."""
    for label, theme in THEMES.items():
        page.evaluate("(t) => window.jupyterapp.commands.execute('apputils:change-theme', {theme: t})", theme)
        page.wait_for_timeout(1500)
        scroller = page.locator(".jp-WindowedPanel-outer").first
        height, step = scroller.evaluate("(e) => [e.scrollHeight, e.clientHeight]")
        whole = range(0, height, step) if os.environ.get("MINILLAMA_SCREENSHOTS") else [0]
        for number, top in enumerate(whole):
            scroller.evaluate("(e, top) => { e.scrollTop = top }", top)
            page.wait_for_timeout(300)
            page.screenshot(path=folder / f"{name}-{label}-{number:02}.png")


def test_notebook_runs_in_the_browser(notebook: tuple, pictures: Path) -> None:
    name, page, watcher = notebook
    run_all(page)
    assert page.evaluate(ERRORS) == []
    assert page.evaluate(BROKEN_IMAGES) == []
    n_sliders = move_sliders(page)
    assert n_sliders > 0 or name.startswith("00"), "a chapter has at least one slider that changes a picture"
    take_pictures(page, pictures, name)
    assert watcher.complaints == []


def test_the_chosen_chapters_exist() -> None:
    assert [name[:2] for name in NOTEBOOKS] == sorted(CHAPTERS)
