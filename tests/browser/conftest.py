"""A JupyterLab server on a temporary copy of the notebooks, and headless Chromium to look at it."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "test"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
FLAGS += ["--disable-background-networking", "--disable-component-update"]
SETTINGS = {
    # Cells outside the window exist in the page, too.
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@dataclass(frozen=True)
class Lab:
    """A running server: its address, and the folder it shows."""

    url: str
    root: Path

    def page(self, notebook: str) -> str:
        """The address of a notebook in the work folder, in a clean workspace."""
        return f"{self.url}/lab/workspaces/{notebook}/tree/work/{notebook}.ipynb?reset&token={TOKEN}"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def isolated(folder: Path) -> dict[str, str]:
    """An environment in which no settings or progress of the user are read or changed."""
    jupyter = ("CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR")
    lab = ("WORKSPACES_DIR", "SETTINGS_DIR")
    names = [f"JUPYTER_{name}" for name in jupyter] + [f"JUPYTERLAB_{name}" for name in lab] + ["IPYTHONDIR"]
    return {**os.environ, **{name: str(folder / name.lower()) for name in names}, "MINILLAMA_STRICT": ""}


def write_settings(folder: Path) -> None:
    """Lab's settings for a test."""
    for name, values in SETTINGS.items():
        path = folder / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")


def wait_for(server: subprocess.Popen, url: str, log: Path) -> None:
    """Return when the server answers."""
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{url}/api/status?token={TOKEN}", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("JupyterLab did not start:\n" + log.read_text(encoding="utf-8")[-3000:])


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on copies of the notebooks, stopped at the end."""
    folder = tmp_path_factory.mktemp("lab")
    root = folder / "course"
    shutil.copytree(ROOT / "notebooks", root / "work", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(ROOT / "docs", root / "docs")
    environment = isolated(folder) | {"MINILLAMA_WORK": str(root / "work")}
    write_settings(Path(environment["JUPYTERLAB_SETTINGS_DIR"]))
    port = free_port()
    options = f"""--no-browser --allow-root --ip=127.0.0.1 --port={port} --ServerApp.port_retries=0
        --IdentityProvider.token={TOKEN} --expose-app-in-browser --LabApp.extension_manager=readonly""".split()
    command = [sys.executable, "-m", "jupyterlab", *options, f"--ServerApp.root_dir={root}"]
    log = folder / "server.log"
    with log.open("w", encoding="utf-8") as output:
        server = subprocess.Popen(command, env=environment, cwd=root, stdout=output, stderr=output)
    try:
        wait_for(server, f"http://127.0.0.1:{port}", log)
        yield Lab(f"http://127.0.0.1:{port}", root)
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Headless Chromium; skips where there is none, unless MINILLAMA_REQUIRE_BROWSER is set."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        reason = "no Chromium here; on Debian or Ubuntu: apt-get install chromium"
        if os.environ.get("MINILLAMA_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: the folder MINILLAMA_SCREENSHOTS, or a temporary one."""
    chosen = os.environ.get("MINILLAMA_SCREENSHOTS")
    folder = Path(chosen).absolute() if chosen else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder
