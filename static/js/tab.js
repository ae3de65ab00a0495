/**
 * The id of this browser tab: it survives a reload, so that one's own undo and unsent edits do too.
 */
import { newId } from "./ids.js";

const KEY = "journeymap.tab";

/**
 * @param {import("./types").Memory | null} memory sessionStorage
 * @returns {string}
 */
export function tabId(memory) {
  try {
    const known = memory?.getItem(KEY);
    if (known) return known;
  } catch {
    return newId();
  }
  return newTabId(memory);
}

/**
 * Another id, for a tab that was duplicated from one that is still open.
 * @param {import("./types").Memory | null} memory
 * @returns {string}
 */
export function newTabId(memory) {
  const id = newId();
  try {
    memory?.setItem(KEY, id);
  } catch {
    // Storage is forbidden: the id lives as long as the page.
  }
  return id;
}

/** @returns {import("./types").Memory | null} sessionStorage, or nothing where it is forbidden */
export function tabMemory() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
