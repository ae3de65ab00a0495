/** One icon of the sprite as a virtual node. */
import { h } from "../../vendor/preact.js";

/** Takes the sprite into the page, so that icons are drawn without a network too. */
export async function keepIcons() {
  const root = document.documentElement;
  try {
    const answer = await fetch(sprite());
    const drawing = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    drawing.setAttribute("hidden", "");
    document.body.append(document.importNode(drawing, true));
    root.dataset.icons = "";
  } catch {
    // Then each icon is fetched by its address, as before.
  }
}

const sprite = () => document.documentElement.dataset.icons ?? "/static/icons/icons.svg";

/**
 * @param {string} name a symbol of static/icons/icons.svg
 * @param {string} [className]
 */
export function icon(name, className = "") {
  return h("svg", { class: `icon ${className}`, "aria-hidden": "true" }, h("use", { href: `${sprite()}#${name}` }));
}
