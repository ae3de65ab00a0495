/** Pointer, focus, clipboard and context menu of the board: one listener each on its root. */
import { dragFor } from "./board-drags.js";
import { watchPress } from "./drag.js";
import { addPoint } from "./emotions.js";
import { moveFocus, tabStop } from "./grid-focus.js";
import { attachPan } from "./pan.js";
import { sharePresence } from "./people.js";
import { rename } from "./shaping.js";
import { openMenuFor, thingAt } from "./things.js";
import { pasteText, startCard } from "./writing.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("../types").RecordType} RecordType */

/**
 * @param {Editor} editor
 * @param {HTMLElement} board
 * @returns {() => void} detaches
 */
export function attachBoard(editor, board) {
  const off = new AbortController();
  const { signal } = off;
  board.addEventListener("pointerdown", (event) => onPress(editor, board, event), { signal });
  board.addEventListener("click", (event) => onClick(editor, event), { signal });
  board.addEventListener("dblclick", (event) => onDoubleClick(editor, event), { signal });
  board.addEventListener("contextmenu", (event) => onContextMenu(editor, event), { signal });
  board.addEventListener("focusin", (event) => onFocus(editor, board, event), { signal });
  board.addEventListener("keydown", (event) => moveFocus(editor, board, event), { signal });
  board.addEventListener("wheel", (event) => onWheel(editor, event), { signal, passive: false });
  document.addEventListener("paste", (event) => onPaste(editor, board, event), { signal });
  document.addEventListener("copy", (event) => onCopy(editor, board, event), { signal });
  attachPan(board, signal);
  const stopSharing = sharePresence(editor, board);
  const observer = new MutationObserver(() => tabStop(board));
  observer.observe(board, { childList: true, subtree: true });
  tabStop(board);
  return () => {
    off.abort();
    observer.disconnect();
    stopSharing();
  };
}

/** @param {Editor} editor @param {HTMLElement} board @param {PointerEvent} event */
function onPress(editor, board, event) {
  if (event.button !== 0 || !(event.target instanceof Element)) return;
  const drag = dragFor(editor, board, event.target, { x: event.clientX, y: event.clientY });
  if (drag) watchPress(event, board, drag);
}

/** @param {Editor} editor @param {MouseEvent} event */
function onClick(editor, event) {
  if (!(event.target instanceof Element) || event.target.closest("input, textarea, a")) return;
  const more = event.target.closest("[data-more]");
  const thing = thingAt(event.target);
  if (more && thing) {
    const box = more.getBoundingClientRect();
    editor.select(thing.type, [thing.id]);
    openMenuFor(editor, thing, box.left, box.bottom + 4);
    return;
  }
  if (event.target.closest("button")) {
    const add = event.target.closest("[data-add]");
    if (add instanceof HTMLElement) startIn(editor, add.dataset.add ?? "");
    return;
  }
  if (thing) clickThing(editor, thing, event);
  else clickCell(editor, event);
}

/** @param {Editor} editor @param {{type: RecordType, id: string, node: HTMLElement}} thing @param {MouseEvent} event */
function clickThing(editor, { type, id, node }, event) {
  const chosen = editor.selection.peek();
  const adding = event.shiftKey || event.ctrlKey || event.metaKey;
  if (adding && type === "card" && chosen?.type === "card") {
    const ids = chosen.ids.includes(id) ? chosen.ids.filter((each) => each !== id) : [...chosen.ids, id];
    editor.select("card", ids);
    return;
  }
  const again =
    chosen?.type === type && chosen.ids.length === 1 && chosen.ids[0] === id && node.dataset.ready === "true";
  for (const each of document.querySelectorAll("[data-ready]")) each.removeAttribute("data-ready");
  if (again && type === "card" && editor.canEdit.peek()) {
    editor.write({ type, id, field: "text" });
    return;
  }
  node.dataset.ready = "true";
  editor.select(type, [id]);
  if (document.activeElement !== node) node.focus({ preventScroll: true });
}

/** @param {Editor} editor @param {MouseEvent} event */
function onDoubleClick(editor, event) {
  if (!(event.target instanceof Element) || event.target.closest("button, input, textarea")) return;
  const thing = thingAt(event.target);
  if (!thing || !editor.canEdit.peek()) return;
  const field = event.target.closest("[data-field]");
  if (thing.type === "card") editor.write({ type: "card", id: thing.id, field: "text" });
  else if (thing.type !== "emotion")
    rename(editor, thing.type, thing.id, field instanceof HTMLElement ? field.dataset.field : "title");
}

/** @param {Editor} editor @param {MouseEvent} event */
function clickCell(editor, event) {
  const cell = event.target instanceof Element ? event.target.closest("[data-cell]") : null;
  if (!(cell instanceof HTMLElement)) {
    editor.select("card", []);
    return;
  }
  const [lane, step] = (cell.dataset.cell ?? "").split(":");
  if (cell.dataset.emotions) {
    const plot = cell.querySelector(".plot")?.getBoundingClientRect();
    if (plot)
      addPoint(
        editor,
        lane,
        step,
        Math.max(-100, Math.min(100, Math.round(100 - ((event.clientY - plot.top) / plot.height) * 200))),
      );
  } else if (cell.dataset.empty && editor.canEdit.peek()) startCard(editor, lane, step);
  else {
    editor.select("card", []);
    cell.focus({ preventScroll: true });
  }
}

/** @param {Editor} editor @param {string} cell */
function startIn(editor, cell) {
  const [lane, step] = cell.split(":");
  startCard(editor, lane, step);
}

/** @param {Editor} editor @param {MouseEvent} event */
function onContextMenu(editor, event) {
  if (!(event.target instanceof Element) || event.target.closest("input, textarea, a")) return;
  const thing = thingAt(event.target);
  if (!thing) return;
  event.preventDefault();
  const chosen = editor.selection.peek();
  if (!(chosen?.type === thing.type && chosen.ids.includes(thing.id))) editor.select(thing.type, [thing.id]);
  const box = thing.node.getBoundingClientRect();
  const byKey = event.clientX === 0 && event.clientY === 0;
  openMenuFor(editor, thing, byKey ? box.left + 12 : event.clientX, byKey ? box.top + 24 : event.clientY);
}

/** @param {Editor} editor @param {HTMLElement} board @param {FocusEvent} event */
function onFocus(editor, board, event) {
  if (!(event.target instanceof HTMLElement)) return;
  tabStop(board, event.target);
  // A cell in focus means no card is: Delete must not reach the one selected before.
  if (event.target.dataset.cell && editor.selection.peek()) editor.select("card", []);
  const thing = thingAt(event.target);
  if (!thing || event.target !== thing.node) return;
  const chosen = editor.selection.peek();
  if (!(chosen?.type === thing.type && chosen.ids.includes(thing.id))) editor.select(thing.type, [thing.id]);
}

/** @param {Editor} editor @param {WheelEvent} event pinch and ctrl-wheel zoom */
function onWheel(editor, event) {
  if (!event.ctrlKey) return;
  event.preventDefault();
  editor.setZoom(editor.zoom.peek() * (event.deltaY < 0 ? 1.1 : 0.9));
}

/** @param {HTMLElement} board */
const boardHasFocus = (board) =>
  board.contains(document.activeElement) && !document.activeElement?.matches("input, textarea");

/** @param {Editor} editor @param {HTMLElement} board @param {ClipboardEvent} event */
function onPaste(editor, board, event) {
  if (!editor.canEdit.peek() || !boardHasFocus(board) || !document.activeElement) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const cell = document.activeElement.closest("[data-cell]");
  if (!text.trim() || !(cell instanceof HTMLElement) || cell.dataset.emotions) return;
  event.preventDefault();
  const [lane, step] = (cell.dataset.cell ?? "").split(":");
  const card = document.activeElement.closest("[data-card]");
  pasteText(editor, text, lane, step, card instanceof HTMLElement ? card.dataset.card : undefined);
}

/** @param {Editor} editor @param {HTMLElement} board @param {ClipboardEvent} event */
function onCopy(editor, board, event) {
  const chosen = editor.selection.peek();
  if (chosen?.type !== "card" || !boardHasFocus(board)) return;
  const lines = chosen.ids.map((id) => (editor.store.record("card", id).peek()?.text ?? "").replace(/\n/g, " "));
  event.clipboardData?.setData("text/plain", lines.join("\n"));
  event.preventDefault();
}
