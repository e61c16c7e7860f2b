// The tray's own window. It may be as small as the browser likes: what is in it scrolls.

const SIZE = { width: 360, height: 420 };

/** @returns {Promise<{opened: Window | null, isPopup: boolean}>} null where no window opens */
export async function openWindow() {
  const floating = await pictureInPicture();
  const size = `popup,width=${SIZE.width},height=${SIZE.height}`;
  return { opened: floating ?? window.open("", "icon-tray", size), isPopup: !floating };
}

/** @returns {Promise<Window | null>} */
async function pictureInPicture() {
  /** @type {Window & {documentPictureInPicture?: {requestWindow: (size: object) => Promise<Window>}}} */
  const { documentPictureInPicture } = window;
  return documentPictureInPicture?.requestWindow(SIZE).catch(() => null) ?? null;
}

/** With the page's language, direction and looks. @param {Document} there */
export function furnish(there) {
  there.documentElement.lang = document.documentElement.lang;
  there.documentElement.dir = document.documentElement.dir;
  there.title = document.title;
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) there.head.append(sheet.cloneNode());
  there.body.className = "tray-window";
}
