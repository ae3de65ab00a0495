/**
 * An announced operation, complete and with ranks, written onto records.
 *
 * @typedef {import("../types").AnyRecord} AnyRecord
 * @typedef {import("../types").Op} Op
 * @typedef {import("./board.js").Records} Records
 */
import { complete } from "../records.js";
import { apply } from "../text.js";

/**
 * Writes the same on what is confirmed and on the board, which shows nothing but that at this moment.
 * @param {Records} confirmed
 * @param {Records} board
 * @param {Op} op
 */
export function announce(confirmed, board, op) {
  if (op.op === "delete") {
    confirmed.remove(op.type, op.id);
    board.remove(op.type, op.id);
    return;
  }
  const record = written(confirmed.get(op.type, op.id), op);
  if (!record) return;
  confirmed.put(op.type, record);
  board.put(op.type, record);
}

/**
 * The record after an operation.
 * @param {AnyRecord | undefined} before
 * @param {Exclude<Op, import("../types").DeleteOp>} op
 * @returns {AnyRecord | undefined}
 */
export function written(before, op) {
  if (op.op === "insert") return complete(op.type, op.id, op.fields);
  if (!before) return undefined;
  if (op.op === "set") return { ...before, ...op.fields };
  return { ...before, [op.field]: apply(before[op.field] ?? "", op.delta) };
}
