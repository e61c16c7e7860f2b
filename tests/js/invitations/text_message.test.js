import assert from "node:assert/strict";
import { test } from "node:test";

globalThis.document = new EventTarget();
const { readNumber, smsLink } = await import("../../../static/js/invitations/text_message.js");

test("a number is read as people write it", () => {
  const british = ["+44 7700 900123", "0044 (7700) 900-123", "+44.7700.900.123", "\u202a+44\u00a07700900123\u202c"];
  for (const typed of british) {
    assert.equal(readNumber(typed), "+447700900123");
  }
  assert.equal(readNumber("٠٧٧٠٠ ٩٠٠١٢٣"), "07700900123");
  assert.equal(readNumber("۰۷۷۰۰۹۰۰۱۲۳"), "07700900123");
});

test("what is no number is none, and cannot add a field", () => {
  const wrong = ["", "1234", "carol", "+44 7700 x", "1".repeat(16), "07700900123?body=x", "07700900123;+1", "++447700"];
  for (const typed of wrong) {
    assert.equal(readNumber(typed), null, typed);
  }
});

test("the message is read back as it was, in both languages", () => {
  for (const message of ["Hello & welcome?", "مرحبًا #1 +2: https://example.org/join/a_b-c/"]) {
    const link = smsLink("+447700900123", message);
    assert.ok(link.startsWith("sms:+447700900123?&body="));
    assert.equal(new URLSearchParams(new URL(link).search).get("body"), message);
  }
});

test("without a number, the person is chosen in the other program", () => {
  assert.equal(smsLink("", "Hi"), "sms:?&body=Hi");
});
