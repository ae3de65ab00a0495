/** The keyboard on the board: one tab stop, arrow keys between headings, cells, cards and points. */
import { addPoint, nudgePoint } from "./emotions.js";
import { rename } from "./shaping.js";
import { openMenuFor, thingAt } from "./things.js";
import { openCell, startCard } from "./writing.js";

/** @typedef {import("./state").Editor} Editor */

const STOPS = "[data-stage], [data-step-head], [data-lane-head], [data-cell], [data-card], [data-point]";

/**
 * Keeps exactly one element of the board in the tab order: the one given, else the one there is, else the first.
 * @param {HTMLElement} board
 * @param {HTMLElement} [wanted]
 */
export function tabStop(board, wanted) {
  const now = board.querySelectorAll('[tabindex="0"]');
  const next = wanted?.matches(STOPS)
    ? wanted
    : (now[0] ?? board.querySelector("[data-stage], [data-lane-head], [data-cell]"));
  for (const node of now) if (node !== next) node.setAttribute("tabindex", "-1");
  next?.setAttribute("tabindex", "0");
}

/** @param {Element | null | undefined} node */
function focus(node) {
  if (!(node instanceof HTMLElement)) return;
  node.focus({ preventScroll: true });
  node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** @param {Editor} editor @param {HTMLElement} board @param {KeyboardEvent} event */
export function moveFocus(editor, board, event) {
  const at = event.target;
  if (!(at instanceof HTMLElement) || !at.matches(STOPS) || event.defaultPrevented || editor.dialog.peek()) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (act(editor, board, at, event)) {
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {Editor} editor @param {HTMLElement} board @param {HTMLElement} at @param {KeyboardEvent} event @returns {boolean} whether the key meant something here */
function act(editor, board, at, event) {
  const { key } = event;
  if (at.dataset.point) {
    if (key === "ArrowUp" || key === "ArrowDown") {
      nudgePoint(editor, at.dataset.point, (key === "ArrowUp" ? 1 : -1) * (event.shiftKey ? 1 : 10));
      return true;
    }
    if (key === "Escape") {
      focus(at.closest("[data-cell]"));
      return true;
    }
  }
  if (key === "ArrowUp" || key === "ArrowDown") return vertical(board, at, key === "ArrowUp" ? -1 : 1);
  if (key === "ArrowLeft" || key === "ArrowRight") {
    const rtl = getComputedStyle(board).direction === "rtl";
    return horizontal(board, at, (key === "ArrowLeft") === rtl ? 1 : -1);
  }
  if (key === "Home" || key === "End") return edge(at, key === "Home");
  if (key === "Enter" || key === "F2") return enter(editor, at);
  if (key === "ContextMenu" || (key === "F10" && event.shiftKey)) return menu(editor, at);
  if (key === "Escape") {
    editor.select("card", []);
    if (at.dataset.card) focus(at.closest("[data-cell]"));
    return true;
  }
  if (
    at.dataset.cell &&
    !at.dataset.emotions &&
    key.length === 1 &&
    key !== " " &&
    key !== "/" &&
    key !== "?" &&
    editor.canEdit.peek()
  ) {
    const [lane, step] = at.dataset.cell.split(":");
    startCard(editor, lane, step, undefined, key);
    return true;
  }
  return false;
}

/** @param {Editor} editor @param {HTMLElement} at */
function menu(editor, at) {
  const thing = thingAt(at);
  if (!thing) return false;
  const box = at.getBoundingClientRect();
  openMenuFor(editor, thing, box.left + 12, box.top + 24);
  return true;
}

/** @param {Editor} editor @param {HTMLElement} at */
function enter(editor, at) {
  const { cell, card, stage, stepHead, laneHead, emotions } = at.dataset;
  if (cell) {
    const [lane, step] = cell.split(":");
    if (emotions) addPoint(editor, lane, step);
    else openCell(editor, lane, step);
    return true;
  }
  if (!editor.canEdit.peek()) return false;
  if (card) editor.write({ type: "card", id: card, field: "text" });
  else if (stage) rename(editor, "stage", stage);
  else if (stepHead) rename(editor, "step", stepHead);
  else if (laneHead) rename(editor, "lane", laneHead);
  else return false;
  return true;
}

/** The rows of the board from top to bottom. @param {HTMLElement} board */
const rowsOf = (board) => [...board.querySelectorAll(".board-grid [role='row']")];

/** The stops of a row from its heading on: one a column. @param {Element} row */
const stopsOf = (row) => [...row.querySelectorAll("[data-stage], [data-step-head], [data-lane-head], [data-cell]")];

/** Which column of cells a stop belongs to, and how many it covers. @param {Element} stop */
function columnOf(stop) {
  const row = /** @type {Element} */ (stop.closest("[role='row']"));
  let column = 0;
  for (const each of stopsOf(row)) {
    if (each === stop) break;
    column += each.matches("[data-lane-head]") ? 0 : Number(each.getAttribute("aria-colspan") ?? 1);
  }
  return stop.matches("[data-lane-head]") ? -1 : column;
}

/** @param {Element} row @param {number} column */
function stopAt(row, column) {
  if (column < 0) return row.querySelector("[data-lane-head]") ?? stopsOf(row)[0];
  let passed = 0;
  for (const stop of stopsOf(row)) {
    if (stop.matches("[data-lane-head]")) continue;
    passed += Number(stop.getAttribute("aria-colspan") ?? 1);
    if (column < passed) return stop;
  }
  return stopsOf(row).at(-1);
}

/** @param {HTMLElement} board @param {HTMLElement} at @param {1 | -1} by */
function vertical(board, at, by) {
  const cell = at.closest("[data-cell]");
  if (cell) {
    const cards = [...cell.querySelectorAll("[data-card]")];
    const next = at === cell ? (by > 0 ? cards[0] : null) : cards[cards.indexOf(at) + by];
    if (next) {
      focus(next);
      return true;
    }
    if (at !== cell && by < 0 && !at.dataset.point) {
      focus(cell);
      return true;
    }
  }
  const stop = cell ?? at;
  const rows = rowsOf(board);
  const row = rows[rows.indexOf(/** @type {Element} */ (stop.closest("[role='row']"))) + by];
  if (!row) return true;
  const target = stopAt(row, columnOf(stop));
  const cards = by < 0 && target?.matches("[data-cell]") ? [...target.querySelectorAll("[data-card]")] : [];
  focus(cards.at(-1) ?? target);
  return true;
}

/** @param {HTMLElement} board @param {HTMLElement} at @param {1 | -1} by */
function horizontal(board, at, by) {
  const stop = at.closest("[data-cell]") ?? at;
  const stops = stopsOf(/** @type {Element} */ (stop.closest("[role='row']")));
  const next = stops[stops.indexOf(stop) + by];
  if (!next) return true;
  const cards = at.dataset.card && next.matches("[data-cell]") ? next.querySelectorAll("[data-card]") : [];
  const from = at.dataset.card ? [...stop.querySelectorAll("[data-card]")].indexOf(at) : 0;
  const point = at.dataset.point ? next.querySelector("[data-point][data-active]") : null;
  focus(point ?? cards[Math.min(from, cards.length - 1)] ?? next);
  return true;
}

/** @param {HTMLElement} at @param {boolean} start */
function edge(at, start) {
  const stops = stopsOf(/** @type {Element} */ (at.closest("[role='row']")));
  focus(start ? stops[0] : stops.at(-1));
  return true;
}
