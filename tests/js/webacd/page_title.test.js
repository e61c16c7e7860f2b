import assert from "node:assert/strict";
import { test } from "node:test";

import { titleWith } from "../../../static/js/webacd/page_title.js";

const OFFER = "A customer is waiting for you · ";

test("an offer begins the title once, and leaves it as it was", () => {
  const offered = titleWith("Reports · Support", OFFER, true);
  assert.equal(offered, "A customer is waiting for you · Reports · Support");
  assert.equal(titleWith(offered, OFFER, true), offered);
  assert.equal(titleWith(offered, OFFER, false), "Reports · Support");
  assert.equal(titleWith("Reports · Support", OFFER, false), "Reports · Support");
});

test("what others have made of the title meanwhile stays", () => {
  assert.equal(titleWith("(2) 123 456 789 · Support", OFFER, false), "(2) 123 456 789 · Support");
  assert.equal(titleWith("(2) 123 456 789 · Support", OFFER, true), `${OFFER}(2) 123 456 789 · Support`);
});
