// A waiting customer's page: being here keeps the place; it goes on by itself when somebody is there.
import "./site.js";
import { checkWhenIdle } from "../check/check.js";
import { find, maybe } from "../core/elements.js";
import { Regions } from "../core/regions.js";
import { sounds } from "../ui/sounds.js";
import { call, leaveToNextPage } from "../webacd/my_turn.js";
import { placeOf } from "../webacd/place.js";

const root = find(document, "[data-waiting]");
const status = find(root, "[data-region-url]");
const hint = maybe(root, "[data-sound-hint]");
let isCalled = false;
let wasAway = false;
const stream = placeOf(root);
const regions = new Regions(root, stream);
stream.onAny(["lost", "opened-elsewhere"], () => (wasAway = true));
stream.on("following", () => {
  // It may have missed what is told only once.
  if (wasAway) regions.refresh(status);
  wasAway = false;
});
stream.on("signal:position.told", () => regions.refresh(status));
// After these the same address shows another page.
stream.on("request.answered", goOn);
stream.on("over", () => {
  // Perhaps it was answered while the connection was away: then the next page is the one that calls.
  if (!isCalled) leaveToNextPage(root.dataset.textTurn ?? "", false);
});
stream.onAny(["request.over", "over", "missing", "signed-out", "reload"], () => isCalled || location.reload());
stream.open();
checkWhenIdle();

async function goOn() {
  if (isCalled) return;
  isCalled = true;
  const text = root.dataset.textTurn ?? "";
  leaveToNextPage(text, await sounds.canSound());
  await call(text);
  location.reload();
}

/** Whether one has to press something first. */
async function showHint() {
  if (hint) hint.hidden = !sounds.isOn || (await sounds.canSound());
}

["pointerup", "keyup", "change"].forEach((type) => document.addEventListener(type, showHint));
showHint();
