/**
 * Unanswered text moved onto what the log has in the meantime, so that both writers keep every letter.
 *
 * @typedef {import("../types").Op} Op
 * @typedef {import("../types").Delta} Delta
 * @typedef {import("../types").Change} Change
 * @typedef {import("../types").RecordType} RecordType
 * @typedef {import("./plan.js").Aliases} Aliases
 * @typedef {object} Pending
 * @property {import("../types").Entry} entry as it is kept and sent
 * @property {Op[]} ops the same operations, rebased onto what is confirmed now
 * @property {number} base the seq these operations stand on
 * @property {boolean} wired went out on this connection
 * @typedef {object} Rebased
 * @property {Map<string, Delta[]>} shown by field: what the change did to the text that is shown
 * @property {Set<string>} lost fields whose waiting text could not be rebased
 */
import { isText } from "./plan.js";
import { apply, difference, normalise, transform } from "../text.js";

/**
 * A field of a record, as a key.
 * @param {string} type
 * @param {string} id
 * @param {string} field
 */
export const fieldKey = (type, id, field) => `${type}:${id}:${field}`;

/**
 * Rebases all that is unanswered over one change of the log. Alters the `ops` of the pending entries.
 * @param {readonly Pending[]} pending
 * @param {Change} change
 * @param {Aliases} aliases
 * @param {(type: RecordType, id: string, field: string) => string | null} textOf the confirmed text before the
 *   change; null where it is not known
 * @param {readonly Pending[]} [held] what was taken back before it went out: it stands behind the rest, not shown
 * @returns {Rebased}
 */
export function rebase(pending, change, aliases, textOf, held = []) {
  /** @type {Rebased} */
  const result = { shown: new Map(), lost: new Set() };
  const own = pending.findIndex(({ entry }) => entry.key === change.key);
  const rest = own < 0 ? pending : pending.slice(own + 1);
  const mine = textFields(own < 0 ? [] : pending[own].ops, aliases);
  for (const [key, [type, id, field]] of new Map([...mine, ...textFields(change.ops, aliases)])) {
    const before = textOf(type, id, field);
    const deltas = mine.has(key)
      ? gap(pending[own].ops, change.ops, key, before, aliases)
      : theirs(change.ops, key, before, aliases);
    if (deltas === null) result.lost.add(key);
    else if (deltas.length) {
      const shown = through(rest, deltas, key, change.seq, aliases);
      through(held, shown, key, change.seq, aliases);
      result.shown.set(key, shown);
    }
  }
  return result;
}

/**
 * Rebases entries over deltas of one field; gives the deltas as they read behind them.
 * @param {readonly Pending[]} pending
 * @param {Delta[]} deltas
 * @param {string} key
 * @param {number} seq entries that stand on this seq or later have seen it
 * @param {Aliases} aliases
 * @returns {Delta[]}
 */
export function through(pending, deltas, key, seq, aliases) {
  return deltas.map((delta) => {
    for (const one of pending) {
      if (one.base >= seq) continue;
      one.ops = one.ops.map((op) => {
        if (overwrites(op, key, aliases)) delta = [];
        if (op.op !== "text" || keyOf(op, aliases) !== key) return op;
        const moved = { ...op, delta: transform(op.delta, delta, false) };
        delta = transform(delta, op.delta, true);
        return moved;
      });
    }
    return delta;
  });
}

/**
 * Text fields that an operation list writes: key to its parts.
 * @param {readonly Op[]} ops
 * @param {Aliases} aliases
 * @returns {Map<string, [RecordType, string, string]>}
 */
export function textFields(ops, aliases) {
  /** @type {Map<string, [RecordType, string, string]>} */
  const found = new Map();
  for (const op of ops) {
    if (op.op === "delete") continue;
    const id = aliases.get(op.id) ?? op.id;
    const names = op.op === "text" ? [op.field] : Object.keys(op.fields).filter((field) => isText(op.type, field));
    for (const field of names) found.set(fieldKey(op.type, id, field), [op.type, id, field]);
  }
  return found;
}

/**
 * What an own change wrote minus what was expected of it; nothing, as a rule.
 * @param {readonly Op[]} mine
 * @param {readonly Op[]} announced
 * @param {string} key
 * @param {string | null} before
 * @param {Aliases} aliases
 * @returns {Delta[] | null}
 */
function gap(mine, announced, key, before, aliases) {
  const expected = read(mine, key, before, aliases);
  const written = read(announced, key, before, aliases);
  if (expected !== null && written !== null) return expected === written ? [] : [difference(expected, written)];
  return JSON.stringify(deltasOf(mine, key, aliases)) === JSON.stringify(deltasOf(announced, key, aliases)) ? [] : null;
}

/**
 * What a colleague's change did to a field, as deltas.
 * @param {readonly Op[]} ops
 * @param {string} key
 * @param {string | null} before
 * @param {Aliases} aliases
 * @returns {Delta[] | null}
 */
function theirs(ops, key, before, aliases) {
  if (!ops.some((op) => overwrites(op, key, aliases))) return deltasOf(ops, key, aliases);
  const after = read(ops, key, before, aliases);
  if (before === null || after === null) return null;
  return before === after ? [] : [difference(before, after)];
}

/**
 * @param {readonly Op[]} ops
 * @param {string} key
 * @param {Aliases} aliases
 */
function deltasOf(ops, key, aliases) {
  /** @type {Delta[]} */
  const found = [];
  for (const op of ops) if (op.op === "text" && keyOf(op, aliases) === key) found.push(normalise(op.delta));
  return found;
}

/**
 * The text of a field after operations; null if it cannot be known.
 * @param {readonly Op[]} ops
 * @param {string} key
 * @param {string | null} before
 * @param {Aliases} aliases
 * @returns {string | null}
 */
function read(ops, key, before, aliases) {
  let text = before;
  for (const op of ops) {
    if (overwrites(op, key, aliases)) text = op.op === "delete" ? null : written(op, key);
    if (op.op !== "text" || text === null || keyOf(op, aliases) !== key) continue;
    try {
      text = apply(text, op.delta);
    } catch {
      return null;
    }
  }
  return text;
}

/**
 * @param {Op} op
 * @param {string} key
 */
function written(op, key) {
  const field = key.slice(key.lastIndexOf(":") + 1);
  const fields = op.op === "insert" || op.op === "set" ? op.fields : {};
  return typeof fields[field] === "string" ? fields[field] : "";
}

/**
 * Does the operation write the whole field, or take the record away?
 * @param {Op} op
 * @param {string} key
 * @param {Aliases} aliases
 */
function overwrites(op, key, aliases) {
  const id = aliases.get(op.id) ?? op.id;
  if (!key.startsWith(`${op.type}:${id}:`)) return false;
  const field = key.slice(key.lastIndexOf(":") + 1);
  if (op.op === "set") return typeof op.fields[field] === "string";
  // An insert that reaches an existing point writes only the fields it gives.
  if (op.op === "insert") return id === op.id || typeof op.fields[field] === "string";
  return op.op === "delete";
}

/**
 * @param {import("../types").TextOp} op
 * @param {Aliases} aliases
 */
function keyOf(op, aliases) {
  return fieldKey(op.type, aliases.get(op.id) ?? op.id, op.field);
}
