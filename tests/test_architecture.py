"""What the import contracts in pyproject.toml cannot say about how the project is built. Each rule names its reason."""

import ast
import re
import tomllib

import pytest
from django.conf import settings

from supportcenter.settings_reference.table import GROUPS
from tests.source import APPS, PACKAGES, ROOT, calls_of, event_types, modules, places

LONGEST_MODULE = 300


# ---- Events -----------------------------------------------------------------------------------------------------


def test_only_actions_record_events():
    """An event is recorded in the transaction that made it true; only actions open such transactions."""
    elsewhere = [path for path in modules(*APPS) if "actions" not in path.relative_to(ROOT).with_suffix("").parts]
    recording = [str(path.relative_to(ROOT)) for path in elsewhere if list(calls_of("record", path))]
    assert recording == []
    inside = [path for path in modules(*APPS) if path not in elsewhere]
    assert any(list(calls_of("record", path)) for path in inside)


@pytest.mark.parametrize("type", sorted(event_types()))
def test_event_is_described_in_the_protocol(type):
    assert f"`{type}`" in (ROOT / "docs" / "protocol.md").read_text()
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", type)


# ---- Numbers from outside ---------------------------------------------------------------------------------------


def test_numbers_from_outside_have_one_reader():
    """`int` takes thousands of digits, signs, spaces and underscores; `text/whole_numbers.py` takes a number."""
    doors = {
        "views",
        "realtime",
        "serving",
        "sockets",
        "forms.py",
        "middleware.py",
        "admin.py",
        "requests.py",
        "ranges.py",
    }
    paths = [path for path in modules(*PACKAGES) if doors & set(path.relative_to(ROOT).parts)]
    # Close codes, which are the site's own; and a colour whose six digits the address has checked.
    own = {"daphne_server.py", "send_buffer.py", "contrast.py"}
    assert places(r"(?<![\w.])(int|float|Decimal)\(", [path for path in paths if path.name not in own]) == []
    assert len(paths) > 50


# ---- Ways that there is one of ----------------------------------------------------------------------------------


def test_later_work_is_a_row():
    """What only Celery knows is lost with its broker."""
    others = [path for path in modules(*PACKAGES) if "jobs" not in path.parts]
    assert places(r"\b(send_task|apply_async|shared_task)\b|\.delay\(", others) == []


def test_only_jobs_send_mail():
    """A request that waits for a mail server holds one of four threads, and fails with it.

    The doctor sends its probe when an admin asks for it, on a thread of its own that has a time limit.
    """
    mailing = r"\bsend_mail\(|\bsend_mass_mail\b|\bmail_(admins|managers)\b|\bEmailM|\bsend_messages\b"
    texts = {
        "supportcenter/accounts/account_mail.py",
        "supportcenter/report_mail/message.py",
        "invitations/mail/sending.py",
        "invitations/mail/trial.py",
        "sessions_app/mail/receipt.py",
        "sessions_app/mail/transcript.py",
        "webacd/mail.py",
    }
    refused = {"supportcenter/accounts/adapter.py", "supportcenter/no_mail_server.py"}
    found = {place.partition(":")[0] for place in places(mailing, modules(*PACKAGES))}
    outbox = {"supportcenter/mail/owners.py", "supportcenter/mail/sending.py"}
    # They have messages written, and name the type.
    owners = ("supportcenter/accounts", "supportcenter/report_mail", "sessions_app", "invitations", "webacd")
    composers = {f"{owner}/jobs.py" for owner in owners}
    assert found == {*texts, *refused, *outbox, *composers, "supportcenter/management/outside_checks.py"}
    assert places(r"\.send_messages\(", modules(*PACKAGES)) == []
    names = "|".join(path.removesuffix(".py").replace("/", r"\.") for path in sorted(texts))
    importing = places(rf"^from ({names}) import|^from invitations\.mail import sending", modules(*PACKAGES))
    assert {place.partition(":")[0].rpartition("/")[2] for place in importing} == {"jobs.py"}


def test_sockets_reach_the_database_by_db_alone():
    """asgiref's own helpers run every call of every socket on one thread of the process."""
    others = [path for path in modules(*PACKAGES) if path.name != "lifespan.py"]
    assert places(r"\b(database_)?sync_to_async\b", others) == []


def test_time_is_the_databases():
    """Another process may compare it with its own; `clock.now()` is the one that they share."""
    others = [
        path for path in modules(*PACKAGES) if path.name not in {"clock.py", "looks_samples.py", "looks_receipt.py"}
    ]
    assert places(r"\btimezone\.now\(\)", others) == []


def test_names_say_what_a_module_holds():
    empty_words = {"utils", "util", "helpers", "common", "misc", "manager", "managers", "services"}
    assert [str(path) for path in modules(*PACKAGES) if path.stem in empty_words] == []


def test_modules_stay_small():
    """A file that has grown too long wants to be two; 250 lines is the habit, this the end of patience."""
    sizes = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in modules(*PACKAGES)}
    assert {name: lines for name, lines in sizes.items() if lines > LONGEST_MODULE} == {}


# ---- Pages ------------------------------------------------------------------------------------------------------


def pages():
    """Templates of pages; those of mail have no other place for their style than in line."""
    found = [path for path in ROOT.rglob("templates/**/*.html") if settings.DATA_DIR not in path.parents]
    return [path for path in found if not {"email", "mail"} & set(path.parts)]


def test_pages_have_no_script_or_style_in_line():
    """The Content-Security-Policy would block them, silently for those who do not look at the console."""
    assert pages()
    assert places(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=\"|javascript:", pages()) == []


def test_styles_use_logical_sides():
    """Arabic mirrors by itself only what does not say left or right."""
    sheets = sorted((ROOT / "static" / "css").rglob("*.css"))
    properties = r"(margin|padding|border|(?<!safe-area-)inset)-(left|right)|^\s*(left|right):"
    values = r"(text-align|float|clear):\s*(left|right)"
    assert places(f"{properties}|{values}", sheets) == []


# ---- Settings ---------------------------------------------------------------------------------------------------


SETTINGS = sorted((ROOT / "supportcenter" / "settings").glob("*.py"))


def names_read():
    found = {name for file in SETTINGS for name in re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', file.read_text())}
    # Which the reader itself reads.
    return found | {"ENV_FILE"}


def names_shown():
    return set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


def test_env_example_lists_every_setting_and_no_other():
    assert names_read() - names_shown() == set()
    assert names_shown() - names_read() == set()


def defaults_read():
    """The settings whose default is a plain value: name and how one would write it."""
    for call in (call for file in SETTINGS for call in ast.walk(ast.parse(file.read_text()))):
        if isinstance(call, ast.Call) and getattr(getattr(call.func, "value", None), "id", "") == "env" and call.args:
            name, *default = call.args
            if default and not any(isinstance(part, ast.Name | ast.Call) for part in ast.walk(default[0])):
                value = eval(ast.unparse(default[0]))
                yield name.value, "" if value == [] else str(value)


@pytest.mark.parametrize(("name", "default"), sorted(defaults_read()))
def test_env_example_shows_the_true_default(name, default):
    shown = re.search(rf"^#{name}=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE).group(1)
    # Where nothing is the default, an example may say what something would look like.
    examples = {entry.name: entry.examples for group in GROUPS for entry in group.entries}[name]
    assert shown == default or (default == "" and shown == examples[0])


def test_environment_is_read_in_one_place():
    readers = {"supportcenter/environment.py", "supportcenter/settings/places.py"}
    others = [path for path in modules(*PACKAGES) if str(path.relative_to(ROOT)) not in readers]
    assert places(r"\bos\.(environ|getenv)\b", others) == []


# ---- Dependencies -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", ["app.txt", "test.txt", "bundles.txt"])
def test_lock_files_hold_every_dependency_with_hashes(lock):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = {
        "app.txt": project["project"]["dependencies"],
        "test.txt": project["project"]["dependencies"] + groups["test"],
        "bundles.txt": groups["bundles"],
    }[lock]
    names = {re.match(r"[\w.-]+", line).group().lower() for line in wanted}
    text = (ROOT / "requirements" / lock).read_text()
    locked = {match.lower() for match in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}
    assert names - locked == set()
    assert text.count("--hash=") >= len(locked)
