// The admins' list of open sessions: read again whenever something has changed in any of them.
import "../ui/page.js";
import { closest, find } from "../core/elements.js";
import { EventStream } from "../core/event_stream.js";
import { giveWay } from "../core/giving_way.js";
import { post } from "../core/http.js";
import { Regions } from "../core/regions.js";
import { toast } from "../ui/toast.js";

const main = find(document, "[data-monitoring]");
const region = find(main, "[data-region-url]");
const stream = new EventStream(main.dataset.socket ?? "", { after: Number(main.dataset.position) });
const regions = new Regions(main, stream);

giveWay(main, stream);
stream.on("signal:sessions.changed", () => regions.refresh(region));
// What changed while the connection was lost was not signalled.
stream.on("following", () => regions.refresh(region));
stream.open();

main.addEventListener("submit", async (event) => {
  const form = closest(event.target, "form");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  await post(form.action, new FormData(form)).catch((refusal) => toast(refusal.message));
});
