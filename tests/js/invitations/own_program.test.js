import assert from "node:assert/strict";
import { test } from "node:test";

import { addressed, partsOf, takeDraft } from "../../../static/js/invitations/own_program.js";

const DRAFT = "mailto:?subject=Hello&body=http%3A%2F%2Fexample.com%2F";

test("an address is put where it belongs, and cannot add fields", () => {
  assert.equal(addressed(DRAFT, "carol@example.com"), DRAFT.replace("mailto:", "mailto:carol@example.com"));
  assert.equal(
    addressed(DRAFT, "a+b&c=d?e@example.com"),
    DRAFT.replace("mailto:", "mailto:a%2Bb%26c%3Dd%3Fe@example.com"),
  );
  assert.equal(
    addressed(DRAFT, "$&@example.com"),
    DRAFT.replace("mailto:", () => "mailto:%24%26@example.com"),
  );
});

test("a draft is taken once", () => {
  const panel = fakePanel({ drafts: { dataset: { drafts: "n1" } }, offer: { href: DRAFT } });

  assert.deepEqual(takeDraft(panel), { nonce: "n1", href: DRAFT });
  assert.equal(takeDraft(panel), null);
});

test("without a draft for the choice there is none", () => {
  assert.equal(takeDraft(fakePanel({ drafts: { dataset: { drafts: "n1" } }, offer: null })), null);
});

test("what did not open is copied in its parts", () => {
  const draft = "mailto:?subject=A%20%2B%20B%3F&body=one%0D%0A%0D%0Ahttp%3A%2F%2Fexample.com%2F";
  const href = addressed(draft, "a+b@example.com");
  assert.deepEqual(partsOf(href), {
    address: "a+b@example.com",
    subject: "A + B?",
    body: "one\n\nhttp://example.com/",
    invitation: "A + B?\n\none\n\nhttp://example.com/",
  });
});

function fakePanel({ drafts, offer }) {
  const found = { "[data-drafts]": drafts, '[data-offer="customer en"]': offer };
  const fields = {
    "input[name=recipient]:checked": { value: "customer" },
    "select[name=language]": { value: "en" },
  };
  return { querySelector: (selector) => ({ ...found, ...fields })[selector] ?? null };
}
