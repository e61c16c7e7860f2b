// Notifications of the browser. On Android the constructor throws: there they come from a service worker, which must
// not control any page of ours. Whatever the browser says, the page goes on.

export class Notifier {
  #worker;
  /** @type {Promise<ServiceWorkerRegistration | null> | undefined} */
  #registration;

  /** @param {string} worker its address; its own folder is its scope, and no page is in it */
  constructor(worker) {
    this.#worker = worker;
  }

  get canAsk() {
    return "Notification" in globalThis && Notification.permission === "default";
  }

  get isAllowed() {
    return "Notification" in globalThis && Notification.permission === "granted";
  }

  /** In a press. */
  async ask() {
    await Notification.requestPermission().catch(() => {});
  }

  /** @param {string} title @param {string} tag a later one with the same tag replaces it */
  async show(title, tag) {
    this.#registration ??= this.#register();
    const registration = await this.#registration;
    try {
      if (registration) await registration.showNotification(title, { tag, data: { url: location.href } });
      else this.#construct(title, tag);
    } catch (error) {
      // A tone and a sentence on the page say the same.
      console.warn("notification", error.name);
    }
  }

  /** @param {string} title @param {string} tag */
  #construct(title, tag) {
    const notification = new Notification(title, { tag });
    notification.onclick = () => focus();
  }

  async #register() {
    try {
      const registration = await navigator.serviceWorker.register(this.#worker);
      return (registration.active ?? (await activated(registration))) ? registration : null;
    } catch {
      // Private windows and pages without TLS have no service workers.
      return null;
    }
  }
}

/**
 * Whether its worker gets going. `navigator.serviceWorker.ready` would wait for one whose scope has this page.
 * @param {ServiceWorkerRegistration} registration
 */
function activated(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (!worker) return Promise.resolve(false);
  return new Promise((resolve) => {
    const look = () => ["activated", "redundant"].includes(worker.state) && resolve(worker.state === "activated");
    worker.addEventListener("statechange", look);
    look();
  });
}
