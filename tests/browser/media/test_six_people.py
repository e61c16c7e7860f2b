"""Six people in one session: everybody sees the one who shares; and what those read who come after so many."""

from playwright.sync_api import expect

RED = (255, 0, 0)


def test_six_people_see_one_share_and_all_lose_it_together(cast):
    desk = cast.starts_with_tab("bilal")
    viewers = [cast.joins(desk.number, name) for name in ("Carol", "Omar", "Layla")]
    viewers += [cast.assists(username, desk.number) for username in ("amal", "faris")]

    desk.shares_desktop()

    for viewer in viewers:
        viewer.sees("Bilal Nasser’s screen", RED, patience=40)
    desk.stops()
    for viewer in viewers:
        viewer.sees_nothing()


def test_one_who_comes_after_those_whom_media_reach_is_told_and_has_the_place_that_is_given_up(cast, admin_decides):
    admin_decides(media_people=2)
    desk = cast.starts_with_tab("amal")
    first = cast.assists("bilal", desk.number)
    second = cast.assists("faris", desk.number)
    beyond = "Audio and video already reach as many people as this site allows, and you joined after them."
    desk.shares_desktop()
    first.sees("Amal Haddad’s screen", RED)
    expect(second.page.get_by_text(beyond)).to_be_visible()
    second.sees_nothing(0)

    first.page.close()

    second.sees("Amal Haddad’s screen", RED, patience=40)
    expect(second.page.get_by_text(beyond)).to_have_count(0)
