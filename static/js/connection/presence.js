/** What this person is doing, merged and sent at most 20 times a second; again from time to time, to stay. */

const EVERY = 50;
const STAY = 4000;

/**
 * @typedef {import("../types").Presence} Presence
 */

/** The outgoing half of presence. */
export class PresenceFeed {
  /** @param {(state: Presence) => void} send */
  constructor(send) {
    this.send = send;
    /** @type {Presence} */
    this.state = {};
    this.sentAt = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.stay = setInterval(() => this.repeat(), STAY);
  }

  /** @param {Presence} state the parts that changed */
  move(state) {
    this.state = { ...this.state, ...state };
    this.timer ??= setTimeout(() => this.flush(), Math.max(0, this.sentAt + EVERY - Date.now()));
  }

  flush() {
    this.timer = undefined;
    this.sentAt = Date.now();
    this.send(this.state);
  }

  repeat() {
    const hidden = typeof document !== "undefined" && document.visibilityState === "hidden";
    if (!hidden && Date.now() - this.sentAt >= STAY && this.timer === undefined) this.flush();
  }

  stop() {
    clearTimeout(this.timer);
    clearInterval(this.stay);
  }
}
