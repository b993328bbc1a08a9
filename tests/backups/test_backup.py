"""Backup and restore: one moment of everything, proved whole before and equal after."""

import io
import json
import random
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pyrage
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections, transaction

from renkei.agreements.models import Agreement
from renkei.agreements.services import attach
from renkei.audit.models import Entry
from renkei.audit.verification import faults as faults_of_log
from renkei.audit.verification import heads
from renkei.backups.reading import faults
from renkei.backups.refusals import BackupRefused
from renkei.backups.restoring import restore
from renkei.backups.rows import digest, insert, tables
from renkei.backups.sealing import LENGTH, SEAL, Sealed, opened
from renkei.backups.versions import database_is_not_of_a_newer_version
from renkei.backups.writing import MANIFEST, back_up
from renkei.documents.models import Document
from tests.factories import an_agreement

NOON = datetime(2026, 11, 26, 3, tzinfo=UTC)


@pytest.fixture
def kept(town, tmp_path) -> Path:
    """A backup of the town."""
    back_up(tmp_path / "控え.zip", at=NOON)
    return tmp_path / "控え.zip"


def everything() -> dict[str, tuple[int, str]]:
    return {model._meta.label: digest(model) for model in tables(apps)}


def contents() -> dict[str, bytes]:
    found = {}
    for document in Document.objects.all():
        with document.content.open() as file:
            found[document.content.name] = file.read()
    return found


def restored(path: Path, identity: str = "", passphrase: str = "") -> list[str]:
    told: list[str] = []
    with opened(path, identity, passphrase) as file:
        restore(file, told.append)
    return told


def test_a_restored_copy_equals_the_original_row_for_row_and_byte_for_byte(kept, elsewhere):
    before, files = everything(), contents()
    with elsewhere.used():
        assert len(restored(kept)) == 4
        assert everything() == before
        assert contents() == files
        assert str(Path(Document.objects.get().content.path)).startswith(elsewhere.files)
        new = an_agreement(title="戻した後の協定")
        assert new.pk > 2 and list(faults_of_log()) == []
    assert everything() == before


def test_a_backup_taken_while_people_write_is_one_moment(town, elsewhere, tmp_path):
    begun, ended = threading.Barrier(3), threading.Event()

    def write(number: int) -> int:
        begun.wait(timeout=20)
        try:
            for written in range(1, 200):
                agreement = an_agreement(title=f"見本協定{number}-{written}", municipality=town)
                attach(agreement, b"%PDF-1.7", name="a.pdf", actor=None)
                if ended.is_set():
                    break
            return written
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as writers:
        writing = [writers.submit(write, number) for number in range(2)]
        begun.wait(timeout=20)
        back_up(tmp_path / "a.zip", at=NOON)
        ended.set()
        assert all(one.result() for one in writing)
    written = Agreement.objects.count()
    with elsewhere.used():
        restored(tmp_path / "a.zip")
        agreements = Agreement.objects.count()
        assert 2 <= agreements <= written
        assert Entry.objects.filter(event="agreement.registered").count() == agreements
        assert Entry.objects.filter(event="agreement.attached").count() == Document.objects.count()
        assert all(one.content.size == one.size for one in Document.objects.all())
        assert list(faults_of_log()) == []


def test_the_heads_in_a_backup_are_what_verify_takes(kept, tmp_path, capsys):
    call_command("backup_check", kept)
    saved = tmp_path / "heads.txt"
    saved.write_text(capsys.readouterr().out, encoding="utf-8")
    an_agreement(title="後の協定")
    call_command("audit_verify", heads=[str(saved)])
    assert "外の控え1件とも合っています" in capsys.readouterr().out


def flipped(path: Path, place: int) -> Path:
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << place % 8
    damaged = path.with_name("damaged")
    damaged.write_bytes(content)
    return damaged


def test_one_flipped_byte_anywhere_is_named(kept):
    length = kept.stat().st_size
    chance = random.Random(20261126)
    places = {0, 8, length - 1, length - LENGTH, length - LENGTH - 5, *chance.sample(range(length), 60)}
    for place in sorted(places):
        with flipped(kept, place).open("rb") as file:
            assert list(faults(file)), place


def test_a_damaged_document_is_named_and_nothing_is_restored(kept, elsewhere):
    content = kept.read_bytes()
    damaged = flipped(kept, content.index(bytes(range(100, 140))))
    with damaged.open("rb") as file:
        assert any(fault.startswith("files/documents/") for fault in faults(file))
    with elsewhere.used():
        with pytest.raises(BackupRefused, match="変わっています"):
            restored(damaged)
        assert not Entry.objects.exists() and not Path(elsewhere.files).exists()


@pytest.mark.parametrize("rest", [0, 10, 500], ids=str)
def test_a_backup_cut_off_is_named(kept, rest):
    damaged = kept.with_name("damaged")
    damaged.write_bytes(kept.read_bytes()[:rest])
    with damaged.open("rb") as file:
        assert list(faults(file))
    with pytest.raises(CommandError, match="使えません"):
        call_command("backup_check", damaged)


def test_an_installation_in_use_is_never_restored_over(kept):
    before = everything()
    with pytest.raises(CommandError, match="空の環境にだけ戻せます"):
        call_command("restore", kept)
    assert everything() == before


def test_encrypted_for_a_key_only_that_key_opens_it(town, elsewhere, tmp_path):
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    path = tmp_path / "a.age"
    back_up(path, at=NOON, recipient=str(mine.to_public()))
    assert path.read_bytes().startswith(b"age-encryption.org/v1")
    assert "協定書.pdf".encode() not in path.read_bytes()
    for identity, refusal in (("", "--identity"), (str(other), "復号できません"), ("key", "AGE-SECRET-KEY-")):
        with pytest.raises(BackupRefused, match=refusal), opened(path, identity, "") as file:
            pytest.fail(str(file))
    damaged = flipped(path, path.stat().st_size // 2)
    with pytest.raises(BackupRefused, match="復号できません"), opened(damaged, str(mine), ""):
        pytest.fail("a damaged file was opened")
    before = everything()
    with elsewhere.used():
        restored(path, identity=f"# created by age-keygen\n{mine}\n")
        assert everything() == before


@pytest.mark.once
def test_encrypted_under_a_passphrase_only_that_opens_it(town, elsewhere, tmp_path):
    path, secret = tmp_path / "a.age", tmp_path / "合言葉"
    secret.write_text("桜の 木の下\n", encoding="utf-8")
    call_command("backup", path, passphrase_file=secret)
    with pytest.raises(BackupRefused, match="--passphrase-file"), opened(path, "", ""):
        pass
    with pytest.raises(BackupRefused, match="復号できません"), opened(path, "", "梅の木の下"):
        pass
    with elsewhere.used():
        restored(path, passphrase="桜の 木の下")
        assert Agreement.objects.count() == 2


def test_what_is_no_key_is_refused_before_anything_is_written(town, tmp_path):
    with pytest.raises(CommandError, match="公開鍵ではありません"):
        call_command("backup", tmp_path / "a.age", recipient="ssh-rsa AAAA")
    assert list(tmp_path.glob("a.age*")) == []


def test_a_file_that_a_row_names_and_nobody_has_is_told(town, tmp_path, capsys):
    document = Document.objects.get()
    document.content.storage.delete(document.content.name)
    call_command("backup", tmp_path / "a.zip")
    assert document.content.name in capsys.readouterr().err


def rewritten(path: Path, change, adding=lambda archive, manifest: None) -> Path:
    """The same backup with another manifest, whole in itself."""
    changed = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as archive, changed.open("wb") as out:
        sealed = Sealed(out)
        manifest = json.loads(archive.read(MANIFEST))
        change(manifest)
        kept = {table["member"] for table in manifest["tables"].values()}
        with zipfile.ZipFile(sealed, "w") as copy:
            copy.comment = SEAL + b"0" * LENGTH
            for name in archive.namelist():
                if name in kept or name.startswith("files/"):
                    copy.writestr(name, archive.read(name))
            adding(copy, manifest)
            copy.writestr(MANIFEST, json.dumps(manifest))
        sealed.finish()
    return changed


@pytest.mark.parametrize(
    "change, refusal",
    [
        (lambda one: one["migrations"].append(["audit", "0099_of_a_newer_version"]), "新しい版"),
        (lambda one: one.update(format=2), "新しい版"),
        (lambda one: one.update(migrations=[]), "どの版の控えか分かりません"),
    ],
    ids=["newer migrations", "newer format", "unknown"],
)
def test_a_version_that_cannot_be_taken_is_refused(kept, elsewhere, change, refusal):
    path = rewritten(kept, change)
    with elsewhere.used():
        with pytest.raises(BackupRefused, match=refusal):
            restored(path)
        assert not Entry.objects.exists()


def first_file(manifest) -> dict:
    return next(iter(manifest["files"].values()))


LIES = {
    "path upwards": lambda one: one["files"].update({"../../outside": first_file(one)}),
    "absolute path": lambda one: one["files"].update({"/outside": first_file(one)}),
    "no field of files": lambda one: first_file(one).update(field="documents.Document.title"),
    "size": lambda one: first_file(one).update(size=1),
    "columns": lambda one: one["tables"]["accounts.User"].update(columns=["id"]),
    "unknown column": lambda one: one["tables"]["accounts.User"].update(columns=["no_such_column"]),
    "other table": lambda one: one["tables"]["accounts.User"].update(member="tables/audit.Entry.jsonl"),
    "rows": lambda one: one["tables"]["accounts.User"].update(rows=7),
    "forgotten table": lambda one: one["tables"].pop("accounts.User"),
    "no migrations": lambda one: one.pop("migrations"),
    "files in a list": lambda one: one.update(files=[]),
    "format as text": lambda one: one.update(format="1"),
}


def test_a_manifest_that_misleads_is_refused_and_nothing_stays(kept, elsewhere, tmp_path):
    for lie, change in LIES.items():
        path = rewritten(kept, change)
        with elsewhere.used():
            with pytest.raises(CommandError, match=r"控え|作られたとき"):
                call_command("restore", path, stdout=StringIO())
            assert not Entry.objects.exists(), lie
            assert [one for one in Path(elsewhere.files).rglob("*") if one.is_file()] == [], lie
        assert not list(tmp_path.rglob("outside")), lie


def test_a_part_that_was_made_to_fill_the_disk_is_refused_unread(kept, elsewhere):
    def swollen(archive: zipfile.ZipFile, manifest) -> None:
        with archive.open(packed("bomb"), "w", force_zip64=True) as out:
            for _piece in range(100):
                out.write(bytes(1024 * 1024))
        manifest["tables"]["accounts.User"].update(member="bomb")

    path = rewritten(kept, lambda manifest: None, adding=swollen)
    assert path.stat().st_size < 4 * kept.stat().st_size + 1024 * 1024
    with path.open("rb") as file:
        assert "bomb: 作られたときから変わっています。" in list(faults(file))


def packed(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def test_a_row_without_end_is_refused(elsewhere):
    with pytest.raises(ValueError, match="a line of more than"), transaction.atomic():
        insert(Document, io.BufferedReader(Endless()))


class Endless(io.RawIOBase):
    """Blanks for ever."""

    def readable(self) -> bool:
        return True

    def readinto(self, place) -> int:
        place[:] = b" " * len(place)
        return len(place)


def test_every_table_is_in_a_backup_or_left_out_for_a_reason(kept):
    with zipfile.ZipFile(kept) as archive:
        labels = json.loads(archive.read(MANIFEST))["tables"]
    carried = {apps.get_model(label)._meta.db_table for label in labels}
    left_out = {
        "django_migrations": "stands in the manifest, and is made anew",
        "django_session": "whoever holds a session's key would be signed in",
    }
    assert set(connections["default"].introspection.table_names()) - carried == set(left_out)


@pytest.fixture
def key_beside(settings, tmp_path):
    """The installation's key in its usual place."""
    settings.VAR = tmp_path / "var beside"
    settings.VAR.mkdir()
    settings.SECRET_KEY = "the-key-of-the-new-installation"
    (settings.VAR / "secret_key").write_text(settings.SECRET_KEY)
    return settings


def test_an_encrypted_backup_brings_the_key_with_it(town, elsewhere, key_beside, tmp_path):
    mine, new = pyrage.x25519.Identity.generate(), key_beside.SECRET_KEY
    key_beside.SECRET_KEY = "the-key-of-the-town"
    back_up(tmp_path / "a.age", at=NOON, recipient=str(mine.to_public()))
    key_beside.SECRET_KEY = new
    with elsewhere.used():
        assert any("始め直してください" in line for line in restored(tmp_path / "a.age", identity=str(mine)))
    place = key_beside.VAR / "secret_key"
    assert place.read_text() == "the-key-of-the-town"
    assert place.stat().st_mode & 0o077 == 0


def test_an_open_backup_holds_no_key_and_says_what_is_lost_without_it(town, elsewhere, key_beside, tmp_path):
    new, key_beside.SECRET_KEY = key_beside.SECRET_KEY, "the-key-of-the-town"
    back_up(tmp_path / "a.zip", at=NOON)
    assert b"the-key-of-the-town" not in (tmp_path / "a.zip").read_bytes()
    key_beside.SECRET_KEY = new
    with elsewhere.used():
        assert any("var/secret_key" in line and "カレンダー" in line for line in restored(tmp_path / "a.zip"))
    assert (key_beside.VAR / "secret_key").read_text() == new


def test_a_key_of_the_environment_is_left_to_who_set_it(town, elsewhere, key_beside, tmp_path):
    mine, new = pyrage.x25519.Identity.generate(), key_beside.SECRET_KEY
    key_beside.SECRET_KEY = "the-key-of-the-town"
    back_up(tmp_path / "a.age", at=NOON, recipient=str(mine.to_public()))
    key_beside.SECRET_KEY = "the-key-of-the-environment"
    with elsewhere.used():
        assert any("環境変数SECRET_KEY" in line for line in restored(tmp_path / "a.age", identity=str(mine)))
    assert (key_beside.VAR / "secret_key").read_text() == new


def test_a_backup_that_an_older_version_made_is_brought_up_to_date(kept, elsewhere):
    def of_the_version_before_retention(manifest) -> None:
        manifest["migrations"] = [step for step in manifest["migrations"] if step[0] != "retention"]
        for label in [label for label in manifest["tables"] if label.startswith("retention.")]:
            del manifest["tables"][label]

    path, before = rewritten(kept, of_the_version_before_retention), everything()
    with elsewhere.used():
        restored(path)
        assert everything() == before
        assert heads()[0].number == 3


def test_a_database_of_a_newer_version_is_refused_at_start(town):
    assert database_is_not_of_a_newer_version(None, ["default"]) == []
    with connections["default"].cursor() as cursor:
        step = "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '0099_newer', %s)"
        cursor.execute(step, [NOON])
        found = database_is_not_of_a_newer_version(None, ["default"])
        cursor.execute("DELETE FROM django_migrations WHERE name = '0099_newer'")
    assert [message.id for message in found] == ["renkei.E003"]
    assert "0099_newer" in found[0].msg
