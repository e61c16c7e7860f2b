// As much of a browser as a recording needs to be composed: what it draws and what is asked of its recorder is noted.

/** @param {{dir: string}} page */
export function browser({ dir }) {
  const written = [];
  const asked = [];
  const stream = { getVideoTracks: () => [{ stop() {} }], getAudioTracks: () => [], getTracks: () => [] };
  const brush = {
    direction: "inherit",
    fillRect() {},
    drawImage() {},
    fillText(text) {
      written.push({ text, direction: this.direction, align: this.textAlign });
    },
  };
  class Recorder extends EventTarget {
    static isTypeSupported = () => true;
    state = "inactive";
    start() {
      this.state = "recording";
    }
    pause() {
      this.state = "paused";
      asked.push("pause");
    }
    resume() {
      this.state = "recording";
      asked.push("resume");
    }
    requestData() {
      asked.push("requestData");
    }
    stop() {
      this.state = "inactive";
      queueMicrotask(() => this.dispatchEvent(new Event("stop")));
    }
  }
  class Sounds extends EventTarget {
    state = "running";
    createMediaStreamDestination = () => ({ stream });
    resume = async () => {};
    close = async () => {};
  }
  Object.assign(globalThis, {
    document: { dir, createElement: () => ({ getContext: () => brush, captureStream: () => stream }) },
    Worker: class {
      postMessage() {}
      terminate() {}
    },
    AudioContext: Sounds,
    ConstantSourceNode: class {
      connect() {}
      start() {}
    },
    MediaStream: class {},
    MediaRecorder: Recorder,
    removeEventListener() {},
  });
  return { written, asked };
}
