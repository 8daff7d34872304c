"""One command runs the web server and the task worker, and stops both."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from luukku.web.project import serve

RUN = "from luukku.web.project.serve import serve; serve(port=0)"
TASK = """
from pathlib import Path
from django_tasks import task

@task()
def write(path: str) -> None:
    Path(path).write_text("done")
"""
ENQUEUE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "luukku.web.project.settings"
django.setup()
from long_work import write
write.enqueue(os.environ["RESULT"])
"""


@pytest.fixture
def environ(tmp_path):
    (tmp_path / "long_work.py").write_text(TASK)
    return {
        **os.environ,
        "LUUKKU_DATA": str(tmp_path / "data"),
        "RESULT": str(tmp_path / "result"),
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
    }


def until(condition, seconds=20.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def workers(parent):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == parent and fields[0] != "Z":
            found.append(int(folder.name))
    return found


def test_pages_and_tasks_are_served_until_ctrl_c(environ, tmp_path):
    running = subprocess.Popen([sys.executable, "-c", RUN], env=environ, stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", running.stdout.readline())[0]
        with urllib.request.urlopen(f"{address}healthz", timeout=10) as answer:
            assert json.load(answer) == {"status": "ok"}
        with urllib.request.urlopen(f"{address}fi/", timeout=10) as answer:
            style = re.search(r"/static/built/ui\.[0-9a-f]{12}\.css", answer.read().decode())
        with urllib.request.urlopen(f"{address.rstrip('/')}{style[0]}", timeout=10) as answer:
            assert "immutable" in answer.headers["Cache-Control"]

        subprocess.run([sys.executable, "-c", ENQUEUE], env=environ, check=True)
        assert until((tmp_path / "result").exists)
        (worker,) = workers(running.pid)
    finally:
        running.send_signal(signal.SIGINT)
        ended = running.wait(20)
        running.stdout.close()
    assert ended == 0
    assert until(lambda: not Path(f"/proc/{worker}").exists(), 5)


def test_a_worker_that_dies_is_started_again(environ):
    running = subprocess.Popen(
        [sys.executable, "-c", RUN], env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        running.stdout.readline()
        (first,) = workers(running.pid)
        os.kill(first, signal.SIGKILL)
        assert until(lambda: (now := workers(running.pid)) and now != [first])
    finally:
        running.send_signal(signal.SIGTERM)
        running.communicate(timeout=20)


def test_a_port_in_use_is_told_before_anything_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(serve.PortTaken, match=f"Port {port} is in use"):
            serve.serve(port=port)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://localhost:80/"), ("0.0.0.0", "http://localhost:80/"), ("::2", "http://[::2]:80/")],
)
def test_the_address_is_one_that_a_browser_here_can_open(host, address):
    assert serve.address(host, 80) == address
