/**
 * What an edit will look like before the server has answered: the inbound operations carried out on the board
 * that is shown, with places, defaults and everything a delete takes along, as the protocol says.
 *
 * @typedef {import("../types").RecordType} RecordType
 * @typedef {import("../types").AnyRecord} AnyRecord
 * @typedef {import("../types").Op} Op
 * @typedef {import("./board.js").Board} Board
 * @typedef {Map<string, string>} Aliases ids of points that reach another point
 */
import { between } from "../rank.js";
import { TABLES, TYPES, complete, isList, kindOf, siblingsOf } from "../records.js";
import { apply } from "../text.js";

/**
 * Carries out operations; those whose record is gone have no effect here and are left to the server to refuse.
 * @param {Board} board
 * @param {readonly Op[]} ops
 * @param {Aliases} aliases
 */
export function carryOut(board, ops, aliases) {
  for (const op of ops) PLANS[op.op](board, /** @type {any} */ (op), aliases);
}

/**
 * Has every record an operation is about, as far as can be seen from here?
 * @param {Board} board
 * @param {Op} op
 * @param {Aliases} aliases
 */
export function isPossible(board, op, aliases) {
  if (op.op === "delete") return true;
  if (op.op === "insert") return hasOwners(board, op.type, op.fields);
  return board.get(op.type, aliases.get(op.id) ?? op.id) !== undefined;
}

const PLANS = { insert, set, text, delete: remove };

/**
 * @param {Board} board
 * @param {import("../types").InsertOp} op
 * @param {Aliases} aliases
 */
function insert(board, op, aliases) {
  const id = aliases.get(op.id) ?? op.id;
  const { type } = op;
  if (board.get(type, id) && id === op.id) return;
  if (!hasOwners(board, type, op.fields)) return;
  const record = complete(type, id, plain(type, op.fields));
  const taken = holder(board, type, record);
  if (taken) {
    if (taken.id !== op.id) aliases.set(op.id, taken.id);
    board.put(type, { ...taken, ...plain(type, op.fields) });
    return;
  }
  if (TABLES[type].ranked) record.rank = rankFor(board, siblingsOf(type, record), type, id, op.after);
  board.put(type, record);
}

/**
 * @param {Board} board
 * @param {import("../types").SetOp} op
 * @param {Aliases} aliases
 */
function set(board, op, aliases) {
  const { type } = op;
  const record = board.get(type, aliases.get(op.id) ?? op.id);
  if (!record) return;
  if (isKept(record, op)) return;
  const next = { ...record };
  for (const [field, wanted] of Object.entries(op.fields))
    if (holds(record, op, field)) next[field] = merged(type, field, record[field], wanted);
  const taken = holder(board, type, next);
  if (taken && taken.id !== record.id) return;
  if (!hasOwners(board, type, next)) return;
  if (TABLES[type].ranked) place(board, type, record, next, op.after);
  board.put(type, next);
}

/**
 * @param {Board} board
 * @param {import("../types").TextOp} op
 * @param {Aliases} aliases
 */
function text(board, op, aliases) {
  const record = board.get(op.type, aliases.get(op.id) ?? op.id);
  const before = record?.[op.field];
  if (!record || typeof before !== "string") return;
  try {
    board.put(op.type, { ...record, [op.field]: apply(before, op.delta) });
  } catch {
    // Written on a text this tab has not seen; the server knows how to rebase it.
  }
}

/**
 * @param {Board} board
 * @param {import("../types").DeleteOp} op
 * @param {Aliases} aliases
 */
function remove(board, op, aliases) {
  const id = aliases.get(op.id) ?? op.id;
  if (!board.get(op.type, id)) return;
  const gone = board.owned(op.type, id);
  for (const [type, owned] of gone) board.remove(type, owned);
  forget(board, new Set(gone.map(([type, owned]) => `${type}:${owned}`)));
}

/**
 * References to what is gone become null, names in lists are taken out.
 * @param {Board} board
 * @param {Set<string>} gone
 */
function forget(board, gone) {
  for (const type of TYPES) {
    const fields = Object.entries(TABLES[type].fields).filter(([, field]) => field.to);
    if (fields.length === 0) continue;
    for (const record of [...board.all(type)]) {
      /** @type {Record<string, unknown>} */
      const changed = {};
      for (const [name, { kind, to }] of fields) {
        if (kind === "ref" && gone.has(`${to}:${record[name]}`)) changed[name] = null;
        if (kind === "refs" && record[name].some((/** @type {string} */ id) => gone.has(`${to}:${id}`)))
          changed[name] = record[name].filter((/** @type {string} */ id) => !gone.has(`${to}:${id}`));
      }
      if (Object.keys(changed).length) board.put(type, { ...record, ...changed });
    }
  }
}

/**
 * @param {Board} board
 * @param {RecordType} type
 * @param {Record<string, unknown>} fields
 */
function hasOwners(board, type, fields) {
  return Object.entries(TABLES[type].owners).every(
    ([field, owner]) => fields[field] === null || fields[field] === undefined || board.get(owner, String(fields[field])),
  );
}

/**
 * The record that already stands where only one may stand.
 * @param {Board} board
 * @param {RecordType} type
 * @param {AnyRecord} record
 * @returns {AnyRecord | undefined}
 */
function holder(board, type, record) {
  const { unique } = TABLES[type];
  if (unique.length === 0) return undefined;
  for (const id of board.list(`emotion|${record.lane}`)) {
    const other = board.get(type, id);
    if (other && unique.every((field) => other[field] === record[field])) return other;
  }
  return undefined;
}

/**
 * A condition on a field that the operation does not set keeps all of it back.
 * @param {AnyRecord} record
 * @param {import("../types").SetOp} op
 */
function isKept(record, op) {
  const own = new Set([...Object.keys(op.fields), ...TABLES[op.type].place]);
  return Object.entries(op.only_if ?? {}).some(([field, wanted]) => !own.has(field) && !same(record[field], wanted));
}

/**
 * @param {AnyRecord} record
 * @param {import("../types").SetOp} op
 * @param {string} field
 */
function holds(record, op, field) {
  if (!op.only_if) return true;
  const { place: placed } = TABLES[op.type];
  const together = placed.includes(field) ? placed : [field];
  return together.every((name) => !(name in /** @type {object} */ (op.only_if)) || same(record[name], op.only_if?.[name]));
}

/**
 * @param {RecordType} type
 * @param {string} field
 * @param {unknown} before
 * @param {any} wanted
 */
function merged(type, field, before, wanted) {
  if (!isList(type, field) || Array.isArray(wanted) || wanted === null) return wanted;
  const list = Array.isArray(before) ? before : [];
  const removed = new Set(wanted.remove ?? []);
  const kept = list.filter((item) => !removed.has(item));
  for (const item of wanted.add ?? []) if (!kept.includes(item)) kept.push(item);
  return kept;
}

/**
 * Fields of an insert, with lists whole.
 * @param {RecordType} type
 * @param {Record<string, unknown>} fields
 */
function plain(type, fields) {
  return Object.fromEntries(Object.entries(fields).map(([field, wanted]) => [field, merged(type, field, [], wanted)]));
}

/**
 * Gives the moved record its rank.
 * @param {Board} board
 * @param {RecordType} type
 * @param {AnyRecord} before
 * @param {AnyRecord} next
 * @param {string | null | undefined} after
 */
function place(board, type, before, next, after) {
  const target = siblingsOf(type, next);
  const moved = target !== siblingsOf(type, before);
  if (after === undefined && !moved) return;
  if (!moved && standsBehind(board.list(target), before.id, after ?? null)) return;
  next.rank = rankFor(board, target, type, before.id, after);
}

/**
 * @param {readonly string[]} ids
 * @param {string} id
 * @param {string | null} after
 */
function standsBehind(ids, id, after) {
  const at = ids.indexOf(id);
  return at >= 0 && (at === 0 ? null : ids[at - 1]) === after;
}

/**
 * A rank behind a neighbour: null first, undefined or unknown last.
 * @param {Board} board
 * @param {string} list
 * @param {RecordType} type
 * @param {string} id
 * @param {string | null | undefined} after
 */
function rankFor(board, list, type, id, after) {
  const others = board.list(list).filter((other) => other !== id);
  const found = typeof after === "string" ? others.indexOf(after) : -1;
  const at = after === null ? 0 : found >= 0 ? found + 1 : others.length;
  const rank = (/** @type {number} */ index) => board.get(type, others[index])?.rank ?? null;
  const low = at > 0 ? rank(at - 1) : null;
  const high = at < others.length ? rank(at) : null;
  // Ranks of one list never tie; if a fault makes them, stand behind both.
  return low !== null && low === high ? `${low}V` : between(low, high);
}

/**
 * @param {unknown} a
 * @param {unknown} b
 */
export function same(a, b) {
  return a === b || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
}

/**
 * Is this field of the kind that travels in deltas?
 * @param {RecordType} type
 * @param {string} field
 */
export function isText(type, field) {
  return kindOf(type, field) === "text";
}
