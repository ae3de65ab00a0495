/**
 * The life of a socket: hello, welcome, changes both ways, silence, loss, return.
 *
 * Never gives up by itself; only a close code that says so ends it. What is unanswered is in the queue before it goes
 * out and goes out again after every return: sending a key twice is safe.
 *
 * @typedef {import("./store.js").Store} Store
 * @typedef {import("./types").Entry} Entry
 * @typedef {import("./types").ServerMessage} ServerMessage
 * @typedef {import("./types").Change} Change
 * @typedef {object} Options
 * @property {string} url `/ws/maps/<id>/`, or whole
 * @property {(what: "page" | "state") => void} [onReload] `page`: load the page anew; what is unsent is kept
 * @property {(closed: {code: number, reason: string}) => void} [onClosed] the server ended it for good
 * @property {(url: string) => WebSocket} [socket]
 * @property {(place: import("./queue.js").Place) => Promise<import("./queue.js").Queue>} [open]
 * @property {(since: number, log: string) => Promise<Change[] | null>} [missed] reads changes of the log, null if it may not
 */
import { Backoff } from "./connection/backoff.js";
import { readMissed } from "./connection/missed.js";
import { PresenceFeed } from "./connection/presence.js";
import { Watchdog } from "./connection/watchdog.js";
import { Tabs, openQueue } from "./queue.js";
import { newTabId, tabMemory } from "./tab.js";

/** Codes after which trying again would change nothing. */
const FINAL = new Set([4401, 4403, 4404, 4409]);
/** Codes that mean: one of the messages was at fault. */
const AT_FAULT = new Set([4400, 1009]);
/** Bytes of a frame that is filled with several messages. */
const FRAME = 120_000;
const ADOPT_EVERY = 15_000;
/** The server takes a socket for dead that has said nothing for a minute. */
const MUTE = 20_000;
/** Milliseconds a lost connection may be away before it is called "Offline". */
const FLICKER = 1500;

/**
 * Connects a store; gives the connection, which `close()` ends.
 * @param {Store} store
 * @param {Options} options
 */
export function connect(store, options) {
  return new Connection(store, options).start();
}

/** One store's connection, over as many sockets as it takes. */
export class Connection {
  /**
   * @param {Store} store
   * @param {Options} options
   */
  constructor(store, { url, onReload, onClosed, socket, open, missed }) {
    this.store = store;
    this.url = whole(url);
    this.onReload = onReload ?? (() => {});
    this.onClosed = onClosed ?? (() => {});
    this.makeSocket = socket ?? ((address) => new WebSocket(address));
    this.openQueue = open ?? openQueue;
    this.missed = missed ?? ((since, log) => readMissed(this.url, since, log));
    /** @type {WebSocket | null} */
    this.socket = null;
    this.welcomed = false;
    this.ended = false;
    /** The next hello asks for a whole document. */
    this.fresh = false;
    /** @type {import("./queue.js").Queue | null} */
    this.queue = null;
    this.tabs = new Tabs(store.tab);
    /** @type {Promise<void>} messages are taken in the order they came, also over a wait */
    this.taking = Promise.resolve();
    this.waits = 0;
    this.pumping = false;
    this.spoke = 0;
    this.backoff = new Backoff(() => this.dial());
    this.watchdog = new Watchdog({ ask: () => this.welcomed && this.send({ type: "ping" }), lost: () => this.lose() });
    this.presence = new PresenceFeed((state) => this.welcomed && this.send({ type: "presence", state }));
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pumpTimer = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.patience = undefined;
    /** @type {ReturnType<typeof setInterval> | undefined} */
    this.adoptTimer = undefined;
  }

  start() {
    this.store.wake = () => void this.pump();
    this.store.sendPresence = (state) => this.presence.move(state);
    this.store.engine.write = (put, drop) => this.queue?.note(put, drop);
    this.listening = listen(["online", "focus", "pageshow"], () => this.nudge());
    this.ready = this.claimTab();
    this.dial();
    return this;
  }

  /** Ends it: the page is left. */
  close() {
    this.ended = true;
    this.listening?.();
    clearTimeout(this.pumpTimer);
    clearTimeout(this.patience);
    clearInterval(this.adoptTimer);
    this.backoff.stop();
    this.watchdog.stop();
    this.presence.stop();
    this.tabs.close();
    this.drop();
    void this.queue?.written().then(() => this.queue?.close());
  }

  // The socket.

  dial() {
    if (this.ended || this.socket) return;
    const socket = this.makeSocket(this.url);
    this.socket = socket;
    this.watchdog.start();
    socket.onopen = () => void this.ready?.then(() => this.socket === socket && this.greet());
    socket.onmessage = ({ data }) => this.socket === socket && this.hear(String(data));
    socket.onclose = ({ code, reason }) => this.socket === socket && this.closed(code, reason);
  }

  greet() {
    this.watchdog.heard();
    const hello = this.store.hello();
    this.send(this.fresh ? { ...hello, since: null, log: undefined } : hello);
  }

  /** @param {string} data */
  hear(data) {
    this.watchdog.heard();
    // Timers of a hidden page hardly run; the server's own signs of life tell when it is time for one of ours.
    if (this.welcomed && Date.now() - this.spoke > MUTE) this.send({ type: "ping" });
    /** @type {ServerMessage[]} */
    const messages = [].concat(JSON.parse(data));
    const { socket } = this;
    if (this.waits === 0 && this.welcomed) return this.take(messages);
    this.waits += 1;
    this.taking = this.taking
      .then(() => (this.socket === socket ? this.takeSlowly(messages) : undefined))
      .catch(() => this.lose())
      .finally(() => void (this.waits -= 1));
  }

  /**
   * Messages among which there may be a welcome, which needs the queue and sometimes the log.
   * @param {ServerMessage[]} messages
   */
  async takeSlowly(messages) {
    const { socket } = this;
    for (const message of messages) {
      if (message.type !== "welcome") this.take([message]);
      else if (await this.prepare(message)) {
        const missed = message.document ? await this.readMissed(message) : null;
        if (this.socket !== socket) return;
        this.welcome(message, missed);
      }
    }
  }

  /** @param {ServerMessage[]} messages */
  take(messages) {
    const whole = this.store.receive(messages);
    for (const message of messages) {
      if (message.type === "reload") this.reload(message.what);
      if (message.type === "pong" && message.seq > this.store.seq) return this.again();
    }
    if (!whole) this.again();
    if (!this.store.engine.unsent.peek()) this.store.engine.outbox.careful = false;
  }

  /**
   * Opens the person's queue; false if the person is another one than before.
   * @param {import("./types").Welcome} welcome
   */
  async prepare(welcome) {
    const person = welcome.you.id;
    if (this.queue && this.queue.place.person !== person) {
      this.end(4401, "Somebody else has signed in.");
      this.onReload("page");
      return false;
    }
    if (this.queue) return true;
    const { mapId: document, tab } = this.store;
    this.queue = await this.openQueue({ person, document, tab });
    this.queue.onLost = () => this.onReload("page");
    this.store.restore(await this.queue.entries());
    this.adoptTimer = setInterval(() => void this.adopt(), ADOPT_EVERY);
    setTimeout(() => void this.adopt(), 0);
    return true;
  }

  /** @param {import("./types").Welcome} welcome */
  async readMissed(welcome) {
    const base = this.store.engine.oldestBase();
    if (base === null || base < 0) return null;
    return base >= welcome.seq ? [] : this.missed(base, welcome.log).catch(() => null);
  }

  /**
   * @param {import("./types").Welcome} welcome
   * @param {Change[] | null} missed
   */
  welcome(welcome, missed) {
    this.fresh = false;
    this.welcomed = true;
    this.backoff.reset();
    clearTimeout(this.patience);
    this.store.receive([welcome], missed);
    this.store.link.value = "online";
    // The pump waits for the message at hand to be taken.
    void this.taking.then(() => this.pump());
    if (Object.keys(this.presence.state).length) this.presence.flush();
  }

  /** @param {"page" | "state"} what */
  reload(what) {
    if (what === "page") return this.onReload("page");
    this.fresh = true;
    this.onReload("state");
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  closed(code, reason) {
    this.drop();
    if (FINAL.has(code)) return this.end(code, reason);
    if (AT_FAULT.has(code)) this.blame(code);
    this.away();
    this.backoff.again(code === 4429 ? 5000 : 0);
  }

  /** Begins anew at once: this connection is not whole. */
  again() {
    this.drop();
    this.away();
    this.backoff.again(0);
  }

  /** Nothing comes through any more: drop the socket without waiting for its farewell. */
  lose() {
    if (this.ended) return;
    this.store.link.value = "offline";
    this.again();
  }

  /** The first moments without a socket are a flicker; what lasts, or fails again, is "Offline". */
  away() {
    const { link } = this.store;
    if (link.peek() !== "online") link.value = "offline";
    else {
      link.value = "connecting";
      this.patience = setTimeout(() => void (this.welcomed || (link.value = "offline")), FLICKER);
    }
  }

  drop() {
    const { socket } = this;
    this.socket = null;
    this.welcomed = false;
    this.watchdog.stop();
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  end(code, reason) {
    this.ended = true;
    this.drop();
    this.store.link.value = "offline";
    this.onClosed({ code, reason });
  }

  /**
   * One of several messages was too big or unreadable; sent one at a time, the next close tells which.
   * @param {number} code
   */
  blame(code) {
    const { outbox } = this.store.engine;
    const flying = outbox.pending.filter((one) => one.wired);
    if (flying.length === 1) {
      const error = code === 1009 ? "too_large" : "invalid";
      this.store.refuse({ key: flying[0].entry.key, error, message: "The server could not read this change." });
    }
    outbox.careful = true;
  }

  /** The network, the window or the laptop is back: ask at once. */
  nudge() {
    if (this.ended) return;
    if (!this.socket) this.backoff.now();
    else if (this.welcomed) this.watchdog.question();
    void this.queue?.check();
  }

  // Sending.

  async pump() {
    if (this.pumping) return;
    this.pumping = true;
    clearTimeout(this.pumpTimer);
    // Edits of one turn are one transaction and one frame.
    await Promise.resolve();
    try {
      while (this.welcomed && this.waits === 0 && (await this.sendSome()));
    } finally {
      this.pumping = false;
    }
  }

  /** Sends a frame of what may go; false if there is nothing. */
  async sendSome() {
    const { socket } = this;
    /** @type {Entry[]} */
    const entries = [];
    for (let bytes = 0; bytes < FRAME; ) {
      const next = this.store.next();
      if (typeof next === "number") this.pumpTimer = setTimeout(() => void this.pump(), Math.max(0, next - this.store.now()));
      if (next === null || typeof next === "number") break;
      entries.push(next);
      bytes += JSON.stringify(next.ops).length;
    }
    if (entries.length === 0) return false;
    // What waits for one of these on the same text is kept as it reads behind the frozen one.
    this.queue?.note([...entries, ...this.store.engine.outbox.waiting()], []);
    await this.queue?.written();
    if (this.socket !== socket || !this.welcomed) return false;
    const messages = entries.map(outgoing);
    this.send(messages.length === 1 ? messages[0] : messages);
    return true;
  }

  /** @param {unknown} message */
  send(message) {
    if (this.socket?.readyState !== 1) return;
    this.spoke = Date.now();
    this.socket.send(JSON.stringify(message));
  }

  // Tabs.

  async claimTab() {
    if (!(await this.tabs.isDuplicate())) return;
    this.store.tab = newTabId(tabMemory());
    this.store.history.clear();
    this.tabs.close();
    this.tabs = new Tabs(this.store.tab);
  }

  async adopt() {
    const entries = await this.queue?.adopt((tabs) => this.tabs.alive(tabs));
    if (!entries?.length || this.ended) return;
    this.store.restore(entries);
    // Text that stands on a seq this tab has not kept needs a document and the log, as after a reload.
    const base = this.store.engine.oldestBase();
    if (base === null || base >= this.store.seq) return void this.pump();
    this.fresh = true;
    this.again();
  }
}

/**
 * An entry as it goes over the wire.
 * @param {Entry} entry
 * @returns {import("./types").Outgoing}
 */
export function outgoing(entry) {
  if (entry.kind !== "change") return { type: entry.kind, key: entry.key, change: entry.target ?? "" };
  const stands = entry.ops.some((op) => op.op === "text");
  return {
    type: "change",
    key: entry.key,
    ops: entry.ops,
    ...(entry.group ? { group: entry.group } : {}),
    ...(stands && entry.log ? { log: entry.log } : {}),
  };
}

/** @param {string} url */
function whole(url) {
  if (/^wss?:/.test(url)) return url;
  return new URL(url, location.href).href.replace(/^http/, "ws");
}

/**
 * Listens for signs that the world is back; gives a function that stops it.
 * @param {string[]} names
 * @param {() => void} nudge
 */
function listen(names, nudge) {
  if (typeof window === "undefined") return () => {};
  const seen = () => document.visibilityState === "visible" && nudge();
  for (const name of names) window.addEventListener(name, nudge);
  document.addEventListener("visibilitychange", seen);
  return () => {
    for (const name of names) window.removeEventListener(name, nudge);
    document.removeEventListener("visibilitychange", seen);
  };
}
