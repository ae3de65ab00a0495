/**
 * What a person wants, made complete: ids, the first step of a stage, clean text, pieces the server accepts.
 *
 * @typedef {import("../types").Op} Op
 * @typedef {import("../types").Intent} Intent
 */
import { newId } from "../ids.js";
import { kindOf } from "../records.js";
import { clean } from "../text.js";

const MOST_OPS = 500;
const MOST_LETTERS = 60_000;

/**
 * @param {readonly Intent[]} intents
 * @returns {Op[]}
 */
export function completed(intents) {
  /** @type {Op[]} */
  const ops = [];
  for (const intent of intents) {
    const op = withCleanText(intent.op === "insert" ? { ...intent, id: intent.id ?? newId(), fields: intent.fields ?? {} } : intent);
    ops.push(op);
    if (op.op === "insert" && op.type === "stage") ops.push(...firstStep(op.id, intents));
  }
  return ops;
}

/**
 * Pieces of a change that the server takes; a stage keeps together with its first step.
 * @param {Op[]} ops
 * @returns {Op[][]}
 */
export function inChunks(ops) {
  if (ops.length === 0) return [];
  if (ops.length <= MOST_OPS && lettersOf(ops) <= MOST_LETTERS) return [ops];
  /** @type {Op[][]} */
  const chunks = [[]];
  let letters = 0;
  for (const op of stepsBesideStages(ops)) {
    const length = lettersOf([op]);
    const last = /** @type {Op[]} */ (chunks.at(-1));
    const previous = last.at(-1);
    const tied = previous?.op === "insert" && previous.type === "stage";
    if (last.length > 0 && !tied && (last.length >= MOST_OPS - 1 || letters + length > MOST_LETTERS)) {
      chunks.push([op]);
      letters = length;
    } else {
      last.push(op);
      letters += length;
    }
  }
  return chunks;
}

/**
 * A stage that comes without a step gets one here, so that it is shown before the server has answered.
 * @param {string} stage
 * @param {readonly Intent[]} intents
 * @returns {Op[]}
 */
function firstStep(stage, intents) {
  const has = intents.some((op) => op.op === "insert" && op.type === "step" && op.fields?.stage === stage);
  return has ? [] : [{ op: "insert", type: "step", id: newId(), fields: { stage } }];
}

/** @param {Op[]} ops */
function stepsBesideStages(ops) {
  /** @type {Map<unknown, Op>} */
  const firsts = new Map();
  const stages = new Set(ops.filter((op) => op.op === "insert" && op.type === "stage").map((op) => op.id));
  for (const op of ops)
    if (op.op === "insert" && op.type === "step" && stages.has(op.fields.stage) && !firsts.has(op.fields.stage))
      firsts.set(op.fields.stage, op);
  const moved = new Set(firsts.values());
  return ops.filter((op) => !moved.has(op)).flatMap((op) => {
    const first = op.op === "insert" && op.type === "stage" ? firsts.get(op.id) : undefined;
    return first ? [op, first] : [op];
  });
}

/** @param {readonly Op[]} ops */
function lettersOf(ops) {
  return JSON.stringify(ops).length;
}

/**
 * @param {Op} op
 * @returns {Op}
 */
function withCleanText(op) {
  if (op.op !== "insert" && op.op !== "set") return op;
  const fields = Object.entries(op.fields).map(([field, value]) => [
    field,
    typeof value === "string" && kindOf(op.type, field) === "text" ? clean(value) : value,
  ]);
  return { ...op, fields: Object.fromEntries(fields) };
}
