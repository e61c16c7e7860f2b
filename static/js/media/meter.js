// How loud one's own microphone is.

export class Meter {
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {AnalyserNode | null} */
  #analyser = null;
  #samples = new Float32Array(512);

  /** @param {MediaStream} stream */
  listen(stream) {
    this.stop();
    this.#context = new AudioContext();
    this.#analyser = this.#context.createAnalyser();
    this.#analyser.fftSize = this.#samples.length;
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
  }

  get level() {
    if (!this.#analyser) return 0;
    this.#analyser.getFloatTimeDomainData(this.#samples);
    return Math.sqrt(this.#samples.reduce((sum, each) => sum + each * each, 0) / this.#samples.length);
  }

  stop() {
    this.#context?.close();
    this.#context = this.#analyser = null;
  }
}
