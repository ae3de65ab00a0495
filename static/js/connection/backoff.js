/** When to dial again: soon at first, a little apart from the others, never giving up. */

const FIRST = 300;
const MOST = 2000;
/** After this many attempts the server is probably away for longer. */
const PATIENT = 30;
const MOST_LATER = 8000;

/** Waits between attempts, with jitter so that a whole workshop does not come back in one instant. */
export class Backoff {
  /** @param {() => void} dial */
  constructor(dial) {
    this.dial = dial;
    this.attempts = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * Dials after a while.
   * @param {number} least milliseconds
   */
  again(least) {
    clearTimeout(this.timer);
    const most = this.attempts < PATIENT ? MOST : MOST_LATER;
    const ceiling = Math.min(most, FIRST * 2 ** this.attempts);
    this.attempts += 1;
    this.timer = setTimeout(() => this.fire(), least + ceiling * (0.3 + 0.7 * Math.random()));
  }

  /** Dials almost at once, if it was waiting: there is a sign that the network is back. */
  now() {
    if (this.timer === undefined) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fire(), 150 * Math.random());
  }

  reset() {
    this.attempts = 0;
  }

  stop() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  fire() {
    this.timer = undefined;
    this.dial();
  }
}
