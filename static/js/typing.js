/**
 * Between a field of the page and the store: what is typed goes in as a delta against what the field read, what a
 * colleague writes comes out without moving the caret away from its words.
 *
 * While an input method composes, the page must not touch the field; then the field is behind what is shown, and only
 * the difference to what it read itself may go in. Taking the field's whole text would take the colleague's words out.
 *
 * @typedef {HTMLInputElement | HTMLTextAreaElement} Area
 */
import { difference, toPoints, toUnits, transformCaret } from "./text.js";

/** @type {WeakMap<Area, string>} what a field read when the store last knew of it */
const seen = new WeakMap();
/** @type {Map<EventTarget, string | null>} fields in which an input method composes, with what to show when it ends */
const composing = new Map();

if (typeof document !== "undefined") {
  document.addEventListener("compositionstart", ({ target }) => target && composing.set(target, null), true);
  document.addEventListener("compositionend", ({ target }) => target && ended(/** @type {Area} */ (target)), true);
}

/**
 * Call on `input`: sends what was typed.
 * @param {import("./store.js").Store} store
 * @param {Area} area
 * @param {{type: import("./types").RecordType, id: string, field: string, text?: string}} target `text` if the words
 *   are stored otherwise than they read (in one line, say)
 * @param {{group?: string, label?: string}} [options]
 */
export function typeInto(store, area, { type, id, field, text = area.value }, options = {}) {
  const before = seen.get(area);
  seen.set(area, text);
  store.typeText(type, id, field, text, { ...options, caret: area.selectionStart, seen: before });
}

/**
 * Call when the field appears and whenever the text changes: shows it; at the end of a composition, if there is one.
 * @param {Area} area
 * @param {string} text
 */
export function showText(area, text) {
  if (composing.has(area)) return void composing.set(area, text);
  seen.set(area, text);
  const before = area.value;
  if (before === text) return;
  const { selectionStart: start, selectionEnd: end, selectionDirection: direction } = area;
  const over = difference(before, text);
  const moved = (/** @type {number} */ at) => toUnits(text, transformCaret(toPoints(before, at), over));
  area.value = text;
  if (document.activeElement === area && start !== null && end !== null)
    area.setSelectionRange(moved(start), moved(end), direction ?? undefined);
}

/** @param {Area} area */
function ended(area) {
  const late = composing.get(area) ?? null;
  // The last letters of a composition may come in an input event behind its end.
  setTimeout(() => {
    const text = composing.get(area) ?? late;
    composing.delete(area);
    if (text !== null && area.isConnected) showText(area, text);
  });
}
