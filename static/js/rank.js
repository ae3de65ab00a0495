/**
 * Order keys: strings that sort by code point, with a new key always possible between two.
 * The twin of journeymap/sync/rank.py.
 */
import { generateKeyBetween, generateNKeysBetween } from "../vendor/fractional-indexing.js";

/**
 * A key after `a` and before `b`; null is the start or the end.
 * @param {string | null} a
 * @param {string | null} b
 * @returns {string}
 */
export function between(a, b) {
  return generateKeyBetween(a, b);
}

/**
 * `n` keys in order between `a` and `b`: counted on at an open end, spread evenly in between.
 * @param {string | null} a
 * @param {string | null} b
 * @param {number} n
 * @returns {string[]}
 */
export function many(a, b, n) {
  return generateNKeysBetween(a, b, n);
}

/**
 * Order of two strings by code point (order keys and ids are ASCII, where that is UTF-16 order too).
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
export function compare(a, b) {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * Order of two records: by rank, ties by id.
 * @param {{rank: string, id: string}} a
 * @param {{rank: string, id: string}} b
 * @returns {number}
 */
export function byRank(a, b) {
  return compare(a.rank, b.rank) || compare(a.id, b.id);
}
