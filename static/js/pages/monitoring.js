// The list of open sessions: the row of a session is read again whenever something has changed in it. Who leads a team
// is not told in which one, so their list is read again, as often at most as it says.
import "./site.js";
import { ChangingList } from "../core/changing_list.js";
import { closest, find } from "../core/elements.js";
import { EventStream } from "../core/event_stream.js";
import { giveWay } from "../core/giving_way.js";
import { post } from "../core/http.js";
import { leadToSignIn } from "../core/signed_out.js";
import { toast } from "../ui/toast.js";

// A session that another page of the list shows changes this page by these alone.
const COMES_OR_GOES = ["session.started", "session.ended"];

const main = find(document, "[data-monitoring]");
const list = new ChangingList(find(main, "[data-list-url]"));
const stream = new EventStream(main.dataset.socket ?? "", { after: Number(main.dataset.position) });

giveWay(main, stream);
stream.on("signal:sessions.changed", ({ data }) => {
  // A process of an earlier release names none.
  if (!data.session) return list.refreshAll();
  if (list.has(data.session) || COMES_OR_GOES.includes(data.event)) list.refresh(data.session);
});
// What changed while the connection was lost was not signalled.
stream.on("following", () => list.refreshAll());
stream.on("signed-out", leadToSignIn);
stream.onAny(["forbidden", "missing"], () => location.reload());
stream.open();

main.addEventListener("submit", async (event) => {
  const form = closest(event.target, "form");
  if (!form || event.defaultPrevented) return;
  event.preventDefault();
  await post(form.action, new FormData(form)).catch((refusal) => toast(refusal.message));
});
