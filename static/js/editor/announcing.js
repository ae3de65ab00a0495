/** What colleagues do, in sentences for the polite live region: who did what to what, and where it went. */
import { t, tn } from "../i18n.js";
import { laneTitle, short } from "./naming.js";
import { typeName } from "./state.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").Change} Change */
/** @typedef {import("../types").AnyRecord} AnyRecord */
/** @typedef {(type: import("../types").RecordType, id: string) => AnyRecord | undefined} Before */

const QUIET = 1200;

/**
 * One sentence for a change; empty for letters of a running text, which would drown the rest.
 * @param {Editor} editor
 * @param {Change} change
 * @param {Before} before
 * @returns {string}
 */
export function sentenceFor(editor, change, before) {
  const who = change.actor?.name || t("Somebody");
  const op = change.ops.find((each) => each.op !== "text");
  if (!op) return "";
  if (change.ops.length > 3) return tn("{who} made {n} change.", "{who} made {n} changes.", change.ops.length, { who });
  const now = editor.store.record(op.type, op.id).peek();
  const what = called(op.type, now ?? before(op.type, op.id));
  if (op.op === "delete") return t("{who} deleted {what}.", { who, what });
  if (op.op === "insert") return t("{who} added {what}{where}.", { who, what, where: whereIs(editor, op.type, now) });
  if ("lane" in op.fields || "step" in op.fields || "rank" in op.fields)
    return t("{who} moved {what}{where}.", { who, what, where: whereIs(editor, op.type, now) });
  return t("{who} changed {what}.", { who, what });
}

/** @param {string} type @param {AnyRecord | null | undefined} record */
function called(type, record) {
  const words = record?.text || record?.title || record?.feeling;
  return words ? `“${short(String(words))}”` : typeName(type);
}

/** @param {Editor} editor @param {string} type @param {AnyRecord | null} record */
function whereIs({ store }, type, record) {
  if (type !== "card" || !record) return "";
  const step = store.record("step", record.step).peek();
  const stage = step ? store.record("stage", step.stage).peek() : null;
  const column = [stage?.title, step?.title].filter(Boolean).join(", ");
  return ` ${t("in {lane}", { lane: [laneTitle(store.record("lane", record.lane).peek()), column].filter(Boolean).join(", ") })}`;
}

/** Speaks of colleagues' changes, at most every second or so; the latest wins. @param {Editor} editor */
export function announceOthers(editor) {
  /** @type {() => string} */
  let waiting = () => "";
  let timer = 0;
  editor.store.onRemote((change, before) => {
    const now = sentenceFor(editor, change, before);
    if (!now) return;
    const gone = change.ops.some((op) => op.op === "delete");
    // Of what is still being written, the words as they are when it is said.
    waiting = () => (gone ? now : sentenceFor(editor, change, before));
    timer ||= window.setTimeout(() => {
      timer = 0;
      editor.announce(waiting());
    }, QUIET);
  });
}
