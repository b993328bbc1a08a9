"""What the journeys need is asked for by Debian's names."""

import pytest

from machine.browser import browser, install_what_is_missing, missing_packages, office_python


def test_on_a_bare_machine_everything_is_missing_and_named(monkeypatch: pytest.MonkeyPatch, tmp_path):
    monkeypatch.delenv("RENKEI_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    wanted = {"chromium-headless-shell", "fontconfig", "fonts-noto-cjk", "libreoffice-writer-nogui"}
    assert wanted <= set(missing_packages())


def test_where_libreoffice_is_there_it_is_not_asked_for(monkeypatch: pytest.MonkeyPatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "libreoffice-writer-nogui" not in missing_packages()
    assert ("python3-uno" in missing_packages()) is (office_python() is None)


def test_a_browser_with_windows_is_used_where_the_light_one_cannot_be_had(
    monkeypatch: pytest.MonkeyPatch, tmp_path
):
    for name in ("chromium", "soffice", "fc-list"):
        program = tmp_path / name
        program.write_text("#!/bin/sh\necho there\n")
        program.chmod(0o755)
    monkeypatch.delenv("RENKEI_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    if missing_packages() == ["chromium-headless-shell"]:
        install_what_is_missing()  # without apt-get on the path it can only go on with what is there
    assert browser() == str(tmp_path / "chromium")
