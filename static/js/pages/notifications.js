// What this browser allows, and a trial: the tone and the notification of a customer who joins.
import "./site.js";
import { find, findAll, maybe } from "../core/elements.js";
import { Notifier } from "../notifications/notifier.js";
import { Push } from "../notifications/push.js";
import { showPush } from "../notifications/push_panel.js";
import { JOINED, sounds } from "../ui/sounds.js";
import { toast } from "../ui/toast.js";

const place = find(document, "[data-this-browser]");
const texts = place.dataset;
const notifier = new Notifier(texts.notifier ?? "");
const showPushed = showPush(find(place, "[data-push-panel]"), new Push(texts, notifier));

function show() {
  for (const words of findAll(place, "[data-permission]")) {
    words.hidden = words.dataset.permission !== notifier.permission;
  }
  find(place, "[data-allow]").hidden = !notifier.canAsk;
  showPushed();
}

async function ask() {
  await notifier.ask();
  show();
}

find(place, "[data-allow]").addEventListener("click", ask);
find(place, "[data-try]").addEventListener("click", async () => {
  if (notifier.canAsk) await ask();
  if (notifier.isAllowed) notifier.show(texts.textTrial ?? "", "trial", { isSilent: true });
  const isHeard = await sounds.play(JOINED);
  toast((isHeard ? texts.textHeard : sounds.isOn ? texts.textMute : texts.textSilent) ?? "");
});

// Somebody may allow it in the browser's own settings meanwhile.
document.addEventListener("visibilitychange", show);
const zone = maybe(document, "input[data-time-zone]");
if (zone instanceof HTMLInputElement && !zone.value) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone;
place.hidden = false;
show();
