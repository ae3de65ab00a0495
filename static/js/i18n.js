/** Words of the interface: English in the code, other languages from the catalog that the page carries. */

/** @type {Record<string, string>} */
let catalog = {};

/** Reads `<script type="application/json" id="catalog">`, if the page has one. */
export function readCatalog() {
  const node = document.getElementById("catalog");
  if (node?.textContent) catalog = JSON.parse(node.textContent);
}

/**
 * The sentence in the reader's language, `{name}` replaced by its value.
 * @param {string} message
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function t(message, values) {
  const text = catalog[message] ?? message;
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole)) : text;
}

/**
 * One of two sentences by number; `{n}` is the number.
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Record<string, string | number>} [values]
 */
export function tn(one, many, n, values = {}) {
  return t(n === 1 ? one : many, { n, ...values });
}

const language = () => document.documentElement.lang || "en";

/** @param {string | null | undefined} iso @returns {string} "3 minutes ago", "yesterday", "12 March" */
export function ago(iso) {
  if (!iso) return "";
  const seconds = (new Date(iso).getTime() - Date.now()) / 1000;
  const relative = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  if (seconds > -60) return t("just now");
  if (seconds > -3600) return relative.format(Math.round(seconds / 60), "minute");
  if (seconds > -86400) return relative.format(Math.round(seconds / 3600), "hour");
  if (seconds > -7 * 86400) return relative.format(Math.round(seconds / 86400), "day");
  return new Intl.DateTimeFormat(language(), { day: "numeric", month: "short", year: "numeric" }).format(new Date(iso));
}
