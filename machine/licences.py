"""Which licences the installed packages have; ends with 1 where one does not fit an MIT program for towns."""

import json
import re
import subprocess
import sys
from pathlib import Path

FITTING = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla Public|ISC|Unlicense|Zlib|CC0|Public Domain"
    r"|LGPL|Lesser General Public|OFL|Open Font"
)
READ_BY_HAND = {
    "axe-playwright-python": "MIT, in its LICENSE file",
    "pyrage": "MIT, in its LICENSE file",
    "qrcode": "BSD, in its LICENSE file; the other words are about a trade mark",
    "zxcvbn-rs-py": "MIT, in its LICENSE file",
    "odfpy": "Apache 2.0 or GPL or LGPL, as the user chooses: Apache 2.0 is chosen",
}


def installed() -> dict[str, str]:
    """Each package of this environment and its licence, as the package itself states it."""
    command = [str(Path(sys.executable).with_name("pip-licenses")), "--from=mixed", "--format=json"]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return {package["Name"]: package["License"] for package in json.loads(told)}


def fits(licence: str) -> bool:
    """Whether every part of the licence fits; of alternatives ("A OR B") one is enough."""
    return any(
        all(FITTING.search(part) for part in re.split(r" AND |; ", alternative))
        for alternative in re.split(r" OR ", licence)
    )


def unfitting(packages: dict[str, str]) -> dict[str, str]:
    """The packages that may not be used, with their licences."""
    return {
        name: licence for name, licence in packages.items() if name not in READ_BY_HAND and not fits(licence)
    }


if __name__ == "__main__":
    refused = unfitting(installed())
    for package, stated in refused.items():
        print(f"{package}: {stated}")
    sys.exit(1 if refused else 0)
