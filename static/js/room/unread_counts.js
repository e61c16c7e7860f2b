// What nobody has seen yet in the sessions of a page: on each one's tab, and of all in the title and on the app's sign.
import { showInTitle } from "../chat/unread.js";
import { showBadge } from "../ui/app_badge.js";

/** @typedef {{unread: {count: number}}} Counted a room */

/**
 * @param {Map<string, Counted>} rooms by their sessions' keys
 * @param {HTMLElement[] | null} tabs null: there is one session at a time, `shown`
 * @param {Counted | undefined} shown
 */
export function showUnread(rooms, tabs, shown) {
  let all = 0;
  for (const tab of tabs ?? []) {
    const count = rooms.get(tab.dataset.session ?? "")?.unread.count ?? 0;
    tab.dataset.count = count ? String(count) : "";
    all += count;
  }
  const count = tabs ? all : (shown?.unread.count ?? 0);
  showInTitle(count);
  showBadge(count);
}
