/** The find bar: dims what does not match and walks through what does. */
import { h } from "../../vendor/preact.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { t, tn } from "../i18n.js";
import { icon } from "./icon.js";

/** @typedef {import("./state").Editor} Editor */

/** Every card whose text, channel or tags have the words, in reading order. @param {Editor} editor @param {string} text @returns {string[]} */
export function search({ store }, text) {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const ids = store
    .lanes()
    .peek()
    .flatMap((lane) =>
      store
        .allSteps()
        .peek()
        .flatMap((step) => store.cell(lane, step).peek()),
    );
  return ids.filter((id) => {
    const card = store.record("card", id).peek();
    const all = [card?.text, card?.channel, ...(card?.tags ?? [])].join(" ").toLocaleLowerCase();
    return words.every((word) => all.includes(word));
  });
}

/** @param {{editor: Editor}} props */
export function FindBar({ editor }) {
  const text = editor.finding.value;
  const [at, setAt] = useState(0);
  const found = text ? search(editor, text) : [];
  useEffect(() => {
    editor.found.value = text ? new Set(found) : null;
    return () => {
      editor.found.value = null;
    };
  }, [text]);
  if (text === null) return null;
  const go = (/** @type {number} */ by) => {
    if (!found.length) return;
    const next = (at + by + found.length) % found.length;
    setAt(next);
    editor.select("card", [found[next]]);
    document.querySelector(`[data-card="${found[next]}"]`)?.scrollIntoView({ block: "center", inline: "center" });
  };
  const close = () => {
    editor.finding.value = null;
    const card = found[at]
      ? document.querySelector(`[data-card="${found[at]}"]`)
      : document.querySelector('.board [tabindex="0"]');
    if (card instanceof HTMLElement) card.focus({ preventScroll: true });
  };
  return h(
    "div",
    { class: "find-bar", role: "search" },
    icon("search"),
    h("input", {
      type: "text",
      autofocus: true,
      value: text,
      placeholder: t("Find on the map"),
      "aria-label": t("Find on the map"),
      ref: (/** @type {HTMLInputElement | null} */ node) => {
        if (node && !node.dataset.focused) {
          node.dataset.focused = "true";
          node.focus();
        }
      },
      onInput: (/** @type {InputEvent} */ event) => {
        editor.finding.value = /** @type {HTMLInputElement} */ (event.target).value;
        setAt(0);
      },
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Enter") go(event.shiftKey ? -1 : 1);
        else if (event.key === "Escape") close();
        else return;
        event.preventDefault();
      },
    }),
    h(
      "span",
      { class: "small muted nowrap number", role: "status" },
      text ? (found.length ? tn("{n} card", "{n} cards", found.length) : t("Nothing found")) : "",
    ),
    h(
      "button",
      { type: "button", class: "icon-button button-small", "aria-label": t("Previous"), onClick: () => go(-1) },
      icon("arrow-up"),
    ),
    h(
      "button",
      { type: "button", class: "icon-button button-small", "aria-label": t("Next"), onClick: () => go(1) },
      icon("arrow-down"),
    ),
    h(
      "button",
      { type: "button", class: "icon-button button-small", "aria-label": t("Close the search"), onClick: close },
      icon("x"),
    ),
  );
}
