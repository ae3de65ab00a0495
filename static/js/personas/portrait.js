/** The picture of a persona: shown, chosen, dropped or pasted, made small before it travels, taken away. */
import { h } from "../../vendor/preact.js";
import { useEffect, useRef, useState } from "../../vendor/hooks.js";
import { call } from "../api.js";
import { icon } from "../editor/icon.js";
import { COLORS } from "../editor/kinds.js";
import { initials } from "../editor/naming.js";
import { t } from "../i18n.js";
import { choose } from "./top.js";

/** @typedef {import("./sheet-state.js").Sheet} Sheet */

/** What the server takes, and the side in pixels that is more than it keeps. */
const TYPES = ["image/png", "image/jpeg", "image/webp"];
const SMALL = 300_000;
const SIDE = 1024;

/** @param {{sheet: Sheet}} props */
export function Portrait({ sheet }) {
  const { editor, store } = sheet;
  const persona = store.persona.value;
  const [busy, setBusy] = useState(false);
  const [over, setOver] = useState(false);
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const may = editor.canEdit.value;
  const take = (/** @type {File | null | undefined} */ file) => {
    if (!file || !may) return;
    setBusy(true);
    void send(sheet, file).finally(() => setBusy(false));
  };
  usePasted(may, take);
  useDropped(may, take, setOver);
  const name = persona?.name || t("Unnamed persona");
  const picture = persona?.portrait
    ? h("img", { src: persona.portrait, alt: t("Portrait of {name}", { name }), width: 512, height: 512 })
    : h("span", { class: "portrait-initials", role: "img", "aria-label": t("No portrait yet") }, initials(name));
  if (!may) return h("div", { class: "portrait" }, picture);
  return h(
    "div",
    {
      class: "portrait",
      "data-over": over || undefined,
      "aria-busy": busy || undefined,
    },
    picture,
    h("input", {
      ref: input,
      type: "file",
      accept: TYPES.join(),
      class: "visually-hidden",
      tabIndex: -1,
      "aria-label": t("Portrait"),
      onChange: (/** @type {Event} */ event) => {
        const field = /** @type {HTMLInputElement} */ (event.target);
        take(field.files?.[0]);
        field.value = "";
      },
    }),
    h(
      "div",
      { class: "portrait-tools" },
      h("button", { type: "button", class: "icon-button button-small", title: t("Choose a portrait; you can also drop or paste one"), "aria-label": persona?.portrait ? t("Change the portrait") : t("Add a portrait"), onClick: () => input.current?.click() }, icon("image")),
      h(Colors, { sheet, color: persona?.color }),
      persona?.portrait && h("button", { type: "button", class: "icon-button button-small", title: t("Remove the portrait"), "aria-label": t("Remove the portrait"), onClick: () => void remove(sheet) }, icon("x")),
    ),
  );
}

/** @param {{sheet: Sheet, color: string | undefined}} props */
function Colors({ sheet, color }) {
  const pick = (/** @type {string} */ wanted) => sheet.set({ color: wanted }, t("changed the colour"));
  return h(
    "details",
    { class: "menu" },
    h("summary", { class: "icon-button button-small", "aria-label": t("Colour"), title: t("Colour, on every map too") }, icon("palette")),
    h(
      "div",
      { class: "menu-list persona-colors" },
      h(
        "div",
        { class: "swatches", role: "group", "aria-label": t("Colour") },
        COLORS.map((each) => h("button", { key: each, type: "button", class: "swatch", "data-color": each, "aria-label": t(each), title: t(each), "aria-pressed": each === color, onClick: (/** @type {Event} */ event) => choose(event, () => pick(each)) })),
      ),
    ),
  );
}

/** A picture pasted anywhere but into words becomes the portrait. @param {boolean} may @param {(file: File) => void} take */
function usePasted(may, take) {
  useEffect(() => {
    const onPaste = (/** @type {ClipboardEvent} */ event) => {
      const file = [...(event.clipboardData?.files ?? [])].find((each) => each.type.startsWith("image/"));
      if (!may || !file) return;
      event.preventDefault();
      take(file);
    };
    document.addEventListener("paste", onPaste);
    return () => document.removeEventListener("paste", onPaste);
  }, [may]);
}

/** A file dropped anywhere on the page is meant for the portrait; without this the browser would leave the page for it. @param {boolean} may @param {(file: File | undefined) => void} take @param {(over: boolean) => void} setOver */
function useDropped(may, take, setOver) {
  useEffect(() => {
    const holdsFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (/** @type {DragEvent} */ event) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(may);
    };
    const onLeave = (/** @type {DragEvent} */ event) => event.relatedTarget === null && setOver(false);
    const onDrop = (/** @type {DragEvent} */ event) => {
      if (!holdsFile(event)) return;
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer?.files[0]);
    };
    document.addEventListener("dragover", onOver);
    document.addEventListener("dragleave", onLeave);
    document.addEventListener("drop", onDrop);
    return () => {
      document.removeEventListener("dragover", onOver);
      document.removeEventListener("dragleave", onLeave);
      document.removeEventListener("drop", onDrop);
    };
  }, [may]);
}

/** @param {Sheet} sheet @param {File} file */
async function send(sheet, file) {
  const form = new FormData();
  form.append("file", await small(file), "portrait");
  await change(sheet, "POST", form, t("changed the portrait"));
}

/** @param {Sheet} sheet */
const remove = (sheet) => change(sheet, "DELETE", undefined, t("removed the portrait"));

/** The change comes back by the socket like anybody's; here it only becomes a step of undo. @param {Sheet} sheet @param {string} method @param {FormData | undefined} form @param {string} label */
async function change({ editor, store, id }, method, form, label) {
  try {
    const { key } = await call(method, `personas/${id}/portrait/`, form);
    store.history.edited(key, label);
    editor.announce(t("Done: {what}.", { what: label }));
  } catch (reason) {
    editor.toast(/** @type {Error} */ (reason).message, { kind: "error", seconds: 8 });
  }
}

/** A photograph of a phone is far larger than a portrait: it is made smaller here, if the browser can. @param {File} file @returns {Promise<Blob>} */
async function small(file) {
  if (file.size < SMALL && TYPES.includes(file.type)) return file;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, SIDE / Math.min(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((/** @type {(blob: Blob | null) => void} */ resolve) => canvas.toBlob(resolve, "image/webp", 0.92));
    return blob ?? file;
  } catch {
    // The browser cannot read it; the server says what is the matter with it.
    return file;
  }
}
