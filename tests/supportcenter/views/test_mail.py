import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends import filebased
from django.urls import NoReverseMatch, reverse

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.supportcenter.views.developer_urls")]

PAGE = "/developer/mail/"


@pytest.fixture
def mail_dir(settings, tmp_path):
    settings.EMAIL_BACKEND = f"{filebased.__name__}.EmailBackend"
    settings.MAIL_DIR = settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def send(subject, date, *, html=None):
    text = "Hello\nhttps://example.com/"
    message = EmailMultiAlternatives(subject, text, "a@b.test", ["c@d.test"], headers={"Date": date})
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


def test_messages_are_shown_newest_first_and_decoded(client, mail_dir):
    send("الأولى", "Sun, 22 Nov 2026 08:00:00 -0000")
    send("Second <b>", "Sun, 22 Nov 2026 09:00:00 -0000")

    page = client.get(PAGE)

    assert [message.subject for message in page.context["messages_written"]] == ["Second <b>", "الأولى"]
    assert '<a href="https://example.com/" rel="nofollow">' in page.content.decode()
    assert "Second &lt;b&gt;" in page.content.decode()


def test_several_messages_in_one_file_are_told_apart(client, mail_dir):
    with get_connection() as connection:
        for subject in ("one", "two"):
            EmailMultiAlternatives(subject, "text", "a@b.test", ["c@d.test"], connection=connection).send()

    page = client.get(PAGE)

    assert {message.subject for message in page.context["messages_written"]} == {"one", "two"}
    assert len({message.name for message in page.context["messages_written"]}) == 2


def test_html_is_shown_without_any_rights(client, mail_dir, settings):
    send("Hello", "Sun, 22 Nov 2026 08:00:00 -0000", html="<p>Hi</p><script>alert(1)</script>")
    [message] = client.get(PAGE).context["messages_written"]

    page = client.get(f"{PAGE}{message.name}/")

    policy = page["Content-Security-Policy"]
    assert "<p>Hi</p>" in page.content.decode()
    assert "default-src 'none'" in policy
    assert f"img-src {settings.SITE_ORIGIN}" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "self" not in policy


def test_what_is_no_message_is_not_there(client, mail_dir):
    send("text only", "Sun, 22 Nov 2026 08:00:00 -0000")
    [message] = client.get(PAGE).context["messages_written"]

    for name in (message.name, "nothing", "20261122-080000-1-0"):
        assert client.get(f"{PAGE}{name}/").status_code == 404


def test_a_site_with_a_mail_server_has_no_such_page(client):
    assert client.get(PAGE).status_code == 404


def test_no_messages_yet(client, mail_dir):
    assert client.get(PAGE).status_code == 200


@pytest.mark.urls("supportcenter.urls")
def test_only_developers_have_the_page(client):
    with pytest.raises(NoReverseMatch):
        reverse("mail")
    assert client.get(PAGE).status_code == 404
