import assert from "node:assert/strict";
import { test } from "node:test";

/** A page as far as the tour looks at it before it begins. */
const offer = { hidden: true };
const heard = {};
globalThis.CSS = { supports: () => true };
globalThis.sessionStorage = { getItem: () => null, removeItem: () => {} };
globalThis.addEventListener = () => {};
globalThis.document = {
  addEventListener: (type, hear) => (heard[type] = hear),
  querySelector: (selector) => ({ "[data-tour-offer]": offer, "[data-tour-rings]": {} })[selector] ?? null,
  querySelectorAll: () => [],
};
const { Tour } = await import("../../../static/js/room/tour.js");

function storage() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => void kept.set(name, value) };
}

function tourOf(person, kept) {
  const card = { dataset: { person }, matches: () => false };
  return new Tour(card, { room: undefined, on: () => {} }, kept);
}

/** A press of what this selector finds. */
function press(selector) {
  const target = { nodeType: 1, closest: (wanted) => (wanted === selector ? target : null) };
  heard.click({ target });
}

test("it is offered until the offer is answered, to each person on a device", () => {
  const kept = storage();
  tourOf("7", kept).offer();
  assert.equal(offer.hidden, false);
  press("[data-declines-tour]");
  assert.equal(offer.hidden, true);
  tourOf("7", kept).offer();
  assert.equal(offer.hidden, true);
  tourOf("8", kept).offer();
  assert.equal(offer.hidden, false);
});

test("without a place in the page nothing is offered, and keys mean nothing", () => {
  const tour = tourOf("9", storage());
  heard.keydown({ key: "Escape", defaultPrevented: false });
  assert.equal(tour.isOpen, false);
});
