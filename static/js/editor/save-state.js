/** Whether what is written is safe: one sentence in the header, of maps and of personas. */
import { h } from "../../vendor/preact.js";
import { useEffect, useRef } from "../../vendor/hooks.js";
import { t, tn } from "../i18n.js";
import { icon } from "./icon.js";

/** @typedef {import("./state").Editor} Editor */

/** Saved, saving, offline: always in the same place. @param {{editor: Editor}} props */
export function SaveState({ editor }) {
  const { kind, unsent } = editor.store.state.value;
  const words = {
    connecting: t("Connecting…"),
    saved: t("Saved"),
    saving: t("Saving…"),
    offline: unsent ? tn("Offline, 1 unsent", "Offline, {n} unsent", unsent) : t("Offline"),
  };
  const told = useRef(kind);
  useEffect(() => {
    if (kind === "offline" && told.current !== "offline")
      editor.announce(t("Offline. What you write is kept here and sent when the connection is back."));
    if (kind === "saved" && told.current === "offline") editor.announce(t("Back online. Everything is saved."));
    if (kind !== "saving") told.current = kind;
  }, [kind]);
  const pictures = { connecting: "refresh-cw", saved: "circle-check", saving: "cloud-upload", offline: "cloud-off" };
  if (!editor.canEdit.value && kind !== "offline")
    return h(
      "span",
      { class: "save-state", "data-state": "view" },
      icon("eye"),
      h("span", { class: "save-words" }, t("View only")),
    );
  return h(
    "span",
    { class: "save-state", "data-state": kind, title: words[kind] },
    icon(pictures[kind]),
    h("span", { class: "save-words" }, words[kind]),
  );
}
