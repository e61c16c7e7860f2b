"""Settings of people: a file of them is looked at, shown, and imported; and all of them are saved as a file."""

import csv
from io import BytesIO, StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from supportcenter.accounts.actions import import_people as actions
from supportcenter.accounts.actions.import_people import delete_old_people_files
from supportcenter.accounts.models import CsrPrivileges, PeopleFile, User
from supportcenter.jobs.workers.runner import run_due
from supportcenter.mail.models import Delivery
from tests.factories import make_person
from tests.webacd.factories import make_agent, make_queue
from tests.workbooks import ReadWorkbook
from webacd.models import Agent

pytestmark = pytest.mark.django_db
UPLOAD = "/settings/people/import/"
HEAD = "Username,First name,Last name,Email address,Language,Support Representative"


@pytest.fixture
def admin(client, policy, dana, settings):
    settings.MAIL_IS_SET_UP = True
    client.force_login(dana)
    return client


def test_ways_lead_there(admin):
    for path in ("/settings/people/", "/admin/accounts/user/"):
        assert f'href="{UPLOAD}"' in admin.get(path).content.decode()


def upload(client, text, name="people.csv", **more):
    content = text if isinstance(text, bytes) else text.encode()
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)}, **more)


def preview(client, *lines, **more):
    """The page that shows what the file would do."""
    answer = upload(client, "\n".join(lines), **more)
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer["Location"], **more)


def confirm(client, page, **more):
    fields = {"shown": page.context["form"].initial["shown"], **more}
    return client.post(page.request["PATH_INFO"], fields)


def wrong(page):
    return [(row.number, row.sentences) for row in page.context["plan"].wrong]


def counts(page):
    plan = page.context["plan"]
    return [len(rows) for rows in (plan.added, plan.changed, plan.unchanged, plan.wrong)]


def people():
    return User.objects.exclude(username="dana").order_by("username")


@pytest.mark.both_databases
def test_people_are_added(admin, caplog):
    make_queue("billing"), make_queue("printing")
    page = preview(
        admin,
        HEAD + ",Manager,Administrator,Queue agent,Queues,Several sessions,Maximum customers,Account enabled",
        "nadia,Nadia,Salem,nadia@Example.org,ar,yes,yes,no,yes,billing; printing,yes,3,yes",
        "omar,Omar,,,English,no,no,yes,no,,no,,no",
    )
    assert counts(page) == [2, 0, 0, 0]
    assert not people().exists()

    answer = confirm(admin, page)
    assert (answer.status_code, answer["Location"]) == (302, "/settings/people/")
    nadia, omar = people()
    assert (nadia.get_full_name(), nadia.email, nadia.language) == ("Nadia Salem", "nadia@example.org", "ar")
    assert (nadia.is_manager, nadia.is_staff, nadia.has_usable_password()) == (True, False, False)
    assert (nadia.privileges.multi_session, nadia.privileges.max_customers) == (True, 3)
    assert sorted(queue.slug for queue in nadia.agent.queues.all()) == ["billing", "printing"]
    assert (omar.is_active, omar.is_csr, omar.is_staff, omar.is_superuser) == (False, False, True, True)
    assert (PeopleFile.objects.count(), Delivery.objects.count()) == (0, 0)
    assert LogEntry.objects.filter(action_flag=1).count() == 2
    told = [line for line in caplog.messages if not line.startswith("signed_in")]
    assert 'people_imported by="dana" added=2 changed=0 rows_left_out=0' in told
    assert 'rights_changed account="nadia" by="dana" changed="created: True, csr: True, manager: True"' in told


def test_headings_and_answers_are_read_in_arabic(admin):
    page = preview(
        admin,
        "اسم المستخدم;الاسم الأول;عنوان البريد الإلكتروني;اللغة;ممثل الدعم;مشرف;الحساب مفعّل",
        "nadia;نادية;nadia@example.org;العربية;نعم;لا;نعم",
    )
    assert (wrong(page), counts(page)) == ([], [1, 0, 0, 0])
    confirm(admin, page)
    nadia = people().get()
    assert (nadia.first_name, nadia.language, nadia.is_csr, nadia.is_manager) == ("نادية", "ar", True, False)


def test_a_workbook_is_read(admin):
    book = Workbook()
    book.active.append(["Username", "First name", "Support Representative", "Maximum customers"])
    book.active.append(["nadia", "Nadia", True, 4.0])
    file = BytesIO()
    book.save(file)
    answer = upload(admin, file.getvalue(), "people.xlsx")
    page = admin.get(answer["Location"])
    assert (wrong(page), counts(page)) == ([], [1, 0, 0, 0])
    confirm(admin, page)
    assert people().get().privileges.max_customers == 4


@pytest.mark.both_databases
def test_people_are_changed_and_what_it_was_is_shown(admin, amal, bilal):
    page = preview(admin, "Username,First name,Manager", "AMAL,Amala,yes", "bilal,Bilal,")
    assert counts(page) == [0, 1, 1, 0]
    (row,) = page.context["shown"].changed
    assert row.cells == [("First name", "Amal", "Amala"), ("Manager", "no", "yes")]
    confirm(admin, page)
    amal = User.objects.get(pk=amal.pk)
    assert (amal.username, amal.first_name, amal.is_manager, amal.email) == ("amal", "Amala", True, "amal@support.test")
    assert LogEntry.objects.get().get_change_message() == "Changed First name and Manager."


def test_of_wrong_rows_each_has_its_number_and_a_sentence(admin, amal, policy):
    page = preview(
        admin,
        HEAD + ",Manager,Maximum customers,Queues",
        "ok,,,,,,,,",
        "na dia,,,,,,,,",
        "",
        "x1,,,nowhere,,,,,",
        "x2,,,,Klingon,,,,",
        "x3,,,,,perhaps,,,",
        "x4,,,,,no,yes,,",
        "x5,,,,,yes,,101,",
        "x6,,,,,yes,,many,",
        "x7,,,,,,,,nowhere",
        ",Nobody,,,,,,,",
        "OK,,,,,,,,",
        "ｏｋ,,,,,,,,",
    )
    assert counts(page) == [1, 0, 0, 11]
    told = dict(wrong(page))
    assert [*told] == [3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
    assert told[3] == [
        "Username: Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."
    ]
    assert told[6] == ["Language: “Klingon” is not known here."]
    assert told[7] == ["Support Representative: “perhaps” is neither yes nor no."]
    assert told[8] == ["Manager: A manager is a representative, too: tick both, or neither."]
    assert told[9] == ["Maximum customers: Ensure this value is less than or equal to 100."]
    assert told[10] == ["Maximum customers: Enter a whole number."]
    assert told[11] == ["Queues: “nowhere” is not known here."]
    assert told[12] == ["Username: This field is required."]
    assert told[13] == told[14] == ["Username: Another row has the same username."]


def test_nothing_is_saved_while_a_row_is_wrong_unless_it_is_left_out(admin):
    page = preview(admin, HEAD, "nadia,,,,,yes", "x1,,,nowhere,,")
    assert confirm(admin, page).status_code == 409
    assert not people().exists()
    assert confirm(admin, page, leave_out="on").status_code == 302
    assert people().get().username == "nadia"


def test_what_has_changed_since_is_shown_again(admin, amal):
    page = preview(admin, "Username,First name", "amal,Amala", "nadia,Nadia")
    User.objects.filter(pk=amal.pk).update(first_name="Amelie")
    answer = confirm(admin, page)
    assert answer.status_code == 409
    assert "Something has changed since this was shown." in answer.content.decode()
    assert User.objects.get(pk=amal.pk).first_name == "Amelie"
    assert confirm(admin, answer).status_code == 302
    assert User.objects.get(pk=amal.pk).first_name == "Amala"


def test_what_does_not_say_what_was_shown_is_shown_again(admin):
    page = preview(admin, "Username", "nadia")
    for shown in ({}, {"shown": "x" * 65}, {"shown": ""}):
        answer = admin.post(page.request["PATH_INFO"], shown)
        assert (answer.status_code, counts(answer)) == (422, [1, 0, 0, 0])
    assert not people().exists()


def test_a_username_that_was_taken_since_is_a_change_now(admin):
    page = preview(admin, "Username,First name", "nadia,Nadia")
    make_person("Nadia")
    answer = confirm(admin, page)
    assert (answer.status_code, counts(answer)) == (409, [0, 0, 1, 0])


def test_own_roles_and_own_account_stay(admin, dana):
    page = preview(admin, "Username,Administrator,Account enabled", "dana,no,no")
    own = "You cannot change your own roles or disable your own account. Ask another administrator."
    assert wrong(page) == [(2, [f"Account enabled: {own}", f"Administrator: {own}"])]


@pytest.fixture
def clerk(admin, eve):
    """Of the staff, imports people and makes representatives, and is no superuser."""
    eve.is_staff = True
    eve.save()
    names = ["change_sitepolicy", "view_user", "add_user", "change_user"]
    names += [f"{verb}_csrprivileges" for verb in ("add", "change", "delete")]
    eve.user_permissions.set(Permission.objects.filter(codename__in=names))
    admin.force_login(eve)
    return eve


def test_a_clerk_imports_by_the_same_rules(admin, clerk, dana, amal, bilal):
    make_queue("billing", agents=[make_agent(bilal)])
    page = preview(
        admin,
        "Username,Email address,Administrator,Queue agent",
        "dana,eve@example.org,,",
        "bilal,eve@example.org,,",
        "amal,new@example.org,,",
        "nadia,,yes,",
        "omar,,,yes",
    )
    more = "Username: This account has rights that yours does not have, so you cannot change it."
    assert dict(wrong(page)) == {
        2: [more],
        3: [more],
        5: ["Administrator: You cannot grant or take this role."],
        6: ["Queue agent: You cannot grant or take this role."],
    }
    assert counts(page) == [0, 1, 0, 4]


def test_who_may_not_both_add_and_change_imports_nothing(admin, clerk):
    clerk.user_permissions.remove(Permission.objects.get(codename="change_user"))
    assert admin.get(UPLOAD).status_code == 403
    assert admin.get("/settings/people/export/csv/").status_code == 200
    clerk.user_permissions.remove(Permission.objects.get(codename="view_user"))
    assert admin.get("/settings/people/export/csv/").status_code == 403


def test_a_file_is_its_uploaders_alone(admin, client):
    page = preview(admin, "Username", "nadia")
    client.force_login(make_person("rima", csr=False, is_staff=True, is_superuser=True))
    assert client.get(page.request["PATH_INFO"]).status_code == 404
    assert confirm(client, page).status_code == 404
    assert not people().filter(username="nadia").exists()


def test_a_file_is_kept_for_an_hour_and_one_at_a_time(admin, clock):
    first = preview(admin, "Username", "nadia")
    second = preview(admin, "Username", "omar")
    assert [admin.get(page.request["PATH_INFO"]).status_code for page in (first, second)] == [404, 200]
    delete_old_people_files()
    assert PeopleFile.objects.count() == 1
    clock.forward(hours=1, seconds=1)
    delete_old_people_files()
    assert not PeopleFile.objects.exists()


def test_links_are_sent_by_choice(admin):
    lines = [HEAD, "nadia,,,nadia@example.org,,yes", "omar,,,,,yes", "laila,,,laila@example.org,,yes"]
    page = preview(admin, *lines)
    assert page.context["plan"].to_be_mailed == 2
    confirm(admin, page, links="on")
    run_due()
    assert sorted(message.to[0] for message in mail.outbox) == ["laila@example.org", "nadia@example.org"]


def test_links_are_not_sent_without_being_asked_for(admin):
    confirm(admin, preview(admin, HEAD, "nadia,,,nadia@example.org,,yes"))
    run_due()
    assert (people().count(), mail.outbox) == (1, [])


def test_links_of_imports_are_bounded(admin, monkeypatch):
    limit = type(actions.LINKS_OF_IMPORTS)(1, namespace="links_of_imports")
    monkeypatch.setattr(actions, "LINKS_OF_IMPORTS", limit)
    page = preview(admin, HEAD, "nadia,,,nadia@example.org,,", "laila,,,laila@example.org,,")
    assert confirm(admin, page, links="on").status_code == 429
    assert not people().exists()
    assert confirm(admin, page).status_code == 302


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The submitted file is empty."),
        ("Name\nnadia", "The heading “Name” is not known."),
        ("First name\nnadia", "The first row has no heading “Username”."),
        ("Username,username\nnadia,x", "The heading “username” stands there twice."),
        ("Username\nnadia,x", "Row 2 has more cells than there are headings."),
        ("Username\n" + "n" * 2001, "Row 2 has too much text."),
        ("Username\n" + "\n".join(f"n{number}" for number in range(10_001)), "The file has more than 10000 rows."),
        ("Username\n" + "n" * (2 * 1024 * 1024), "The file is larger than 2 MB."),
        ("Username\nنادية".encode("cp1256"), "The file is not UTF-8. Save it as “CSV UTF-8”, or as a workbook."),
        ("Username\nna\0dia", "This is neither a CSV file nor a workbook."),
        (b"PK\x03\x04nothing", "This workbook cannot be read. Save it as xlsx once more, or as CSV."),
    ],
)
def test_a_file_that_cannot_be_read_is_told(admin, text, said):
    answer = upload(admin, text)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"file": [said]})
    assert not PeopleFile.objects.exists()


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def test_what_is_exported_is_imported_and_changes_nothing(admin, amal, bilal, caplog):
    make_queue("billing", agents=[make_agent(bilal)])
    CsrPrivileges.objects.filter(user=amal).update(manager=True, multi_session=True, max_customers=3)
    User.objects.filter(pk=amal.pk).update(last_name="=1+1", username="+amal", is_active=False)
    exported = b"".join(admin.get("/settings/people/export/csv/").streaming_content)
    assert b",'=1+1," in exported
    page = admin.get(upload(admin, exported)["Location"])
    assert (wrong(page), counts(page)) == ([], [0, 0, 3, 0])
    assert 'people_exported by="dana" count=3' in caplog.messages


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_workbook_is_exported_in_the_language_of_the_page_and_imported(admin, amal, language):
    User.objects.filter(pk=amal.pk).update(last_name="=1+1")
    admin.cookies["django_language"] = language
    answer = admin.get("/settings/people/export/xlsx/", headers={"accept-language": language})
    exported = b"".join(answer.streaming_content)
    assert ReadWorkbook(exported).formulas == []
    page = admin.get(upload(admin, exported, "people.xlsx")["Location"])
    assert (wrong(page), counts(page)) == ([], [0, 0, 2, 0])


def test_an_export_says_what_each_is(admin, bilal):
    make_queue("billing", agents=[make_agent(bilal)])
    by_name = {row["Username"]: row for row in rows_of(admin.get("/settings/people/export/csv/"))}
    assert by_name["bilal"] == {
        "Username": "bilal",
        "First name": "Bilal",
        "Last name": "",
        "Email address": "bilal@support.test",
        "Language": "en",
        "Support Representative": "yes",
        "Manager": "no",
        "Administrator": "no",
        "Queue agent": "yes",
        "Queues": "billing",
        "Several sessions": "no",
        "Maximum customers": "",
        "Account enabled": "yes",
    }
    assert admin.get("/settings/people/export/pdf/").status_code == 404


@pytest.mark.both_databases
def test_someone_is_an_agent_no_longer_by_a_file(admin, bilal):
    make_queue("billing", agents=[make_agent(bilal)])
    confirm(admin, preview(admin, "Username,Queue agent", "bilal,no"))
    assert not Agent.objects.active().exists()


@pytest.mark.slow
@pytest.mark.both_databases
def test_five_thousand_people_with_twenty_wrong_rows(admin, django_assert_max_num_queries):
    """Each step costs statements by the hundred people, not by the person."""
    lines = [HEAD + ",Queue agent,Queues"]
    make_queue("billing")
    for number in range(5000):
        email = "nowhere" if number % 250 == 0 else f"p{number}@example.org"
        lines.append(f"person{number},Person,Number {number},{email},en,yes,yes,billing")
    answer = upload(admin, "\n".join(lines))
    with django_assert_max_num_queries(40):
        page = admin.get(answer["Location"])
    assert counts(page) == [4980, 0, 0, 20]
    assert [number for number, _said in wrong(page)] == [2 + 250 * number for number in range(20)]
    with django_assert_max_num_queries(450):
        assert confirm(admin, page, leave_out="on").status_code == 302
    assert (people().count(), Agent.objects.active().count()) == (4980, 4980)
