import assert from "node:assert/strict";
import { test } from "node:test";

import { Reply } from "../../../static/js/room/reply.js";

function room(key) {
  const told = [];
  return {
    key,
    told,
    unread: { read: () => told.push("read") },
    chat: {
      say: (text, { isElsewhere }) => told.push(`${isElsewhere ? "elsewhere" : "form"}: ${text}`),
      tellTyping: (isTyping) => told.push(isTyping ? "typing" : "silent"),
    },
  };
}

function reply(...rooms) {
  const field = { value: "" };
  const one = new Reply(field);
  rooms.forEach((shown) => one.show(shown));
  return { one, field };
}

test("what is written is said in the chat of the session that is shown, which has been read then", () => {
  const carols = room("carol");
  const { one, field } = reply(carols);
  field.value = "  One moment \n";
  one.tellTyping();
  one.send();
  assert.deepEqual(carols.told, ["typing", "elsewhere: One moment", "silent", "read"]);
  assert.equal(field.value, "");
});

test("nothing is said where nothing is written, or nothing can be said", () => {
  const [carols, silent] = [room("carol"), { ...room("silent"), chat: undefined }];
  const { one, field } = reply(carols);
  field.value = "  ";
  one.send();
  one.show(silent);
  field.value = "Hello";
  one.send();
  one.tellTyping();
  assert.deepEqual([carols.told, silent.told, field.value], [[], [], "Hello"]);
});

test("what is half written waits for its own session", () => {
  const [carols, omars] = [room("carol"), room("omar")];
  const { one, field } = reply(carols);
  field.value = "Your password is";
  one.show(omars);
  assert.equal(field.value, "");
  field.value = "Hello Omar";
  one.send();
  one.show(carols);
  assert.deepEqual([carols.told, field.value], [[], "Your password is"]);
});

test("what was refused comes back to its own session, and takes the place of nothing", () => {
  const [carols, omars] = [room("carol"), room("omar")];
  const { one, field } = reply(carols, omars);
  one.giveBack("carol", "Refused");
  assert.equal(field.value, "");
  one.giveBack("omar", "Refused as well");
  assert.equal(field.value, "Refused as well");
  one.giveBack("omar", "Refused later");
  assert.equal(field.value, "Refused as well");
  one.show(carols);
  assert.equal(field.value, "Refused");
});
