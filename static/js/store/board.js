/**
 * The records that are shown, with the orders they stand in, and a note of what changed since the last look.
 *
 * Records are never altered in place: a changed record is another object. Lists are kept sorted by rank.
 *
 * @typedef {import("../types").RecordType} RecordType
 * @typedef {import("../types").AnyRecord} AnyRecord
 */
import { compare } from "../rank.js";
import { TABLES, TYPES, siblingsOf, targetOf } from "../records.js";

/** Records by type and id, nothing else: what the server has confirmed. */
export class Records {
  constructor() {
    /** @type {Map<string, Map<string, AnyRecord>>} */
    this.types = new Map(TYPES.map((type) => [type, new Map()]));
  }

  /**
   * @param {RecordType} type
   * @param {string} id
   * @returns {AnyRecord | undefined}
   */
  get(type, id) {
    return this.types.get(type)?.get(id);
  }

  /**
   * @param {RecordType} type
   * @returns {Iterable<AnyRecord>}
   */
  all(type) {
    return this.types.get(type)?.values() ?? [];
  }

  /**
   * @param {RecordType} type
   * @param {AnyRecord} record
   */
  put(type, record) {
    this.types.get(type)?.set(record.id, record);
  }

  /**
   * @param {RecordType} type
   * @param {string} id
   */
  remove(type, id) {
    this.types.get(type)?.delete(id);
  }

  /**
   * Everything anew from a document.
   * @param {import("../types").AnyDocument} document
   */
  load(document) {
    for (const type of TYPES) {
      const { list, single } = TABLES[type];
      const found = single ? [document[list]].filter(Boolean) : (document[list] ?? []);
      const records = /** @type {Map<string, AnyRecord>} */ (this.types.get(type));
      records.clear();
      for (const record of found) records.set(record.id, record);
    }
  }
}

/** Records with the lists they stand in. */
export class Board extends Records {
  constructor() {
    super();
    /** @type {Map<string, string[]>} ids in order, by the name of the list */
    this.lists = new Map();
    /** @type {Set<string>} `type:id` of what changed since the last look */
    this.changed = new Set();
    /** @type {Set<string>} names of the lists that changed since the last look */
    this.reordered = new Set();
    /** @type {Set<string> | null} where to note what is put, while plans are made */
    this.touched = null;
  }

  /**
   * Ids in the order of a list.
   * @param {string} name
   * @returns {readonly string[]}
   */
  list(name) {
    return this.lists.get(name) ?? [];
  }

  /**
   * @param {RecordType} type
   * @param {AnyRecord} record
   */
  put(type, record) {
    const before = this.get(type, record.id);
    if (before === record) return;
    this.note(type, record.id);
    const from = before && listOf(type, before);
    const to = listOf(type, record);
    const stays = from === to && (before?.rank === record.rank || !TABLES[type].ranked);
    if (from !== undefined && !stays) this.leave(from, record.id);
    super.put(type, record);
    if (!stays && to !== undefined) this.enter(to, type, record);
    if (stays && type === "emotion" && to !== undefined) this.reordered.add(to);
  }

  /**
   * @param {RecordType} type
   * @param {string} id
   */
  remove(type, id) {
    const before = this.get(type, id);
    if (!before) return;
    this.note(type, id);
    const from = listOf(type, before);
    if (from !== undefined) this.leave(from, id);
    super.remove(type, id);
  }

  /** @param {import("../types").AnyDocument} document */
  load(document) {
    const known = [...this.keys()];
    for (const name of this.lists.keys()) this.reordered.add(name);
    super.load(document);
    this.lists.clear();
    for (const type of TYPES) for (const record of this.all(type)) this.append(type, record);
    for (const [name, ids] of this.lists) {
      const type = /** @type {RecordType} */ (name.split("|", 1)[0]);
      if (TABLES[type].ranked) ids.sort((a, b) => this.order(type, a, b));
      this.reordered.add(name);
    }
    for (const key of [...known, ...this.keys()]) this.changed.add(key);
  }

  /**
   * What goes with a record, itself last: owned records and the comments on any of them.
   * @param {RecordType} type
   * @param {string} id
   * @returns {[RecordType, string][]}
   */
  owned(type, id) {
    /** @type {[RecordType, string][]} */
    const found = [];
    /** @type {[RecordType, string][]} */
    const open = [[type, id]];
    const seen = new Set([`${type}:${id}`]);
    for (let next = open.pop(); next; next = open.pop()) {
      found.push(next);
      for (const [kind, record] of this.dependents(...next)) {
        const key = `${kind}:${record.id}`;
        if (seen.has(key)) continue;
        seen.add(key);
        open.push([kind, record.id]);
      }
    }
    return found.reverse();
  }

  /**
   * @param {RecordType} type
   * @param {string} id
   * @returns {Generator<[RecordType, AnyRecord]>}
   */
  *dependents(type, id) {
    for (const kind of TYPES) {
      const fields = Object.keys(TABLES[kind].owners).filter((field) => TABLES[kind].owners[field] === type);
      if (fields.length === 0) continue;
      for (const record of this.all(kind)) if (fields.some((field) => record[field] === id)) yield [kind, record];
    }
    for (const comment of this.list(`comment|${type}:${id}`)) {
      const record = this.get("comment", comment);
      if (record) yield ["comment", record];
    }
  }

  /** @returns {Generator<string>} */
  *keys() {
    for (const [type, records] of this.types) for (const id of records.keys()) yield `${type}:${id}`;
  }

  /**
   * @param {RecordType} type
   * @param {string} id
   */
  note(type, id) {
    const key = `${type}:${id}`;
    this.changed.add(key);
    this.touched?.add(key);
  }

  /**
   * @param {RecordType} type
   * @param {AnyRecord} record
   */
  append(type, record) {
    const name = listOf(type, record);
    if (name === undefined) return;
    const ids = this.lists.get(name);
    if (ids) ids.push(record.id);
    else this.lists.set(name, [record.id]);
  }

  /**
   * @param {string} name
   * @param {RecordType} type
   * @param {AnyRecord} record
   */
  enter(name, type, record) {
    this.reordered.add(name);
    const ids = this.lists.get(name);
    if (!ids) return void this.lists.set(name, [record.id]);
    let low = 0;
    let high = ids.length;
    while (TABLES[type].ranked && low < high) {
      const middle = (low + high) >> 1;
      if (this.order(type, ids[middle], record.id) < 0) low = middle + 1;
      else high = middle;
    }
    ids.splice(TABLES[type].ranked ? low : ids.length, 0, record.id);
  }

  /**
   * @param {string} name
   * @param {string} id
   */
  leave(name, id) {
    const ids = this.lists.get(name);
    const at = ids?.indexOf(id) ?? -1;
    if (!ids || at < 0) return;
    this.reordered.add(name);
    ids.splice(at, 1);
    if (ids.length === 0) this.lists.delete(name);
  }

  /**
   * @param {RecordType} type
   * @param {string} a
   * @param {string} b
   */
  order(type, a, b) {
    return compare(this.get(type, a)?.rank ?? "", this.get(type, b)?.rank ?? "") || compare(a, b);
  }
}

/**
 * The list a record is found in: its siblings by rank, the curve points of a lane, the comments on one thing.
 * @param {RecordType} type
 * @param {AnyRecord} record
 * @returns {string | undefined}
 */
export function listOf(type, record) {
  if (TABLES[type].ranked) return siblingsOf(type, record);
  if (type === "emotion") return `emotion|${record.lane}`;
  if (type === "comment") return `comment|${targetOf(record)}`;
  return undefined;
}
