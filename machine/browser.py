"""What the journeys need from the machine: a Chromium, LibreOffice, a Japanese font, a library of Playwright's."""

import ctypes
import os
import shutil
import subprocess
from pathlib import Path

from machine.sentences import refuse, say

LIGHT = "chromium-headless-shell"
"""Chromium without its windows: a page takes a third of the time. Any other is used where this cannot be had."""
PROGRAMS = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def browser() -> str | None:
    """The browser that is there: the one RENKEI_BROWSER names, else the first known one on the path."""
    named = os.environ.get("RENKEI_BROWSER")
    if named:
        return named if Path(named).exists() else None
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


def missing_packages() -> list[str]:
    """Debian's names of what is not there yet."""
    is_light = "RENKEI_BROWSER" in os.environ or shutil.which(LIGHT)
    missing = [] if browser() and is_light else [LIGHT]
    if not shutil.which("fc-list"):
        missing += ["fontconfig", "fonts-noto-cjk"]
    elif not subprocess.run(["fc-list", ":lang=ja"], capture_output=True, check=False).stdout.strip():  # noqa: S607
        missing.append("fonts-noto-cjk")
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        missing.append("libatomic1")
    if not shutil.which("soffice"):
        missing.append("libreoffice-writer-nogui")
    if not office_python():
        missing.append("python3-uno")
    return missing


def office_python() -> str | None:
    """The machine's own Python, which can speak to LibreOffice; None where it cannot."""
    for program in ("/usr/bin/python3", "python3"):
        found = shutil.which(program)
        asked = [found, "-c", "import uno"] if found else []
        if asked and subprocess.run(asked, capture_output=True, check=False).returncode == 0:
            return found
    return None


def who_may_install() -> list[str] | None:
    """What to put before apt-get: nothing for root, sudo where it asks for no password, None where neither is."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo]
    return None


def install_what_is_missing() -> None:
    """Install through apt where that is allowed; otherwise say the one line to type, and end."""
    missing = missing_packages()
    if not missing:
        return
    prefix = who_may_install()
    if prefix is not None:
        say(
            f"試験に要るものを入れています: {' '.join(missing)}",
            f"Installing for the tests: {' '.join(missing)}",
        )
        apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        install = [*apt, "install", "--yes", "--no-install-recommends", *missing]
        for command in (install, [*apt, "update"], install):  # the lists of a fresh machine are old or empty
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
            if command is install and done.returncode == 0:
                return
    if missing == [LIGHT] and browser():
        return
    line = f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(missing)}"
    refuse(
        f"画面の試験に要るものがありません。次の一行を実行してください(画面の試験を省くなら ./run test --fast)。\n  {line}",
        f"The browser tests lack something. Type this line (or leave them out: ./run test --fast).\n  {line}",
        3,
    )
