/** Parts of the screen whose script is not needed for the first picture: fetched when the browser is idle, or when they are asked for. */
import { h } from "../../vendor/preact.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { t } from "../i18n.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {import("preact").FunctionComponent<{editor: Editor}>} Part */
/** @typedef {() => Promise<Part>} Load */

/** What is here already is drawn at once, so that no key typed after a shortcut goes astray. @type {Map<Load, Part>} */
const loaded = new Map();

/** @param {Load} load @returns {Promise<Part>} */
async function fetched(load) {
  const part = await load();
  loaded.set(load, part);
  return part;
}

/** Fetches parts while nothing else is to be done. @param {readonly Load[]} loads */
export function fetchWhenIdle(loads) {
  const idle = window.requestIdleCallback ?? ((run) => setTimeout(run, 300));
  // A part that cannot be had now is asked for again when it is opened.
  for (const load of loads) idle(() => void fetched(load).catch(() => undefined));
}

/** @param {{editor: Editor, load: Load}} props */
export function Later({ editor, load }) {
  const [, redraw] = useState(0);
  useEffect(() => {
    if (loaded.has(load)) return;
    fetched(load).then(
      () => redraw(1),
      () => {
        editor.dialog.value = null;
        editor.finding.value = null;
        editor.toast(t("This panel could not be loaded. Check the connection and try again."), { kind: "error" });
      },
    );
  }, []);
  const Part = loaded.get(load);
  return Part ? h(Part, { editor }) : null;
}
