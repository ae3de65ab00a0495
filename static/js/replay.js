/**
 * Announced changes applied to a document: what proves that events equal state, and what history looks back with.
 * The twin of journeymap/sync/replay.py; both are run on tests/vectors/replay.json.
 *
 * @typedef {import("./types").AnyDocument} AnyDocument
 * @typedef {import("./types").AnyRecord} AnyRecord
 * @typedef {import("./types").RecordType} RecordType
 * @typedef {Pick<import("./types").Change, "ops" | "same_as"> & {seq?: number}} Announced
 */
import { compare } from "./rank.js";
import { TABLES, TYPES } from "./records.js";
import { apply } from "./text.js";

/** A change that cannot have been announced for this document. */
export class BadChange extends Error {}

/** How each list is ordered; `@lane` is the place of the lane in its own list. Ties are broken by id.
 * @type {Readonly<Record<RecordType, readonly string[]>>} */
const ORDER = Object.freeze({
  map: [],
  stage: ["rank"],
  step: ["@stage", "rank"],
  lane: ["rank"],
  card: ["@lane", "@step", "rank"],
  emotion: ["@lane", "@step", "persona", "state"],
  comment: ["at"],
  persona: [],
  skill: ["rank"],
  section: ["rank"],
});

/**
 * The document after one announced change; the given one stays as it is.
 * @param {AnyDocument} document
 * @param {Announced} change
 * @returns {AnyDocument}
 */
export function applyChange(document, change) {
  return applyChanges(document, [change]);
}

/**
 * The document after many announced changes, put in order once.
 * @param {AnyDocument} document
 * @param {Iterable<Announced>} changes
 * @returns {AnyDocument}
 */
export function applyChanges(document, changes) {
  const replay = new Replay(document);
  for (const change of changes) replay.apply(change);
  return replay.document();
}

/** A working copy of a document that changes are applied to; records of the original are never altered. */
export class Replay {
  /** @param {AnyDocument} document */
  constructor(document) {
    this.rest = { ...document };
    /** @type {Map<string, string>} */
    this.sameAs = new Map(Object.entries(document.same_as ?? {}));
    /** @type {Map<RecordType, Map<string, AnyRecord>>} */
    this.types = new Map();
    for (const type of TYPES) if (TABLES[type].list in document) this.types.set(type, byId(document, type));
  }

  /**
   * One announced change: complete operations with ranks, in order.
   * @param {Announced} change
   */
  apply(change) {
    for (const [second, first] of Object.entries(change.same_as ?? {})) this.sameAs.set(second, first);
    for (const op of change.ops) this.applyOp(op);
    if (change.seq !== undefined) this.rest.seq = change.seq;
  }

  /**
   * A document with every list in display order.
   * @returns {AnyDocument}
   */
  document() {
    /** @type {AnyDocument} */
    const document = { ...this.rest };
    /** @type {Map<string, Map<string, number>>} */
    const places = new Map();
    for (const [type, records] of this.types) {
      const ordered = inOrder(type, [...records.values()], places);
      places.set(type, new Map(ordered.map((record, place) => [record.id, place])));
      document[TABLES[type].list] = TABLES[type].single ? (ordered[0] ?? null) : ordered;
    }
    return document;
  }

  /** @param {import("./types").Op} op */
  applyOp(op) {
    const records = this.types.get(op.type);
    if (!records) throw new BadChange(`No records of type ${op.type} stand in this document.`);
    const id = this.sameAs.get(op.id) ?? op.id;
    if (op.op === "insert") records.set(id, { id, ...op.fields });
    else if (op.op === "delete") records.delete(id);
    else if (op.op === "set") records.set(id, { ...found(records, id), ...op.fields });
    else if (op.op === "text") {
      const record = found(records, id);
      records.set(id, { ...record, [op.field]: apply(record[op.field], op.delta) });
    } else throw new BadChange(`No operation is called ${/** @type {{op: string}} */ (op).op}.`);
  }
}

/**
 * @param {Map<string, AnyRecord>} records
 * @param {string} id
 */
function found(records, id) {
  const record = records.get(id);
  if (!record) throw new BadChange(`There is no record ${id} to change.`);
  return record;
}

/**
 * @param {AnyDocument} document
 * @param {RecordType} type
 * @returns {Map<string, AnyRecord>}
 */
function byId(document, type) {
  const part = document[TABLES[type].list];
  const records = /** @type {AnyRecord[]} */ (TABLES[type].single ? [part].filter(Boolean) : part);
  return new Map(records.map((record) => [record.id, record]));
}

/**
 * @param {RecordType} type
 * @param {AnyRecord[]} records
 * @param {Map<string, Map<string, number>>} places
 */
function inOrder(type, records, places) {
  const keyed = records.map((record) => ({ record, keys: ORDER[type].map((name) => keyOf(record, name, places)) }));
  keyed.sort((a, b) => {
    for (let at = 0; at < a.keys.length; at += 1) {
      const order = before(a.keys[at], b.keys[at]);
      if (order) return order;
    }
    return compare(a.record.id, b.record.id);
  });
  return keyed.map(({ record }) => record);
}

/**
 * @param {AnyRecord} record
 * @param {string} name
 * @param {Map<string, Map<string, number>>} places
 * @returns {string | number}
 */
function keyOf(record, name, places) {
  if (!name.startsWith("@")) return record[name] ?? "";
  return places.get(name.slice(1))?.get(record[name.slice(1)]) ?? -1;
}

/**
 * @param {string | number} a
 * @param {string | number} b
 */
function before(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return compare(String(a), String(b));
}
