"""The server is killed in mid-chat and started again: E2, and "nothing acknowledged is ever lost"."""


def test_killed_server_loses_and_doubles_nothing(bilal, customers, site, watch):
    watch.expect("Failed to load resource", "WebSocket connection to", "ERR_CONNECTION")
    desk = bilal.start()
    carol = customers.join(desk.number)
    for number in range(3):
        desk.say(f"before {number}")
        carol.hears(f"before {number}")

    site.kill()
    desk.is_reconnecting()
    carol.is_reconnecting()
    desk.say("written while it was down")
    carol.say("me too")
    site.start()

    for side in (desk, carol):
        side.is_live()
        side.hears("written while it was down")
        side.hears("me too")
    desk.say("after")
    carol.hears("after")
    assert lines_of(desk) == lines_of(carol)
    assert sorted(lines_of(desk)) == sorted(
        ["before 0", "before 1", "before 2", "written while it was down", "me too", "after"]
    )
    desk.reload()
    carol.reload()
    assert lines_of(desk) == lines_of(carol)
    assert len(lines_of(desk)) == 6


def lines_of(side):
    return side.chat.locator("[data-text]").all_inner_texts()
