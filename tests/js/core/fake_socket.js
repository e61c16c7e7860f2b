// A socket whose other end is the test.

/** The server's end of each socket that the stream opens. */
export class FakeSocket extends EventTarget {
  static opened = [];
  sent = [];
  closed = false;

  constructor(url) {
    super();
    this.url = url;
    FakeSocket.opened.push(this);
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  // ---- what the server does
  accept() {
    this.dispatchEvent(new Event("open"));
    return this;
  }

  say(frame) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(frame) }));
    return this;
  }

  event(seq, after = seq - 1, type = "chat.said") {
    return this.say({ frame: "event", seq, after, type, data: {}, actor: null, at: "" });
  }

  end(code) {
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }
}

export const last = () => FakeSocket.opened.at(-1);
