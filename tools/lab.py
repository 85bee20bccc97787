"""Open JupyterLab on the learner's copies of the notebooks (what `make lab` runs after the installation)."""

from __future__ import annotations

import argparse
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIRST = "00_start_here.ipynb"
HOST = "127.0.0.1"
SECONDS_TO_START = 120


def minillama(*arguments: str) -> bool:
    """Run the installed `minillama` command; True if it ended well."""
    command = [sys.executable, "-c", "import sys; from minillama.cli import main; sys.exit(main())"]
    return subprocess.run([*command, *arguments], cwd=ROOT, check=False).returncode == 0


def is_free(port: int) -> bool:
    """True if nothing listens on the port and this user may open it."""
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left counts as free
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def choose_port(asked: int | None) -> int:
    """The asked port, or the first free one from 8888 on."""
    if asked is None:
        for port in range(8888, 8988):
            if is_free(port):
                return port
        sys.exit("minillama: the ports 8888 to 8987 are all taken. Choose one: make lab PORT=9000")
    if not is_free(asked):
        sys.exit(
            f"minillama: port {asked} is taken, or you may not open it. Stop the program that uses it\n"
            f"  (is JupyterLab still running elsewhere?), or choose another port: make lab PORT={asked + 1}"
        )
    return asked


def lab_command(port: int, headless: bool, root: Path, page: str) -> list[str]:
    """The command line of JupyterLab: this machine only, with a token."""
    command = [sys.executable, "-m", "jupyterlab", f"--ip={HOST}", f"--port={port}", "--log-level=WARN"]
    command += ["--ServerApp.port_retries=0", f"--ServerApp.root_dir={root}"]
    command += [f"--LabApp.default_url=/lab{page}"]
    command += ["--no-browser"] if headless else []
    command += ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return command


def wait_until_ready(server: subprocess.Popen, port: int, token: str) -> None:
    """Return when the server answers; stop if it ends or stays silent."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(SECONDS_TO_START * 5):
        if server.poll() is not None:
            sys.exit(f"minillama: JupyterLab ended with code {server.returncode}; see the lines above.")
        try:
            with opener.open(f"http://{HOST}:{port}/api/status?token={token}", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    server.terminate()
    sys.exit(f"minillama: JupyterLab did not answer within {SECONDS_TO_START} seconds.")


def serve(command: list[str], port: int, page: str) -> int:
    """Run JupyterLab until it ends, passing on the wish to stop."""
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(24)
    # A thread that waits without sleeping slows small models many times on a machine with other work to do.
    environment = {"OMP_WAIT_POLICY": "PASSIVE", **os.environ, "JUPYTER_TOKEN": token}
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: server.terminate())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches JupyterLab itself, which asks back
    wait_until_ready(server, port, token)
    print(f"\nJupyterLab is ready:\n  http://{HOST}:{port}/lab{page}?token={token}", flush=True)
    print("Stop it with Ctrl-C, twice.\n", flush=True)
    code = server.wait()
    return 0 if code in (0, -signal.SIGTERM) else code


def main() -> int:
    """Fetch what is missing, then serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--headless", action="store_true", help="do not open a browser")
    parser.add_argument("--port", type=int, help="exactly this port (default: the first free one from 8888)")
    args = parser.parse_args()

    port = choose_port(args.port or (8888 if args.headless else None))
    if not minillama("fetch", "smollm2"):
        print("Warning: the SmolLM2 weights are missing. The course runs without them and says where.")
        print("To try again later: make lab, or .venv/bin/minillama fetch smollm2\n")
    if not minillama("start", "--all"):
        return 1
    work = Path(os.environ.get("MINILLAMA_WORK") or ROOT / "work").resolve()
    root = ROOT if work.is_relative_to(ROOT) else work
    page = f"/tree/{(work / FIRST).relative_to(root).as_posix()}" if (work / FIRST).exists() else ""
    return serve(lab_command(port, args.headless, root, page), port, page)


if __name__ == "__main__":
    sys.exit(main())
