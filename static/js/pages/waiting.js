// A waiting customer's page: being here keeps the place; it goes on by itself when somebody is there.
import "./site.js";
import { checkWhenIdle } from "../check/check.js";
import { find } from "../core/elements.js";
import { EventStream } from "../core/event_stream.js";
import { giveWay } from "../core/giving_way.js";
import { Regions } from "../core/regions.js";

const root = find(document, "[data-waiting]");
const status = find(root, "[data-region-url]");
const stream = new EventStream(root.dataset.socket ?? "", { after: Number(root.dataset.position) });
const regions = new Regions(root, stream);

stream.on("following", () => {
  // It may have missed what is told only once.
  if (["reconnecting", "elsewhere"].includes(root.dataset.connection ?? "")) regions.refresh(status);
});
stream.on("lost", () => (root.dataset.connection = "reconnecting"));
giveWay(root, stream);
stream.on("signal:position.told", () => regions.refresh(status));
// After these the same address shows another page.
stream.onAny(["request.answered", "request.over", "over", "missing", "signed-out", "reload"], () => location.reload());
stream.open();
checkWhenIdle();
