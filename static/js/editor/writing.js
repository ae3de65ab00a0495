/** The keyboard flow of writing cards: start, type, next card, next cell, end; and pasting lines and tables. */
import { t, tn } from "../i18n.js";
import { newId } from "../ids.js";
import { typeInto } from "../typing.js";
import { laneLook } from "./kinds.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("./types").Draft | undefined} Draft */

const MOST_LINES = 2000;
const LONGEST = 10000;

/**
 * Opens an empty card in a cell. Nothing is stored until the first letter.
 * @param {Editor} editor
 * @param {string} lane
 * @param {string} step
 * @param {string | null} [after] the card above; absent: last
 * @param {string} [letter] with which it starts, typed on the cell itself
 */
export function startCard(editor, lane, step, after, letter = "") {
  if (!editor.canEdit.peek()) return;
  const ids = editor.store.cell(lane, step).peek();
  const id = newId();
  const draft = { lane, step, after: after === undefined ? (ids[ids.length - 1] ?? null) : after, group: newId() };
  editor.write({ type: "card", id, field: "text", draft });
  editor.select("card", [id]);
  if (letter) writeCard(editor, id, letter, draft);
}

/** @param {Editor} editor @param {string} id @param {string} text @param {Draft} draft @param {HTMLTextAreaElement} [area] where it is typed */
export function writeCard(editor, id, text, draft, area) {
  const { store } = editor;
  const label = draft ? t("wrote a card") : t("wrote in a card");
  const options = { group: draft?.group, label };
  if (store.record("card", id).peek() && area)
    typeInto(store, area, { type: "card", id, field: "text", text }, options);
  else if (store.record("card", id).peek()) store.typeText("card", id, "text", text, options);
  else if (draft && text) store.edit([insertion(editor, id, draft, text)], { group: draft.group, label });
}

/** @typedef {{lane: string, step: string, after?: string | null}} Place */

/** @param {Editor} editor @param {string} id @param {Place} draft @param {string} text @returns {import("../types").InsertOp} */
function insertion(editor, id, { lane, step, after }, text) {
  const kind = editor.store.record("lane", lane).peek()?.kind ?? "text";
  return {
    op: "insert",
    type: "card",
    id,
    fields: { lane, step, text, color: laneLook(kind).card },
    after: after ?? null,
  };
}

/** Ends writing; a card that was left without a word goes away. @param {Editor} editor @param {string} id */
export function finishCard(editor, id) {
  const now = editor.editing.peek();
  if (now?.id !== id) return;
  editor.stopWriting();
  editor.store.endTyping();
  const card = editor.store.record("card", id).peek();
  if (now.draft && card && !card.text.trim())
    editor.edit([{ op: "delete", type: "card", id }], t("removed an empty card"));
  if (!card && editor.selection.peek()?.ids.includes(id)) editor.select("card", []);
}

/** @param {string} lane @param {string} step */
function focusCell(lane, step) {
  const cell = document.querySelector(`[data-cell="${lane}:${step}"]`);
  if (cell instanceof HTMLElement) cell.focus();
}

/** @param {Editor} editor @param {string} id @param {Draft} draft */
function leaveCard(editor, id, draft) {
  finishCard(editor, id);
  requestAnimationFrame(() => {
    const card = document.querySelector(`[data-card="${id}"]`);
    if (card instanceof HTMLElement) card.focus();
    else if (draft) focusCell(draft.lane, draft.step);
  });
}

/** Where the card that is being written stands, or will. @param {Editor} editor */
function placeOf(editor) {
  const now = editor.editing.peek();
  if (!now) return null;
  const card = editor.store.record("card", now.id).peek();
  if (card) return { lane: card.lane, step: card.step, id: now.id };
  return now.draft ? { ...now.draft, id: now.id } : null;
}

/** @param {Editor} editor @param {KeyboardEvent} event */
export function keyInCard(editor, event) {
  if (event.isComposing) return;
  const place = placeOf(editor);
  if (!place) return;
  const now = editor.editing.peek();
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Escape") leaveCard(editor, place.id, now?.draft);
  else if (event.key === "Enter" && command) nextCard(editor, place);
  else if (event.key === "Enter" && !event.shiftKey) leaveCard(editor, place.id, now?.draft);
  else if (event.key === "Tab") nextCell(editor, place, event.shiftKey ? -1 : 1);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** @param {Editor} editor @param {{lane: string, step: string, id: string}} place */
function nextCard(editor, place) {
  const written = Boolean(editor.store.record("card", place.id).peek()?.text.trim());
  finishCard(editor, place.id);
  startCard(editor, place.lane, place.step, written ? place.id : undefined);
}

/** @param {Editor} editor @param {{lane: string, step: string, id: string}} place @param {1 | -1} direction */
function nextCell(editor, place, direction) {
  finishCard(editor, place.id);
  const { store } = editor;
  const steps = store.allSteps().peek();
  const lanes = store
    .lanes()
    .peek()
    .filter((id) => store.record("lane", id).peek()?.kind !== "emotions");
  const at = lanes.indexOf(place.lane) * steps.length + steps.indexOf(place.step) + direction;
  if (at < 0 || at >= lanes.length * steps.length) {
    requestAnimationFrame(() => focusCell(place.lane, place.step));
    return;
  }
  openCell(editor, lanes[Math.floor(at / steps.length)], steps[at % steps.length]);
}

/** What Enter on a cell does: an empty one starts a card, otherwise the focus moves to its first card. @param {Editor} editor @param {string} lane @param {string} step */
export function openCell(editor, lane, step) {
  const [first] = editor.store.cell(lane, step).peek();
  if (!first) startCard(editor, lane, step);
  else
    requestAnimationFrame(() => {
      const card = document.querySelector(`[data-card="${first}"]`);
      if (card instanceof HTMLElement) card.focus();
    });
}

/** @param {string} text */
function linesOf(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => line.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, "").trim())
    .filter(Boolean);
}

/** Several lines pasted into a new card become several cards. @param {Editor} editor @param {ClipboardEvent} event @param {string} id @param {Draft} draft */
export function pasteInCard(editor, event, id, draft) {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const card = editor.store.record("card", id).peek();
  if (!draft || card?.text || !(linesOf(text).length > 1)) return;
  event.preventDefault();
  finishCard(editor, id);
  pasteText(editor, text, draft.lane, draft.step, draft.after ?? undefined);
}

/**
 * Lines become cards below each other; a table (tabs) fills the cells to the right and down.
 * @param {Editor} editor
 * @param {string} text
 * @param {string} lane
 * @param {string} step
 * @param {string | null} [after]
 */
export function pasteText(editor, text, lane, step, after) {
  const { store } = editor;
  const rows = text.includes("\t") ? tableOf(text) : null;
  /** @type {import("../types").InsertOp[]} */
  const ops = [];
  if (rows) {
    const steps = store.allSteps().peek();
    const lanes = store
      .lanes()
      .peek()
      .filter((id) => store.record("lane", id).peek()?.kind !== "emotions");
    const [top, left] = [lanes.indexOf(lane), steps.indexOf(step)];
    rows.forEach((row, down) =>
      row.forEach((words, right) => {
        const place = { lane: lanes[top + down], step: steps[left + right] };
        if (words.trim() && place.lane && place.step)
          ops.push(
            insertion(
              editor,
              newId(),
              { ...place, after: lastOf(store.cell(place.lane, place.step).peek()) },
              words.trim().slice(0, LONGEST),
            ),
          );
      }),
    );
  } else {
    let above = after === undefined ? lastOf(store.cell(lane, step).peek()) : after;
    for (const line of linesOf(text)) {
      const id = newId();
      ops.push(insertion(editor, id, { lane, step, after: above }, line.slice(0, LONGEST)));
      above = id;
    }
  }
  if (ops.length > MOST_LINES) {
    editor.toast(
      t("That is {n} lines; at most {most} can be pasted at once. Nothing was added. Import it as a file instead.", {
        n: ops.length,
        most: MOST_LINES,
      }),
      { kind: "error" },
    );
    return;
  }
  if (!ops.length) return;
  editor.edit(ops, tn("pasted a card", "pasted {n} cards", ops.length));
  editor.select(
    "card",
    ops.map((op) => op.id),
  );
  editor.announce(tn("Pasted a card.", "Pasted {n} cards.", ops.length));
}

/** @param {string[]} ids */
const lastOf = (ids) => ids[ids.length - 1] ?? null;

/** Tab-separated rows as spreadsheets copy them, quoted cells with line breaks included. @param {string} text @returns {string[][]} */
export function tableOf(text) {
  /** @type {string[][]} */
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < source.length; at += 1) {
    const letter = source[at];
    if (quoted && letter === '"' && source[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"' && (quoted || cell === "")) quoted = !quoted;
    else if (!quoted && (letter === "\t" || letter === "\n")) {
      rows[rows.length - 1].push(cell);
      cell = "";
      if (letter === "\n") rows.push([]);
    } else cell += letter;
  }
  rows[rows.length - 1].push(cell);
  return rows;
}

/** An insert of a card with a new id. @param {Editor} editor @param {Place} draft @param {string} text */
export const insertionOf = (editor, draft, text) => insertion(editor, newId(), draft, text);
