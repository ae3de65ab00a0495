/** Reads what others say of themselves. It comes from their browsers, so nothing of it is taken on trust. */

/** @typedef {import("../types").Presence | null | undefined} Presence */
/** @typedef {{at: string, x: number, y: number}} Cursor `at` names the cell or heading, x and y are shares of its box */

const ID = /^[0-9a-f-]{36}$/i;
const PLACE = /^[0-9a-f-]{36}(:[0-9a-f-]{36})?$/i;
const MOST = 500;

/** @param {unknown} value @returns {Record<string, unknown>} */
const parts = (value) =>
  typeof value === "object" && value !== null ? /** @type {Record<string, unknown>} */ (value) : {};

/** @param {Presence} state @returns {Cursor | null} */
export function cursorOf(state) {
  const { at, x, y } = parts(state?.cursor);
  if (typeof at !== "string" || !PLACE.test(at) || typeof x !== "number" || typeof y !== "number") return null;
  const inside = (/** @type {number} */ share) => Math.min(1, Math.max(0, share || 0));
  return { at, x: inside(x), y: inside(y) };
}

/** The records somebody has selected. @param {Presence} state @returns {string[]} */
export function selectedBy(state) {
  const { ids } = parts(state?.selection);
  return Array.isArray(ids) ? ids.slice(0, MOST).filter((id) => typeof id === "string" && ID.test(id)) : [];
}

/** The point of the curve somebody is dragging. @param {Presence} state @returns {{id: string, valence: number} | null} */
export function dragOf(state) {
  const { type, id, valence } = parts(state?.drag);
  if (type !== "emotion" || typeof id !== "string" || typeof valence !== "number" || !(Math.abs(valence) <= 100))
    return null;
  return { id, valence };
}
