/** Silence of 6 s is a question, 4 s more is an answer: the other end of a socket may be gone without a word. */

const QUESTION = 6000;
const ANSWER = 4000;
const LOOK = 1000;

/** Watches one socket; timers of hidden pages fire late, so it goes by the clock. */
export class Watchdog {
  /** @param {{ask: () => void, lost: () => void}} react */
  constructor({ ask, lost }) {
    this.ask = ask;
    this.lost = lost;
    this.last = 0;
    /** When the question was put; 0 while there is none. */
    this.asked = 0;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.timer = undefined;
  }

  start() {
    this.stop();
    this.heard();
    this.timer = setInterval(() => this.look(), LOOK);
  }

  stop() {
    clearInterval(this.timer);
    this.asked = 0;
  }

  heard() {
    this.last = Date.now();
    this.asked = 0;
  }

  /** Asks now, without waiting for the silence. */
  question() {
    if (this.asked) return;
    this.asked = Date.now();
    this.ask();
  }

  look() {
    const now = Date.now();
    if (this.asked && now - this.asked >= ANSWER) this.lost();
    else if (!this.asked && now - this.last >= QUESTION) this.question();
  }
}
