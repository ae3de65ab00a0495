/**
 * The words a person would lose with a change, kept beside it so that they can be shown and copied.
 *
 * @typedef {import("../types").Op} Op
 */
import { isText } from "./plan.js";

/**
 * @param {import("./board.js").Board} board
 * @param {readonly Op[]} ops
 * @param {import("./plan.js").Aliases} aliases
 * @returns {string}
 */
export function wordsOf(board, ops, aliases) {
  const words = ops.flatMap((op) => {
    if (op.op === "delete") return [];
    const record = board.get(op.type, aliases.get(op.id) ?? op.id);
    if (op.op === "text") return [record?.[op.field] ?? inserted(op)];
    const fields = Object.keys(op.fields).filter((field) => isText(op.type, field));
    return fields.map((field) => record?.[field] ?? op.fields[field]);
  });
  return [...new Set(words.filter(Boolean))].join("\n");
}

/** @param {import("../types").TextOp} op */
function inserted(op) {
  return op.delta.filter((part) => typeof part === "string").join(" ");
}
