/** One icon of the sprite as a virtual node. */
import { h } from "../../vendor/preact.js";

const sprite = () => document.documentElement.dataset.icons ?? "/static/icons/icons.svg";

/**
 * @param {string} name a symbol of static/icons/icons.svg
 * @param {string} [className]
 */
export function icon(name, className = "") {
  return h("svg", { class: `icon ${className}`, "aria-hidden": "true" }, h("use", { href: `${sprite()}#${name}` }));
}
