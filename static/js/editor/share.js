/** The share panel: links for people without an account, their role, password, expiry; made, copied, revoked here. */
import { h } from "../../vendor/preact.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { call } from "../api.js";
import { ago, t } from "../i18n.js";
import { copyText } from "../page.js";
import { Dialog } from "./dialog.js";
import { icon } from "./icon.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {{id: string, role: string, url: string, has_password?: boolean, password?: unknown, expires_at: string | null, may_download: boolean, created_at?: string}} Link */

/** @param {{editor: Editor}} props */
export function Share({ editor }) {
  const [links, setLinks] = useState(/** @type {Link[] | null} */ (null));
  const [error, setError] = useState("");
  const path = `maps/${editor.mapId}/shares/`;
  useEffect(() => {
    call("GET", path).then(
      (answer) => setLinks(answer.items),
      (reason) => {
        setLinks([]);
        setError(reason.message);
      },
    );
  }, []);
  const revoke = async (/** @type {Link} */ link) => {
    try {
      await call("DELETE", `${path}${link.id}/`);
      setLinks((now) => (now ?? []).filter((each) => each.id !== link.id));
      editor.toast(t("The link no longer opens the map."));
    } catch (reason) {
      setError(/** @type {Error} */ (reason).message);
    }
  };
  return h(
    Dialog,
    { editor, title: t("Share this map"), className: "share-dialog" },
    h(
      "div",
      { class: "dialog-body stack" },
      h(
        "p",
        { class: "muted" },
        t("Whoever has a link sees the live map in a browser or on a phone, without an account."),
      ),
      error && h("p", { class: "notice", "data-kind": "error", role: "alert" }, error),
      h(NewLink, {
        path,
        onError: setError,
        onMade: (link) => {
          setError("");
          setLinks((now) => [link, ...(now ?? [])]);
          void copyLink(editor, link);
        },
      }),
      links === null
        ? h("div", { class: "skeleton" })
        : links.length > 0 &&
            h(
              "ul",
              { class: "share-links", "aria-label": t("Links to this map") },
              links.map((link) => h(LinkRow, { key: link.id, editor, link, onRevoke: () => void revoke(link) })),
            ),
    ),
  );
}

/** @param {Editor} editor @param {Link} link */
async function copyLink(editor, link) {
  const done = await copyText(link.url);
  editor.toast(done ? t("Link copied.") : t("Copy the address from the field: this browser would not do it for us."));
}

/** @param {{path: string, onMade: (link: Link) => void, onError: (message: string) => void}} props */
function NewLink({ path, onMade, onError }) {
  const [busy, setBusy] = useState(false);
  const make = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    const data = new FormData(form);
    const days = Number(data.get("days"));
    /** @type {Record<string, unknown>} */
    const body = { role: data.get("role"), may_download: data.get("may_download") === "on", hidden_lanes: [] };
    if (data.get("password")) body.password = data.get("password");
    if (days) body.expires_at = new Date(Date.now() + days * 86400000).toISOString();
    setBusy(true);
    try {
      onMade(await call("POST", path, body));
      form.reset();
    } catch (reason) {
      onError(/** @type {Error} */ (reason).message);
    } finally {
      setBusy(false);
    }
  };
  const select = (/** @type {string} */ name, /** @type {[string, string][]} */ choices) =>
    h(
      "select",
      { name },
      choices.map(([value, text]) => h("option", { key: value, value }, text)),
    );
  return h(
    "form",
    { class: "share-form", onSubmit: (/** @type {SubmitEvent} */ event) => void make(event) },
    h(
      "label",
      { class: "field" },
      h("span", null, t("They may")),
      select("role", [
        ["view", t("view")],
        ["comment", t("view and comment")],
      ]),
    ),
    h(
      "label",
      { class: "field" },
      h("span", null, t("Works for")),
      select("days", [
        ["", t("as long as it is shared")],
        ["1", t("one day")],
        ["7", t("one week")],
        ["30", t("30 days")],
      ]),
    ),
    h(
      "label",
      { class: "field" },
      h("span", null, t("Password (optional)")),
      h("input", { name: "password", type: "text", autocomplete: "off", maxLength: 100 }),
    ),
    h(
      "label",
      { class: "check share-download" },
      h("input", { type: "checkbox", name: "may_download", defaultChecked: true }),
      t("They may download the map"),
    ),
    h(
      "button",
      { class: "button button-primary", "aria-busy": busy || undefined },
      icon("link"),
      t("Create and copy link"),
    ),
  );
}

/** @param {{editor: Editor, link: Link, onRevoke: () => void}} props */
function LinkRow({ editor, link, onRevoke }) {
  const locked = link.has_password ?? Boolean(link.password);
  const facts = [
    link.role === "comment" ? t("View and comment") : t("View"),
    locked ? t("password") : "",
    link.may_download ? t("download") : t("no download"),
    link.expires_at
      ? t("until {date}", {
          date: new Date(link.expires_at).toLocaleDateString(document.documentElement.lang || undefined),
        })
      : "",
    link.created_at ? ago(link.created_at) : "",
  ].filter(Boolean);
  return h(
    "li",
    { class: "share-link" },
    h(
      "div",
      { class: "copy-field" },
      h("input", {
        readOnly: true,
        value: link.url,
        "aria-label": t("Address of the link"),
        onFocus: (/** @type {FocusEvent} */ event) => /** @type {HTMLInputElement} */ (event.target).select(),
      }),
      h(
        "button",
        {
          type: "button",
          class: "icon-button",
          "aria-label": t("Copy the link"),
          title: t("Copy the link"),
          onClick: () => void copyLink(editor, link),
        },
        icon("copy"),
      ),
      h(
        "button",
        {
          type: "button",
          class: "icon-button menu-item-danger",
          "aria-label": t("Revoke the link"),
          title: t("Revoke the link"),
          onClick: onRevoke,
        },
        icon("trash-2"),
      ),
    ),
    h("p", { class: "small muted cluster" }, locked && icon("lock"), facts.join(" · ")),
  );
}
