/** What floats above a document: changes that were refused, and passing messages. */
import { h } from "../../vendor/preact.js";
import { t } from "../i18n.js";
import { icon } from "./icon.js";

/** @typedef {import("./state").Editor} Editor */

/** Changes the server would not take: shown with their words, never dropped silently. @param {{editor: Editor}} props */
export function Refusals({ editor }) {
  const refused = editor.store.refused.value;
  if (!refused.length) return null;
  const last = refused[refused.length - 1];
  return h(
    "div",
    { class: "notice refusal", "data-kind": "error", role: "alert" },
    icon("circle-alert"),
    h(
      "div",
      { class: "grow" },
      h("p", null, h("strong", null, t("A change was not taken. ")), last.message),
      last.text &&
        h(
          "p",
          { class: "small" },
          t("Your words: “{text}”", { text: last.text.length > 300 ? `${last.text.slice(0, 300)}…` : last.text }),
        ),
    ),
    h(
      "button",
      { type: "button", class: "button button-small button-quiet", onClick: () => editor.store.dismiss(last.key) },
      refused.length > 1 ? t("Next ({n})", { n: refused.length - 1 }) : t("Dismiss"),
    ),
  );
}

/** @param {{editor: Editor}} props */
export function Toasts({ editor }) {
  return h(
    "div",
    { class: "toasts" },
    editor.toasts.value.map((toast) =>
      h(
        "div",
        { key: toast.id, class: "toast", "data-kind": toast.kind },
        h("p", null, toast.text),
        toast.action &&
          h(
            "button",
            {
              type: "button",
              class: "button button-quiet button-small",
              onClick: () => {
                editor.dismissToast(toast.id);
                toast.action?.run();
              },
            },
            toast.action.label,
          ),
        h(
          "button",
          {
            type: "button",
            class: "icon-button button-small",
            "aria-label": t("Dismiss"),
            onClick: () => editor.dismissToast(toast.id),
          },
          icon("x"),
        ),
      ),
    ),
  );
}
