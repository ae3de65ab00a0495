/**
 * What has not been answered yet, first in first out, and which of it may go out now.
 *
 * A writer has one change of a text field in flight; what is typed meanwhile is composed into the one that waits.
 *
 * @typedef {import("../types").Op} Op
 * @typedef {import("../types").Entry} Entry
 * @typedef {import("./rebase.js").Pending} Pending
 * @typedef {import("./plan.js").Aliases} Aliases
 */
import { compose } from "../text.js";
import { textFields } from "./rebase.js";

export const WINDOW = 50;
/** Milliseconds between two changes of one field while somebody types. */
export const PACE = 250;

/** The unanswered changes of one tab. */
export class Outbox {
  /** @param {Aliases} aliases */
  constructor(aliases) {
    this.aliases = aliases;
    /** @type {Pending[]} */
    this.pending = [];
    /** @type {Map<string, number>} when a field last went out */
    this.went = new Map();
    /** After a message was too big or unreadable: one at a time, to find out which. */
    this.careful = false;
  }

  /** @param {string} key */
  find(key) {
    return this.pending.find((one) => one.entry.key === key);
  }

  /** @param {string} key */
  take(key) {
    const at = this.pending.findIndex((one) => one.entry.key === key);
    return at < 0 ? undefined : this.pending.splice(at, 1)[0];
  }

  /**
   * Puts typed text into the change that waits for the same field; null if there is none that may still be altered.
   * @param {import("../types").TextOp} op
   * @param {string} group
   * @returns {Pending | null}
   */
  composeText(op, group) {
    const key = [...textFields([op], this.aliases).keys()][0];
    for (let at = this.pending.length - 1; at >= 0; at -= 1) {
      const one = this.pending[at];
      if (!touches(one, op, key, this.aliases)) continue;
      const last = one.ops[0];
      if (one.entry.sent || one.ops.length !== 1 || last.op !== "text" || one.entry.group !== group) return null;
      one.ops = [{ ...last, delta: compose(last.delta, op.delta) }];
      return one;
    }
    return null;
  }

  /**
   * The next change that may go out, marked as sent and frozen; the time until which to wait, or null.
   * @param {number} now
   * @returns {Pending | number | null}
   */
  next(now) {
    const at = this.pending.findIndex((one) => !one.wired);
    if (at < 0 || this.inFlight() >= (this.careful ? 1 : WINDOW)) return null;
    const one = this.pending[at];
    if (!one.entry.sent) {
      if (this.waits(at)) return null;
      const until = this.restsUntil(at);
      if (until > now) return until;
      freeze(one);
      for (const key of textFields(one.ops, this.aliases).keys()) this.went.set(key, now);
    }
    one.wired = true;
    return one;
  }

  /** How many are on their way and not answered. */
  inFlight() {
    return this.pending.filter((one) => one.wired).length;
  }

  /** A new connection: everything unanswered goes out again, in the old order. */
  unwire() {
    for (const one of this.pending) one.wired = false;
  }

  /**
   * Is an earlier change of one of its text fields still unanswered?
   * @param {number} at
   */
  waits(at) {
    const mine = writtenTexts(this.pending[at].ops, this.aliases);
    if (mine.size === 0) return false;
    return this.pending.slice(0, at).some((one) => {
      const theirs = textFields(one.ops, this.aliases);
      if ([...mine].some((key) => theirs.has(key))) return true;
      return one.ops.some((op) => op.op === "insert" && [...mine].some((key) => key.startsWith(`${op.type}:${op.id}:`)));
    });
  }

  /**
   * A run of typing goes out a few times a second, at once when something stands behind it.
   * @param {number} at
   */
  restsUntil(at) {
    const { ops } = this.pending[at];
    if (at !== this.pending.length - 1 || !ops.every((op) => op.op === "text")) return 0;
    const times = [...textFields(ops, this.aliases).keys()].map((key) => this.went.get(key) ?? -Infinity);
    return Math.max(0, ...times.map((time) => time + PACE));
  }

  /** The entries that are not sent, as they read now: they move with the log until they go. */
  waiting() {
    return this.pending.filter((one) => !one.entry.sent).map((one) => ({ ...one.entry, ops: one.ops, base: one.base }));
  }
}

/**
 * From here on it is sent, and what is sent is never altered.
 * @param {Pending} one
 */
export function freeze(one) {
  const ops = one.ops.map((op) => (op.op === "text" ? { ...op, base: one.base } : op));
  one.entry = { ...one.entry, ops, base: one.base, sent: true };
}

/**
 * @param {Pending} one
 * @param {Op} op
 * @param {string} key
 * @param {Aliases} aliases
 */
function touches(one, op, key, aliases) {
  if (one.entry.kind !== "change") return true;
  if (textFields(one.ops, aliases).has(key)) return true;
  return one.ops.some((other) => other.op === "delete" || (other.op === "insert" && other.id === op.id));
}

/**
 * Text fields written on a record that was there before: by `text`, or by a `set`.
 * @param {readonly Op[]} ops
 * @param {Aliases} aliases
 */
function writtenTexts(ops, aliases) {
  return new Set(textFields(ops.filter((op) => op.op === "text" || op.op === "set"), aliases).keys());
}
