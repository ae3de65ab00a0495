/**
 * The heart of the store: confirmed records, unanswered changes on top, and what each message does to both.
 *
 * @typedef {import("../types").RecordType} RecordType
 * @typedef {import("../types").AnyRecord} AnyRecord
 * @typedef {import("../types").Op} Op
 * @typedef {import("../types").Entry} Entry
 * @typedef {import("../types").Change} Change
 * @typedef {import("../types").Delta} Delta
 * @typedef {import("../types").Refused} Refused
 * @typedef {import("./rebase.js").Pending} Pending
 * @typedef {(type: RecordType, id: string) => AnyRecord | undefined} Before
 * @typedef {{key: string, error: string, message: string}} Reason
 */
import { batch, signal } from "../../vendor/signals-core.js";
import { announce } from "./announce.js";
import { Board, Records } from "./board.js";
import { Outbox, freeze } from "./outbox.js";
import { carryOut } from "./plan.js";
import { rebase, textFields } from "./rebase.js";
import { Shown } from "./shown.js";
import { wordsOf } from "./words.js";

/** Records, plans and the log between them. */
export class Engine {
  constructor() {
    this.seq = -1;
    this.log = "";
    /** @type {Map<string, string>} ids of points that reach another point: for ever, and as planned */
    this.sameAs = new Map();
    /** @type {Map<string, string>} */
    this.aliases = new Map();
    this.confirmed = new Records();
    this.board = new Board();
    this.shown = new Shown(this.board);
    this.outbox = new Outbox(this.aliases);
    /** @type {Set<string>} what the plans have altered on the board */
    this.touched = new Set();
    /** Must the plans be made anew before the page is told? */
    this.stale = false;
    /** A change was missed: only a new connection helps. */
    this.gap = false;
    /** @type {Set<string>} groups (or keys) of which a part is in the log */
    this.reached = new Set();
    /** @type {(() => void)[]} what to tell once the page is told */
    this.afterwards = [];
    this.unsent = signal(0);
    this.refused = signal(/** @type {Refused[]} */ ([]));
    /** Keeps entries, or drops them, in one transaction. @type {(put: Entry[], drop: string[]) => void} */
    this.write = () => {};
    /** Own text that was taken back here and may come again moves with the log too. @type {() => Pending[]} */
    this.held = () => [];
    /** @type {(change: Change, own: boolean, before: Before) => void} */
    this.onChange = () => {};
    /** @type {(key: string, deltas: Delta[]) => void} */
    this.onText = () => {};
    /** @type {(key: string, outcome: import("../types").Outcome) => void} */
    this.onAnswer = () => {};
    /** A change came to nothing and cannot be undone. @type {(entry: Entry) => void} */
    this.onNothing = () => {};
  }

  /**
   * Puts an entry behind the others and shows it.
   * @param {Pending} one
   */
  append(one) {
    this.outbox.pending.push(one);
    carryOut(this.planning(), one.ops, this.aliases);
    this.keep(one);
  }

  /**
   * Composes typed text into an entry that waits; false if there is none.
   * @param {import("../types").TextOp} op
   * @param {string} group
   */
  compose(op, group) {
    const waiting = this.outbox.composeText(op, group);
    if (!waiting) return false;
    carryOut(this.planning(), [op], this.aliases);
    this.keep(waiting);
    return true;
  }

  /** @param {Pending} one */
  keep(one) {
    one.entry = { ...one.entry, text: wordsOf(this.board, one.ops, this.aliases) };
    this.write([{ ...one.entry, ops: one.ops, base: one.base }], []);
  }

  /** An own edit is in: tell the page. */
  settle() {
    this.board.touched = null;
    this.tellAfter(() => {});
  }

  /**
   * Takes entries that never went out back, as if they had not been made.
   * @param {readonly Pending[]} entries
   */
  cancel(entries) {
    for (const { entry } of entries) this.outbox.take(entry.key);
    this.write([], entries.map(({ entry }) => entry.key));
    this.stale = true;
    this.tellAfter(() => {});
  }

  /**
   * A document to start from. `missed` are the changes since `oldestBase()` up to it, if they could be read.
   * @param {import("../types").Welcome} welcome
   * @param {import("../types").AnyDocument} document
   * @param {Change[] | null} missed
   */
  load(welcome, document, missed) {
    this.revert();
    this.carryOver(welcome, missed);
    this.confirmed.load(document);
    this.board.load(document);
    for (const [second, first] of Object.entries(document.same_as ?? {})) this.sameAs.set(second, first);
    this.seq = document.seq ?? welcome.seq;
    this.log = welcome.log;
    this.stale = true;
  }

  /** @param {Change} change */
  change(change) {
    if (change.seq <= this.seq) return this.answered(change.key);
    if (change.seq !== this.seq + 1) return void (this.gap = true);
    this.revert();
    const own = this.outbox.find(change.key) !== undefined;
    for (const [second, first] of Object.entries(change.same_as ?? {})) this.sameAs.set(second, first);
    this.realias();
    const { shown } = this.rebased(change, (type, id, field) => this.confirmed.get(type, id)?.[field] ?? null);
    const before = new Map(change.ops.map((op) => [`${op.type}:${op.id}`, this.confirmed.get(op.type, op.id)]));
    for (const op of change.ops) announce(this.confirmed, this.board, op);
    this.seq = change.seq;
    this.stale = true;
    if (own) this.answered(change.key);
    this.onAnswer(change.key, { effect: true });
    for (const [key, deltas] of shown) this.onText(key, deltas);
    this.afterwards.push(() => this.onChange(change, own, (type, id) => before.get(`${type}:${id}`)));
  }

  /** @param {import("../types").Ack} ack */
  ack({ key, noop, left_alone }) {
    const one = this.outbox.find(key);
    if (one && noop) this.withdraw(one);
    this.answered(key);
    this.onAnswer(key, { effect: !noop, leftAlone: left_alone ?? [] });
  }

  /** @param {Reason} reason */
  reject(reason) {
    this.onAnswer(reason.key, { effect: false, message: reason.message, leftAlone: [] });
    this.setAside(reason);
  }

  /** The seq on which the oldest unanswered text stands; null if there is none. */
  oldestBase() {
    const bases = this.outbox.pending.filter(({ ops }) => ops.some((op) => op.op === "text")).map(({ base }) => base);
    return bases.length ? Math.min(...bases) : null;
  }

  /**
   * Does something, then tells the page once.
   * @param {() => void} action
   */
  tellAfter(action) {
    batch(() => {
      action();
      if (this.stale) this.replan();
      this.shown.tell();
      this.unsent.value = this.outbox.pending.length;
    });
    for (const tell of this.afterwards.splice(0)) tell();
  }

  // The rest is for this class and its tests.

  planning() {
    this.board.touched = this.touched;
    return this.board;
  }

  /** The board as it is confirmed, without any plan. */
  revert() {
    this.board.touched = null;
    for (const key of this.touched) {
      const cut = key.indexOf(":");
      const type = /** @type {RecordType} */ (key.slice(0, cut));
      const record = this.confirmed.get(type, key.slice(cut + 1));
      if (record) this.board.put(type, record);
      else this.board.remove(type, key.slice(cut + 1));
    }
    this.touched.clear();
    this.stale = true;
  }

  /** The plans anew on what is confirmed. */
  replan() {
    this.revert();
    this.realias();
    const board = this.planning();
    for (const one of this.outbox.pending) carryOut(board, one.ops, this.aliases);
    board.touched = null;
    this.stale = false;
  }

  realias() {
    this.aliases.clear();
    for (const [second, first] of this.sameAs) this.aliases.set(second, first);
  }

  /**
   * @param {Change} change
   * @param {(type: RecordType, id: string, field: string) => string | null} textOf
   */
  rebased(change, textOf) {
    const held = this.held();
    const result = rebase(this.outbox.pending, change, this.aliases, textOf, held);
    for (const one of [...this.outbox.pending, ...held]) if (one.base < change.seq) one.base = change.seq;
    return result;
  }

  /**
   * Moves what is unanswered onto a document that came in place of changes.
   * @param {import("../types").Welcome} welcome
   * @param {Change[] | null} missed
   */
  carryOver(welcome, missed) {
    /** @type {Set<string>} */
    const lost = new Set();
    for (const one of [...this.outbox.pending])
      if (one.entry.log !== welcome.log && one.ops.some((op) => op.op === "text")) this.setAside(otherLog(one.entry.key));
    for (const change of missed ?? []) {
      if (change.seq > welcome.seq) break;
      for (const key of this.rebased(change, () => null).lost) lost.add(key);
      this.answered(change.key);
    }
    for (const one of [...this.outbox.pending]) this.restand(one, welcome, missed !== null, lost);
  }

  /**
   * @param {Pending} one
   * @param {import("../types").Welcome} welcome
   * @param {boolean} read could the changes in between be read?
   * @param {Set<string>} lost
   */
  restand(one, welcome, read, lost) {
    one.entry = { ...one.entry, log: welcome.log };
    const texts = [...textFields(one.ops.filter((op) => op.op === "text"), this.aliases).keys()];
    const whole = texts.length === 0 || (read && !texts.some((key) => lost.has(key)));
    if (one.base >= welcome.seq) return;
    if (!whole && !one.entry.sent) {
      const at = this.outbox.pending.indexOf(one);
      if (at >= 0 && (read || this.outbox.waits(at))) return this.setAside(noBase(one.entry.key));
      // The server can rebase it from where it was written, as long as it is not altered here any more.
      freeze(one);
      this.write([one.entry], []);
    }
    one.base = welcome.seq;
  }

  /**
   * An own entry is answered: it is no longer pending, and what waits stands on the text as it is now.
   * @param {string} key
   */
  answered(key) {
    const one = this.outbox.take(key);
    if (!one) return;
    this.stale = true;
    this.reached.add(one.entry.group ?? one.entry.key);
    this.write(this.outbox.waiting(), [key]);
  }

  /**
   * An own change had no effect: what waits behind it is moved onto the text without it.
   * @param {Pending} one
   */
  withdraw(one) {
    this.revert();
    const nothing = { seq: Infinity, key: one.entry.key, ops: [] };
    const textOf = (/** @type {RecordType} */ type, /** @type {string} */ id, /** @type {string} */ field) =>
      this.confirmed.get(type, id)?.[field] ?? null;
    rebase(this.outbox.pending, nothing, this.aliases, textOf, this.held());
    if (one.entry.kind === "change" && !one.entry.group) this.onNothing(one.entry);
  }

  /**
   * Shows an own change as refused, with everything that stands on it.
   * @param {Reason} reason
   */
  setAside({ key, error, message }) {
    const one = this.outbox.take(key);
    if (!one) return;
    this.stale = true;
    const { entry } = one;
    this.onNothing(entry);
    if (entry.kind !== "change") return this.write([], [key]);
    const refused = { key, error, message, ops: one.ops, text: entry.text, at: entry.at };
    this.refused.value = [...this.refused.peek(), refused];
    this.write([{ ...entry, refused }], []);
    for (const other of this.dependents(one)) this.setAside({ key: other.entry.key, error, message });
  }

  /**
   * What waits for an entry: on a record it makes, or on a text it writes.
   * @param {Pending} one
   */
  dependents(one) {
    const texts = new Set(textFields(one.ops, this.aliases).keys());
    const born = new Set(one.ops.filter((op) => op.op === "insert").map((op) => op.id));
    return this.outbox.pending.filter(({ entry, ops }) => {
      if (entry.sent || entry.kind !== "change") return false;
      if (ops.some((op) => born.has(op.id))) return true;
      const own = ops.filter((op) => op.op === "text");
      return [...textFields(own, this.aliases).keys()].some((field) => texts.has(field));
    });
  }
}

/** @param {string} key @returns {Reason} */
const otherLog = (key) => ({ key, error: "stale_text", message: "The map was restored since this was written." });

/** @param {string} key @returns {Reason} */
const noBase = (key) => ({ key, error: "stale_text", message: "What others wrote in between could not be read any more." });
