"""`manage.py restore` as an administrator runs it: into an empty site, or not at all."""

import json
import shutil
import sqlite3
import tarfile
from contextlib import closing

import psycopg
import pytest

from tests.services import postgres_database
from tests.site_process import PATIENCE, SiteProcess

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.process]

KEY = "given-by-the-environment-0123456789-abcdef"


@pytest.fixture
def empty_postgres_url(postgres_url):
    """A database of this test alone, on the same server."""
    with postgres_database() as url:
        yield url


def run(site, *arguments):
    """(its exit code, its words)"""
    command = site.manage(*arguments)
    said, _ = command.communicate(timeout=PATIENCE)
    return command.returncode, said


def refusal(site, *arguments):
    code, said = run(site, "restore", *arguments)
    assert code == 1
    assert said.startswith("CommandError: ")
    assert said.count("\n") == 1
    return said


def contents(path):
    with tarfile.open(path) as tar:
        return {entry.name: tar.extractfile(entry).read() for entry in tar}


def kept(path):
    """What has to be the same after a restore; of the jobs it lets go of claims, and puts mail aside."""
    members = contents(path)
    return {name: parsed(name, members[name]) for name in members if is_kept(name)}


def is_kept(name):
    return name.startswith(("rows/", "media/", "parts/", "keys/")) and "jobs.job" not in name


def parsed(name, content):
    """PostgreSQL keeps the names within JSON in an order of its own. Each backup and restore is an entry itself."""
    if not name.startswith("rows/"):
        return content
    rows = [json.loads(line) for line in content.splitlines()]
    is_audit = name.startswith("rows/audit.entry/")
    return [row for row in rows if not (is_audit and {"backup_made", "backup_restored"} & {*map(str, row)})]


def backed_up(site, path):
    site.do("backup", str(path))
    return kept(path)


def rows_of(path, model):
    head, *rows = map(json.loads, contents(path)[f"rows/{model}/000000.jsonl"].splitlines())
    return [dict(zip(head["columns"], row, strict=True)) for row in rows]


def is_empty(folder):
    """Nobody has put anything there, but for what any command makes."""
    names = {path.name for path in folder.iterdir()}
    return names <= {"secret_key", "in-use.lock", "prepare.lock", "support.sqlite3", "cache"}


# ---- It works -----------------------------------------------------------------------------------------------------


def test_site_is_the_same_on_sqlite_on_postgresql_and_back(backup, tmp_path, empty_postgres_url):
    before = kept(backup)
    assert [sum(name.startswith(folder) for name in before) for folder in ("media/", "parts/", "keys/")] == [1, 3, 1]
    there = SiteProcess(tmp_path / "there", DATABASE_URL=empty_postgres_url)
    there.do("restore", str(backup))
    assert backed_up(there, tmp_path / "there.tar") == before
    back = SiteProcess(tmp_path / "back")
    back.do("restore", str(tmp_path / "there.tar"))
    assert backed_up(back, tmp_path / "back.tar") == before
    assert (tmp_path / "back" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_new_rows_get_keys_that_no_row_ever_had(backup, tmp_path, empty_postgres_url):
    known = json.loads(contents(backup)["backup.json"])["last_keys"]
    new = "from supportcenter.accounts.models import User; print(User.objects.create(username='new').pk)"
    for name, more in {"sqlite": {}, "postgres": {"DATABASE_URL": empty_postgres_url}}.items():
        site = SiteProcess(tmp_path / name, **more)
        site.do("restore", str(backup))
        code, said = run(site, "shell", "-v0", "-c", new)
        assert (code, said.splitlines()[-1]) == (0, str(known["accounts.User"] + 1))


def test_empty_site_that_has_been_prepared_is_restored_into(backup, prepared_folder, tmp_path):
    site = SiteProcess(shutil.copytree(prepared_folder, tmp_path / "site"))
    site.do("restore", str(backup))
    assert backed_up(site, tmp_path / "again.tar") == kept(backup)


def test_claims_are_let_go_of_and_mail_that_waited_is_put_aside(backup, tmp_path):
    (before,) = [job for job in rows_of(backup, "jobs.job") if job["kind"] == "invitations.deliver"]
    assert before["lease_until"]
    held, sent = SiteProcess(tmp_path / "held"), SiteProcess(tmp_path / "sent")
    _, said = run(held, "restore", str(backup))
    assert "Mail that was waiting: 1, put aside" in said
    sent.do("restore", "--send-mail", str(backup))
    for site, is_held in ((held, True), (sent, False)):
        site.do("backup", str(site.data_dir / "b.tar"))
        jobs = rows_of(site.data_dir / "b.tar", "jobs.job")
        assert [job["lease_until"] for job in jobs if job["lease_until"]] == []
        (mail,) = [job for job in jobs if job["kind"] == "invitations.deliver"]
        assert (bool(mail["failed_at"]), "Held back by a restore" in mail["error"]) == (is_held, is_held)
        assert [job["kind"] for job in jobs if job["failed_at"]] == ["invitations.deliver"] * is_held


def test_backup_of_an_older_release_is_restored_and_migrated(tmp_path):
    old = SiteProcess(tmp_path / "old")
    for app, state in {"accounts": "0005", "sessions_app": "0009", "webacd": "0010", "auth": "0012"}.items():
        old.do("migrate", "-v0", app, state)
    for app in ("contenttypes", "live", "jobs", "admin", "sessions", "account"):
        old.do("migrate", "-v0", app)
    with closing(sqlite3.connect(old.data_dir / "support.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO accounts_user (username, password, first_name, last_name, email, is_superuser, is_staff,"
            " is_active, language, date_joined) VALUES ('amal', '', '', '', '', 0, 0, 1, '', ?)",
            ["2026-01-02 03:04:05.678901"],
        )
    old.do("backup", str(tmp_path / "old.tar"))
    new = SiteProcess(tmp_path / "new")
    new.do("restore", str(tmp_path / "old.tar"))
    assert run(new, "migrate", "--check") == (0, "")
    new.do("backup", str(tmp_path / "new.tar"))
    (amal,) = rows_of(tmp_path / "new.tar", "accounts.user")
    assert (amal["username"], amal["date_joined"]) == ("amal", "2026-01-02T03:04:05.678901+00:00")


def test_restore_that_broke_off_is_begun_again(backup, tmp_path):
    site = SiteProcess(tmp_path / "site")
    site.data_dir.mkdir()
    (site.data_dir / "restore-under-way").touch()
    (name,) = [name for name in contents(backup) if name.startswith("media/")]
    half = site.data_dir / name
    half.parent.mkdir(parents=True)
    half.write_bytes(b"what we")
    site.do("restore", str(backup))
    assert half.read_bytes() == b"what went wrong"
    assert not (site.data_dir / "restore-under-way").exists()


# ---- It is refused, and nothing has changed -----------------------------------------------------------------------


def test_file_that_cannot_be_read_is_refused(tmp_path):
    site = SiteProcess(tmp_path / "site")
    assert "cannot be read: No such file" in refusal(site, str(tmp_path / "nowhere.tar"))
    assert "cannot be read: Is a directory" in refusal(site, str(tmp_path))


def test_file_that_is_no_backup_and_one_that_is_damaged_are_refused(backup, tmp_path):
    site = SiteProcess(tmp_path / "site")
    other, damaged = tmp_path / "other.tar", tmp_path / "damaged.tar"
    other.write_text("words")
    damaged.write_bytes(backup.read_bytes().replace(b"what went wrong", b"what went WRONG"))
    assert "This is no backup of a support center" in refusal(site, str(other))
    assert "is not as it was written" in refusal(site, str(damaged))
    assert is_empty(site.data_dir)


def test_site_with_data_of_its_own_is_left_alone(backup, prepared_folder, tmp_path):
    site = SiteProcess(shutil.copytree(prepared_folder, tmp_path / "site"), DEMO_PASSWORD="correct horse battery")
    site.do("seed_demo")
    before = backed_up(site, tmp_path / "before.tar")
    assert "This site has data of its own" in refusal(site, str(backup))
    assert backed_up(site, tmp_path / "after.tar") == before


def test_files_without_their_database_are_left_alone(backup, tmp_path):
    site = SiteProcess(tmp_path / "site")
    film = site.data_dir / "media" / "recordings" / "film.webm"
    film.parent.mkdir(parents=True)
    film.touch()
    assert "though the database is empty" in refusal(site, str(backup))


def test_database_of_something_else_is_left_alone(backup, tmp_path, empty_postgres_url):
    with psycopg.connect(empty_postgres_url) as connection:
        connection.execute("CREATE TABLE shop_order (id int)")
    site = SiteProcess(tmp_path / "site", DATABASE_URL=empty_postgres_url)
    assert "The database has tables of something else (shop_order)" in refusal(site, str(backup))
    with psycopg.connect(empty_postgres_url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == [("shop_order",)]


def test_other_key_is_refused_unless_it_is_given_up(backup, tmp_path):
    site = SiteProcess(tmp_path / "site", SECRET_KEY=KEY)
    assert "SECRET_KEY is another one" in refusal(site, str(backup))
    assert is_empty(site.data_dir)
    site.do("restore", "--without-key", str(backup))
    assert not (site.data_dir / "secret_key").exists()


def test_key_that_the_environment_gave_has_to_be_given_again(prepared_folder, tmp_path):
    folder = shutil.copytree(prepared_folder, tmp_path / "site")
    backup = tmp_path / "b.tar"
    SiteProcess(folder, SECRET_KEY=KEY).do("backup", str(backup))
    assert KEY.encode() not in backup.read_bytes()
    new = tmp_path / "new"
    assert "SECRET_KEY is not set, and not in the backup" in refusal(SiteProcess(new), str(backup))
    SiteProcess(new, SECRET_KEY=KEY).do("restore", str(backup))


def test_backup_of_a_newer_release_is_refused(prepared_folder, tmp_path):
    folder = shutil.copytree(prepared_folder, tmp_path / "site")
    SiteProcess(folder).do("backup", str(tmp_path / "b.tar"))
    facts = contents(tmp_path / "b.tar")["backup.json"].replace(b"0014_told", b"0014_late")
    newer = tmp_path / "newer.tar"
    rewrite(tmp_path / "b.tar", newer, facts)
    site = SiteProcess(tmp_path / "new")
    assert "does not know (webacd.0014_late): restore it with release" in refusal(site, str(newer))
    assert is_empty(site.data_dir)


def rewrite(path, target, facts):
    """The same backup, which says something else about itself."""
    from supportcenter.backups.archive import MANIFEST, Writer

    with target.open("wb") as output:
        writer = Writer(output)
        for name, content in {**contents(path), "backup.json": facts}.items():
            if name != MANIFEST:
                writer.add(name, content)
        writer.close()


def test_running_site_is_left_alone(backup, prepared_folder, tmp_path):
    with SiteProcess(shutil.copytree(prepared_folder, tmp_path / "site")) as site:
        assert "The site is running: stop it" in refusal(site, str(backup))


def test_database_that_others_are_connected_to_is_left_alone(backup, tmp_path, empty_postgres_url):
    with psycopg.connect(empty_postgres_url):
        site = SiteProcess(tmp_path / "site", DATABASE_URL=empty_postgres_url)
        assert "Other programs are connected to the database (1)" in refusal(site, str(backup))


def test_rows_that_the_database_does_not_take_leave_the_site_empty(backup, tmp_path):
    twice = tmp_path / "twice.tar"
    from supportcenter.backups.archive import MANIFEST, Writer

    members = contents(backup)
    with twice.open("wb") as output:
        writer = Writer(output)
        for name, content in members.items():
            if name != MANIFEST:
                writer.add(name, content)
        writer.add("rows/accounts.user/000001.jsonl", members["rows/accounts.user/000000.jsonl"])
        writer.close()
    site = SiteProcess(tmp_path / "site")
    key = site.data_dir / "secret_key"
    assert run(site, "check") == (0, "System check identified no issues (0 silenced).\n")
    own = key.read_text()
    code, said = run(site, "restore", str(twice))
    assert (code, "does not take rows/accounts.user/000001.jsonl" in said) == (1, True)
    assert key.read_text() == own
    # And the next one finishes it.
    site.do("restore", str(backup))
    assert backed_up(site, tmp_path / "again.tar") == kept(backup)
