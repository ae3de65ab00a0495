/**
 * What the page looks at: one signal per record and one per order, told only of what really changed.
 *
 * @typedef {import("../types").RecordType} RecordType
 * @typedef {import("../types").AnyRecord} AnyRecord
 */
import { batch, signal } from "../../vendor/signals-core.js";
import { compare } from "../rank.js";
import { same } from "./plan.js";

/**
 * @template T
 * @typedef {import("../../vendor/signals-core.js").Signal<T>} Signal
 */

/** Signals over a board. */
export class Shown {
  /** @param {import("./board.js").Board} board */
  constructor(board) {
    this.board = board;
    /** @type {Map<string, Signal<AnyRecord | null>>} */
    this.records = new Map();
    /** @type {Map<string, Signal<string[]>>} */
    this.orders = new Map();
  }

  /**
   * @param {RecordType} type
   * @param {string} id
   * @returns {Signal<AnyRecord | null>}
   */
  record(type, id) {
    const key = `${type}:${id}`;
    let found = this.records.get(key);
    if (!found) this.records.set(key, (found = signal(this.board.get(type, id) ?? null)));
    return found;
  }

  /**
   * The ids of a list of the board, in order; `steps` is the list of all columns.
   * @param {string} name
   * @returns {Signal<string[]>}
   */
  order(name) {
    let found = this.orders.get(name);
    if (!found) this.orders.set(name, (found = signal(this.read(name))));
    return found;
  }

  /** Tells the signals what changed since the last time; gives whether anything did. */
  tell() {
    const { changed, reordered } = this.board;
    if (changed.size === 0 && reordered.size === 0) return false;
    batch(() => {
      for (const key of changed) this.tellRecord(key);
      for (const name of this.stale(reordered)) this.tellOrder(name);
    });
    changed.clear();
    reordered.clear();
    return true;
  }

  /** @param {string} key */
  tellRecord(key) {
    const found = this.records.get(key);
    if (!found) return;
    const cut = key.indexOf(":");
    const now = this.board.get(/** @type {RecordType} */ (key.slice(0, cut)), key.slice(cut + 1)) ?? null;
    if (!sameRecord(found.peek(), now)) found.value = now;
  }

  /** @param {string} name */
  tellOrder(name) {
    const found = this.orders.get(name);
    if (!found) return;
    const now = this.read(name);
    const before = found.peek();
    if (before.length !== now.length || before.some((id, index) => id !== now[index])) found.value = now;
  }

  /**
   * Columns follow stages and steps, curves follow columns.
   * @param {Set<string>} reordered
   * @returns {Set<string>}
   */
  stale(reordered) {
    const names = new Set(reordered);
    const columns = [...reordered].some((name) => name === "stage" || name.startsWith("step|"));
    if (!columns) return names;
    names.add("steps");
    for (const name of this.orders.keys()) if (name.startsWith("emotion|")) names.add(name);
    return names;
  }

  /**
   * @param {string} name
   * @returns {string[]}
   */
  read(name) {
    if (name === "steps") return this.columns();
    if (name.startsWith("emotion|")) return this.curve(name);
    return [...this.board.list(name)];
  }

  /** @returns {string[]} */
  columns() {
    return this.board.list("stage").flatMap((stage) => this.board.list(`step|${stage}`));
  }

  /** @param {string} name */
  curve(name) {
    const column = new Map(this.columns().map((id, index) => [id, index]));
    const points = this.board.list(name).map((id) => /** @type {AnyRecord} */ (this.board.get("emotion", id)));
    points.sort(
      (a, b) =>
        (column.get(a.step) ?? 0) - (column.get(b.step) ?? 0) ||
        compare(a.persona ?? "", b.persona ?? "") ||
        compare(a.state, b.state) ||
        compare(a.id, b.id),
    );
    return points.map((point) => point.id);
  }
}

/**
 * @param {AnyRecord | null} a
 * @param {AnyRecord | null} b
 */
function sameRecord(a, b) {
  if (a === b) return true;
  if (a === null || b === null) return false;
  const fields = Object.keys(b);
  return fields.length === Object.keys(a).length && fields.every((field) => same(a[field], b[field]));
}
