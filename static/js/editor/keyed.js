/** One signal per key, so that a thousand cards may ask "is it me?" and only two of them hear the answer. */
import { batch, signal } from "../../vendor/signals.js";

/**
 * @template T
 * @param {T} nothing what a key has that nobody has set
 */
export function createKeyed(nothing) {
  /** @type {Map<string, import("@preact/signals-core").Signal<T>>} */
  const signals = new Map();
  /** @type {Map<string, T>} */
  let shown = new Map();
  return {
    /** @param {string} key */
    at(key) {
      let found = signals.get(key);
      if (!found) signals.set(key, (found = signal(shown.get(key) ?? nothing)));
      return found;
    },
    /** @param {Map<string, T>} next everything that is set; the rest becomes nothing */
    replace(next) {
      const before = shown;
      shown = next;
      batch(() => {
        for (const key of before.keys()) if (!next.has(key)) this.at(key).value = nothing;
        for (const [key, value] of next) this.at(key).value = value;
      });
    },
  };
}
