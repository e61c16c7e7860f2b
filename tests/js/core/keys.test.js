import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

import { isSendingEnter } from "../../../static/js/core/keys.js";

const ENTER = { key: "Enter", shiftKey: false, isComposing: false, keyCode: 13 };
const OTHERS = {
  "of a new line": { ...ENTER, shiftKey: true },
  "that ends a composition": { ...ENTER, isComposing: true },
  "that ends a composition in Safari": { ...ENTER, keyCode: 229 },
  "of another key": { ...ENTER, key: "a" },
};

test("Enter sends", () => assert.equal(isSendingEnter(ENTER), true));

for (const [name, event] of Object.entries(OTHERS)) {
  test(`the Enter ${name} does not`, () => assert.equal(isSendingEnter(event), false));
  test(`nor before the page's modules have run: ${name}`, () => assert.equal(sendsEarly(event), false));
}

test("Enter sends before the page's modules have run", () => assert.equal(sendsEarly(ENTER), true));

/** Whether before_load.js, a classic script, sends the chat's form. */
function sendsEarly(event) {
  class HTMLFormElement {
    sent = false;
    requestSubmit() {
      this.sent = true;
    }
  }
  class HTMLTextAreaElement {
    form = new HTMLFormElement();
    closest() {
      return this.form;
    }
  }
  const heard = {};
  const document = { addEventListener: (type, listener) => (heard[type] ??= listener) };
  const page = { document, AbortController, HTMLButtonElement: class {}, HTMLFormElement, HTMLTextAreaElement };
  vm.runInNewContext(readFileSync(new URL("../../../static/js/before_load.js", import.meta.url), "utf8"), page);
  const target = new HTMLTextAreaElement();
  heard.keydown({ ...event, target, defaultPrevented: false, preventDefault() {} });
  return target.form.sent;
}
