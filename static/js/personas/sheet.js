/** The whole page of one persona: a sheet of paper that is written on where one reads. */
import { h, render } from "../../vendor/preact.js";
import { useState } from "../../vendor/hooks.js";
import { call } from "../api.js";
import { Dialog } from "../editor/dialog.js";
import { icon } from "../editor/icon.js";
import { Refusals, Toasts } from "../editor/notices.js";
import { t, tn } from "../i18n.js";
import { Channels, Sections, Skills } from "./lists.js";
import { Portrait } from "./portrait.js";
import { Top } from "./top.js";
import { Words } from "./words.js";

/** @typedef {import("./sheet-state.js").Sheet} Sheet */

/** @param {Sheet} sheet @param {HTMLElement} root */
export function draw(sheet, root) {
  root.replaceChildren();
  render(h(Page, { sheet }), root);
}

/** @param {{sheet: Sheet}} props */
function Page({ sheet }) {
  const { editor, store } = sheet;
  return h(
    "div",
    { class: "persona-page", "data-readonly": !editor.canEdit.value || undefined },
    h(Top, { sheet }),
    h(Refusals, { editor }),
    sheet.archived && h(Archived, { sheet }),
    store.ready.value ? h(Paper, { sheet }) : h(Loading, null),
    editor.dialog.value === "discard" && h(Discard, { sheet }),
    h(Toasts, { editor }),
  );
}

/** @param {{sheet: Sheet}} props */
function Paper({ sheet }) {
  const persona = sheet.store.persona.value;
  return h(
    "article",
    { class: "sheet", "data-color": persona?.color ?? "violet", "aria-labelledby": "persona-name" },
    h(Head, { sheet }),
    h(
      "div",
      { class: "sheet-body" },
      h(
        "div",
        { class: "sheet-side" },
        h(Words, { sheet, field: "demographics", label: t("Demographics"), hint: t("Age, work, family, where they live"), listed: true }),
        h(Channels, { sheet }),
        h(Skills, { sheet }),
        h(UsedOn, { sheet }),
      ),
      h(
        "div",
        { class: "sheet-main" },
        h(Words, { sheet, field: "background", label: t("Background"), hint: t("What brought them here? What does an ordinary week look like?"), className: "words-wide" }),
        h(Words, { sheet, field: "goals", label: t("Goals"), hint: t("What do they want to reach?"), listed: true }),
        h(Words, { sheet, field: "needs", label: t("Needs"), hint: t("What must be there for it to work?"), listed: true }),
        h(Words, { sheet, field: "frustrations", label: t("Frustrations"), hint: t("What gets in the way, again and again?"), listed: true }),
        h(Words, { sheet, field: "motivations", label: t("Motivations"), hint: t("Why does it matter to them?"), listed: true }),
        h(Words, { sheet, field: "jobs_to_be_done", label: t("Jobs to be done"), hint: t("When …, help me …, so that …"), listed: true, className: "words-wide" }),
        h(Sections, { sheet }),
      ),
    ),
  );
}

/** @param {{sheet: Sheet}} props */
function Head({ sheet }) {
  const name = sheet.store.persona.value?.name || t("Unnamed persona");
  const may = sheet.editor.canEdit.value;
  return h(
    "div",
    { class: "sheet-head" },
    h(Portrait, { sheet }),
    h(
      "div",
      { class: "sheet-title" },
      h("h1", { id: "persona-name", class: may ? "visually-hidden" : "persona-name", dir: "auto" }, name),
      may && h(Words, { sheet, field: "name", label: t("Name"), hint: t("Name"), bare: true, single: true, className: "persona-name" }),
      h(Words, { sheet, field: "role", label: t("Role"), hint: t("Who they are, in a few words"), bare: true, single: true, className: "persona-role" }),
      h(Words, { sheet, field: "motto", label: t("Motto"), hint: t("One sentence in their own words"), bare: true, className: "persona-motto" }),
    ),
  );
}

/** @param {{sheet: Sheet}} props */
function UsedOn({ sheet: { maps, editor } }) {
  if (!maps.length && !editor.canEdit.value) return null;
  return h(
    "section",
    { class: "sheet-part", "aria-label": t("Used on") },
    h("h2", { class: "words-label" }, t("Used on")),
    maps.length
      ? h("ul", { class: "used-on" }, maps.map(({ id, title }) => h("li", { key: id }, h("a", { href: `/maps/${id}/` }, icon("map"), h("span", { dir: "auto" }, title || t("Untitled map"))))))
      : h("p", { class: "muted small" }, t("No map yet. Add this persona to a map from the map’s details.")),
  );
}

/** @param {{sheet: Sheet}} props */
function Archived({ sheet }) {
  const back = () => call("POST", `personas/${sheet.id}/restore/`, {}).then(() => window.location.reload(), (reason) => sheet.editor.toast(reason.message, { kind: "error" }));
  return h(
    "div",
    { class: "notice persona-archived", "data-kind": "warning" },
    icon("archive-restore"),
    h("p", { class: "grow" }, t("This persona is in the archive: maps still show it, the library does not.")),
    sheet.editor.canEdit.value && h("button", { type: "button", class: "button button-small", onClick: () => void back() }, t("Bring back")),
  );
}

/** @param {{sheet: Sheet}} props */
function Discard({ sheet }) {
  const { editor, store, maps, id, workspace } = sheet;
  const [busy, setBusy] = useState(false);
  const name = store.persona.value?.name || t("Unnamed persona");
  const sentence = maps.length
    ? tn("“{name}” is used on a map. It goes to the archive: the map keeps showing it, and you can bring it back.", "“{name}” is used on {n} maps. It goes to the archive: the maps keep showing it, and you can bring it back.", maps.length, { name })
    : t("No map uses “{name}”. It is deleted with its history; there is no way back.", { name });
  const go = () => {
    setBusy(true);
    call("DELETE", `personas/${id}/`).then(
      () => window.location.assign(`/personas/?workspace=${workspace}`),
      (reason) => {
        setBusy(false);
        editor.toast(reason.message, { kind: "error" });
      },
    );
  };
  return h(
    Dialog,
    { editor, title: maps.length ? t("Archive this persona?") : t("Delete this persona?") },
    h("div", { class: "dialog-body" }, h("p", null, sentence)),
    h(
      "div",
      { class: "dialog-footer" },
      h("button", { type: "button", class: "button button-quiet", onClick: () => (editor.dialog.value = null) }, t("Cancel")),
      h("button", { type: "button", class: "button button-danger", "aria-busy": busy || undefined, onClick: go }, maps.length ? t("Archive") : t("Delete for good")),
    ),
  );
}

/** Grey bars in the shape of a sheet until the document is there. */
function Loading() {
  return h("div", { class: "sheet sheet-loading", role: "status", "aria-label": t("The persona is loading") }, [1, 2, 3, 4, 5].map((n) => h("div", { key: n, class: "skeleton" })));
}
