def test_theme_gives_the_accent_of_its_address_for_ever(client):
    answer = client.get("/theme/0f62a8.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer.headers["Cache-Control"]
    colours = "--accent: #0f62a8; --accent-ink: #0f62a8; --on-accent: #ffffff; --site-accent: #0f62a8;"
    assert f":root {{ {colours} }}" in answer.content.decode()


def test_theme_keeps_a_light_accent_readable(client):
    css = client.get("/theme/ffee00.css").content.decode()
    assert "--on-accent: #000000" in css
    assert "--accent-ink: #ffee00" not in css.split("@media")[0]


def test_theme_takes_nothing_but_a_colour(client, db):
    assert client.get("/theme/red.css").status_code == 404
    assert client.get("/theme/0f62a8%7D.css").status_code == 404


def test_every_page_links_the_theme_of_the_policy(client, policy):
    policy.accent_colour = "#aa3377"
    policy.save()
    assert 'href="/theme/aa3377.css"' in client.get("/").content.decode()


def test_background_lies_behind_pages_by_day_and_tints_them_by_night(client, policy):
    policy.background_colour = "#fff4e6"
    policy.save()
    assert 'href="/theme/0f62a8-fff4e6.css"' in client.get("/").content.decode()
    day, night = client.get("/theme/0f62a8-fff4e6.css").content.decode().splitlines()
    assert "--canvas: #fff4e6;" in day
    assert "--canvas: #1c1d20;" in night
    assert "--canvas" not in client.get("/theme/0f62a8.css").content.decode()
