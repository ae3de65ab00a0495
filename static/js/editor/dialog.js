/** A modal dialog on the platform's own `<dialog>`: focus kept inside, Esc and the backdrop close it, focus returns. */
import { h } from "../../vendor/preact.js";
import { useId, useLayoutEffect, useRef } from "../../vendor/hooks.js";
import { t } from "../i18n.js";
import { icon } from "./icon.js";

/** @typedef {import("./state").Editor} Editor */

/**
 * @param {{editor: Editor, title: string, className?: string, plain?: boolean, children?: import("preact").ComponentChildren}} props plain: no heading to be seen
 */
export function Dialog({ editor, title, className = "", plain = false, children }) {
  const node = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const name = useId();
  const home = useRef(/** @type {Element | null} */ (null));
  useLayoutEffect(() => {
    home.current = document.activeElement;
    node.current?.showModal();
    return () => {
      const back = home.current;
      // Later than the command that closed the dialog: it may have put the focus somewhere itself.
      requestAnimationFrame(() => {
        const free = !document.activeElement || document.activeElement === document.body;
        if (free && back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
      });
    };
  }, []);
  const close = () => (editor.dialog.value = null);
  return h(
    "dialog",
    {
      ref: node,
      class: `dialog ${className}`,
      "aria-labelledby": name,
      onClose: close,
      onCancel: (/** @type {Event} */ event) => {
        event.preventDefault();
        close();
      },
      onPointerDown: (/** @type {PointerEvent} */ event) => event.target === node.current && close(),
    },
    h(
      "div",
      { class: plain ? "visually-hidden" : "dialog-header" },
      h("h2", { id: name }, title),
      !plain &&
        h("button", { type: "button", class: "icon-button", "aria-label": t("Close"), onClick: close }, icon("x")),
    ),
    children,
  );
}
