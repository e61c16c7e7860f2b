"""The voice call: who hears whom, by frequency; and what a transfer does to it (S66, E16)."""

import math
import struct
import wave

import pytest
from playwright.sync_api import expect

from tests.browser.media.people import until

LOW, HIGH = 440, 1500


@pytest.fixture(scope="module")
def tone(tmp_path_factory):
    """tone(440): a flag that makes a microphone hear that: on and off, as a voice, for a lasting tone is filtered."""
    folder = tmp_path_factory.mktemp("tones")

    def tone(hertz):
        path = folder / f"{hertz}.wav"
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(48_000)
            samples = (
                12_000 * math.sin(2 * math.pi * hertz * n / 48_000) * (n % 24_000 < 18_000) for n in range(96_000)
            )
            file.writeframes(b"".join(struct.pack("<h", int(sample)) for sample in samples))
        return f"--use-file-for-fake-audio-capture={path}"

    return tone


def call(cast, tone):
    """Bilal calls, Carol answers; each hears the other."""
    desk = cast.starts("bilal", tone(LOW))
    carol = cast.joins(desk.number, "Carol", tone(HIGH))
    expect(desk.button("Voice call")).to_be_enabled()
    desk.button("Voice call").click()
    carol.button("Answer").click()
    desk.hears_pitch(carol.key_in_call, HIGH)
    carol.hears_pitch(desk.key_in_call, LOW)
    return desk, carol


def test_both_hear_each_other_mute_and_hang_up(cast, tone):
    desk, carol = call(cast, tone)
    expect(desk.page.locator("[data-speaker]")).to_have_count(2)

    carol.button("Mute").click()
    assert until(lambda: desk.pitch(carol.key_in_call) == 0)
    expect(desk.page.locator("[data-speaker][data-muted]")).to_contain_text("Carol")
    carol.button("Mute").click()
    desk.hears_pitch(carol.key_in_call, HIGH)

    desk.button("Hang up").click()
    expect(carol.page.get_by_role("region", name="Voice call")).to_be_hidden()
    assert carol.page.locator("[data-sounds] audio").count() == 0


def test_call_goes_on_under_a_new_primary_who_can_carry_it(cast, tone):
    desk, carol = call(cast, tone)
    assistant = cast.assists("amal", desk.number)
    assistant.button("Answer").click()
    expect(desk.page.locator("[data-speaker]")).to_have_count(3)

    desk.transfers_control_to("Amal Haddad")

    carol.is_told("The voice call continues with")
    carol.hears_pitch(desk.key_in_call, LOW)
    # It is hers now: when she hangs up it is over for all.
    assistant.button("Hang up").click()
    expect(carol.page.get_by_role("region", name="Voice call")).to_be_hidden()


def test_call_ends_under_a_new_primary_who_cannot_carry_it(cast, tone, launch):
    desk, carol = call(cast, tone)
    # Her computer has no microphone, as her console reports by itself.
    cast.assists("amal", desk.number, process=launch(devices=False))
    expect(desk.participant("Amal Haddad")).to_be_visible()

    desk.transfers_control_to("Amal Haddad")

    carol.is_told("does not support voice calls")
    assert until(lambda: carol.page.locator("[data-sounds] audio").count() == 0)


def test_a_microphone_that_is_gone_is_told_to_both_and_replaced(cast, tone):
    desk, carol = call(cast, tone)

    # To the page it is the same whether the microphone is pulled out or the browser does not lend it any longer.
    carol.page.context.clear_permissions()
    carol.is_told("Your microphone was disconnected, so the others cannot hear you.")
    desk.is_told("Carol’s microphone was disconnected")
    expect(desk.page.locator("[data-speaker][data-muted]")).to_contain_text("Carol")

    carol.page.context.grant_permissions(["camera", "microphone"])
    carol.button("Choose a microphone").click()
    carol.page.get_by_role("dialog", name="Camera and microphone").get_by_role("button", name="Done").click()
    desk.hears_pitch(carol.key_in_call, HIGH)
    carol.hears_pitch(desk.key_in_call, LOW)
    expect(carol.button("Choose a microphone")).to_be_hidden()
    expect(desk.page.locator("[data-speaker][data-muted]")).to_have_count(0)


def test_a_declined_call_is_told_to_the_caller_and_asks_no_more(cast):
    desk = cast.starts("bilal")
    carol = cast.joins(desk.number)
    assistant = cast.assists("amal", desk.number)
    desk.button("Voice call").click()
    for invited, name in ((carol, "Carol"), (assistant, "Amal Haddad")):
        call = invited.page.get_by_role("region", name="Voice call")
        call.get_by_role("button", name="Decline", exact=True).click()
        expect(call).to_be_hidden()
        desk.is_told(f"{name} declined the voice call.")

    carol.reload()
    expect(carol.page.get_by_role("region", name="Voice call")).to_be_hidden()
    # Minds change.
    assistant.button("Voice call").click()
    expect(desk.page.locator("[data-speaker]")).to_have_count(2)


def test_person_who_reloads_is_in_the_call_again(cast, tone):
    desk, carol = call(cast, tone)

    carol.reload()

    desk.hears_pitch(carol.key_in_call, HIGH)
    carol.hears_pitch(desk.key_in_call, LOW)


def test_microphone_that_is_not_allowed_is_told(cast):
    desk = cast.starts("bilal", devices=False)
    cast.joins(desk.number)
    desk.button("Voice call").click()

    desk.is_told("does not let this page use the camera or microphone")
    expect(desk.page.get_by_role("region", name="Voice call")).to_be_hidden()
