"""What admins set up is an entry with what was before and after, however it is changed (E73)."""

from datetime import time

import pytest
from django.contrib.auth.models import Group

from sessions_app.models import CannedReply, Tag
from supportcenter.accounts.models import SitePolicy
from supportcenter.accounts.receivers import changed_by
from supportcenter.audit.models import Entry
from tests.webacd.factories import make_agent, make_queue
from webacd.actions.agents.queue_work import give_queue_work
from webacd.actions.opening_hours import set_opening_hours
from webacd.models.opening import OpeningSpan

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FROM, REPLIES = "192.0.2.7", "/admin/sessions_app/cannedreply/"


def latest(*what):
    return Entry.objects.filter(what__in=what).latest("pk")


def change(field, before, after, model="accounts.sitepolicy"):
    return {"model": model, "field": field, "before": before, "after": after}


def test_policy_that_is_changed_in_the_settings(client, dana, policy):
    client.force_login(dana)
    page = client.get("/settings/policy/").context["form"]
    fields = {name: page[name].value() for name in page.fields if page[name].value() not in (None, False)}
    initial = {f"initial-{name}": value for name, value in fields.items()}
    answer = client.post("/settings/policy/", {**fields, **initial, "max_customers": 8}, REMOTE_ADDR=FROM)
    assert answer.status_code == 302
    entry = latest("policy_changed")
    assert (entry.by, entry.by_key, entry.address) == ("dana", dana.pk, FROM)
    assert entry.changes == [change("max_customers", 5, 8)]
    assert Entry.objects.filter(what="policy_changed").count() == 1


def test_lists_and_choices_are_said_and_pictures_are_not(policy):
    policy.switched_off, policy.recording = ["voice", "chat"], "always"
    policy.save()
    assert latest("policy_changed").changes == [
        change("switched_off", [], ["chat", "voice"]),
        change("recording", "allowed", "always"),
    ]


def test_what_does_not_change_is_no_entry(policy):
    policy.save()
    SitePolicy.objects.get().save(update_fields=["max_customers"])
    assert not Entry.objects.filter(topic="settings").exists()


def test_rows_are_added_and_deleted(db):
    tag = Tag.objects.create(name="Printer")
    tag.delete()
    assert list(Entry.objects.order_by("pk").values_list("what", "facts__model", "facts__object")) == [
        ("settings_added", "sessions_app.tag", "Printer"),
        ("settings_removed", "sessions_app.tag", "Printer"),
    ]


def test_managers_of_a_queue(amal, bilal):
    queue = make_queue("sales")
    queue.managers.set([amal])
    assert latest("settings_changed").changes == [change("managers", [], ["amal"], "webacd.queue")]
    queue.managers.set([bilal])
    said = [entry.changes[0] for entry in Entry.objects.filter(what="settings_changed").order_by("pk")]
    assert said[1:] == [
        change("managers", ["amal"], [], "webacd.queue"),
        change("managers", [], ["bilal"], "webacd.queue"),
    ]
    queue.managers.clear()
    assert latest("settings_changed").changes == [change("managers", ["bilal"], [], "webacd.queue")]


def test_groups_are_rights(amal):
    amal.groups.add(Group.objects.create(name="readers"))
    entry = latest("rights_changed")
    assert (entry.account, entry.changes) == ("amal", [change("groups", [], ["readers"], "accounts.user")])


def test_what_the_admin_changes_is_told_once(client, dana):
    client.force_login(dana)

    client.post(f"{REPLIES}add/", {"shortcut": "hi", "title": "Greeting", "text": "Hello"})
    key = CannedReply.objects.get().pk
    client.post("/admin/sessions_app/tag/add/", {"name": "Printer", "order": 0, "is_on": "on"})
    told = Entry.objects.filter(topic="settings").order_by("pk")
    assert list(told.values_list("what", "by", "facts__model")) == [
        ("admin_added", "dana", "sessions_app.cannedreply"),
        ("settings_added", "dana", "sessions_app.tag"),
    ]
    assert told[0].facts["key"] == str(key)


def test_rows_that_the_admin_deletes_at_once_are_told(client, dana):
    client.force_login(dana)
    keys = [CannedReply.objects.create(shortcut=word, folded_shortcut=word, text=word).pk for word in ("hi", "bye")]
    chosen = {"action": "delete_selected", "_selected_action": keys}
    client.post(REPLIES, chosen)
    assert not Entry.objects.filter(what="admin_deleted").exists()
    client.post(REPLIES, {**chosen, "post": "yes"})
    assert not CannedReply.objects.exists()
    assert sorted(latest("admin_deleted").facts["key"].split(", ")) == sorted(map(str, keys))
    assert Entry.objects.filter(what="admin_deleted").count() == 1


def test_account_that_the_admin_deletes_keeps_key_and_name(client, dana, eve):
    client.force_login(dana)
    key = eve.pk
    client.post(f"/admin/accounts/user/{key}/delete/", {"post": "yes"})
    entry = latest("rights_changed")
    assert (entry.by, entry.account, entry.changes[0]["field"]) == ("dana", "eve", "deleted")


def test_opening_hours_and_members_are_told_with_their_queue(client, dana, amal):
    queue = make_queue("sales", agents=[make_agent(amal)])
    monday, tuesday = (OpeningSpan(day, time(8), time(16)) for day in (0, 1))
    set_opening_hours(queue, [monday], shown="", by=dana)
    set_opening_hours(queue, [monday, tuesday], shown="0/08:00-16:00", by=dana)
    set_opening_hours(queue, [tuesday], shown="0/08:00-16:00 1/08:00-16:00", by=dana)
    told = Entry.objects.filter(topic="settings").order_by("pk")
    assert list(told.values_list("what", "facts__model", "facts__object")) == [
        ("settings_added", "webacd.queue", "Sales"),
        ("settings_added", "webacd.queuemembership", "Sales: Amal (1)"),
        ("settings_added", "webacd.openinghours", "Sales: Monday 08:00–16:00"),
        ("settings_added", "webacd.openinghours", "Sales: Tuesday 08:00–16:00"),
        ("settings_removed", "webacd.openinghours", "Sales: Monday 08:00–16:00"),
    ]
    assert latest("rights_changed").changes == [change("agent", False, True, "")]
    queue.delete()
    assert latest("settings_removed").facts["object"] == "Sales"


def test_who_makes_somebody_an_agent_is_told(amal, dana):
    for is_agent in (True, False):
        with changed_by(dana):
            give_queue_work({amal: {"agent": is_agent}})
        entry = latest("rights_changed")
        assert (entry.account, entry.by) == ("amal", "dana")
        assert entry.changes == [change("agent", not is_agent, is_agent, "")]


def test_who_makes_somebody_a_manager_of_a_queue_is_told(amal, dana):
    with changed_by(dana):
        make_queue("sales").managers.add(amal)
    entry = latest("rights_changed")
    assert (entry.account, entry.by, entry.changes) == (
        "amal", "dana", [change("manager of queues", False, True, "")],
    )  # fmt: skip
