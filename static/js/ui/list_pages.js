// <section data-list="lines" data-list-url="…">: the links to the other pages of this list bring the list alone.
// All else stays. The address says which page of which list is shown, as it does without scripts.
import { delegate, morph, parse, whileBusy } from "../core/dom.js";
import { closest, find } from "../core/elements.js";
import { getHtml } from "../core/http.js";
import { tell } from "../core/regions.js";

let search = location.search;

delegate(document, "click", ".pages a[href]", (link, event) => {
  const list = closest(link, "[data-list]");
  if (!list || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (list.ariaBusy === "true") return;
  const place = () => addressFrom(link, list.dataset.list ?? "");
  whileBusy(list, turn(list, place)).catch(() => location.assign(place()));
});

// Pages that this one has shown before; to be at another place of the same one is none.
addEventListener("popstate", () => location.search !== search && location.reload());

/** Where the link leads, from what the other lists show now. @param {HTMLElement} link @param {string} name */
function addressFrom(link, name) {
  const to = new URL(link.getAttribute("href") ?? "", location.href);
  const address = new URL(location.href);
  const place = to.searchParams.get(name);
  if (place === null) address.searchParams.delete(name);
  else address.searchParams.set(name, place);
  address.hash = to.hash;
  return address;
}

/** @param {HTMLElement} list @param {() => URL} place where it leads, beside the pages of other lists */
async function turn(list, place) {
  const drawn = parse(await getHtml(`${list.dataset.listUrl}${place().search}`));
  // Another list may have been turned meanwhile.
  const address = place();
  morph(list, find(drawn, "[data-list]"));
  search = address.search;
  history.pushState(null, "", address);
  tell(list, "region:refreshed");
  const heading = find(list, "h2");
  heading.tabIndex = -1;
  heading.focus();
}
