"""What the journeys need is asked for by Debian's names."""

import pytest

from machine.browser import missing_packages, office_python


def test_on_a_bare_machine_everything_is_missing_and_named(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.delenv("RENKEI_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    wanted = {"chromium", "fontconfig", "fonts-noto-cjk", "libreoffice-writer-nogui"}
    assert wanted <= set(missing_packages())


def test_where_libreoffice_is_there_it_is_not_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "libreoffice-writer-nogui" not in missing_packages()
    assert ("python3-uno" in missing_packages()) is (office_python() is None)
