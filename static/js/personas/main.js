/** Starts the page of one persona: reads what the page says, opens the store and the socket, draws. */
import { connect } from "../connection.js";
import { announceOthers } from "../editor/announcing.js";
import { readCatalog, t } from "../i18n.js";
import { createStore } from "../store.js";
import { tabId, tabMemory } from "../tab.js";
import { createSheet, focusField } from "./sheet-state.js";
import { draw } from "./sheet.js";
import { listenForUndo } from "./top.js";

/**
 * A polite live region; the words go in a moment later, so that the same sentence can be said again.
 * @param {HTMLElement} region
 */
function announcer(region) {
  let timer = 0;
  return (/** @type {string} */ text) => {
    region.textContent = "";
    window.clearTimeout(timer);
    timer = window.setTimeout(() => (region.textContent = text), 60);
  };
}

/** @param {HTMLElement} root @param {{persona?: string, workspace?: string, archived?: string}} page */
function start(root, { persona: personaId = "", workspace = "", archived }) {
  readCatalog();
  const memory = tabMemory();
  const store = createStore({ mapId: personaId, tab: tabId(memory), storage: memory });
  const maps = JSON.parse(document.getElementById("used-on")?.textContent ?? "[]");
  const announce = announcer(/** @type {HTMLElement} */ (document.getElementById("live")));
  const sheet = createSheet(store, { personaId, workspace, archived: archived === "true", maps, announce });
  draw(sheet, root);
  listenForUndo(sheet);
  announceOthers(sheet.editor);
  store.persona.subscribe((persona) => {
    if (persona) document.title = `${persona.name || t("Unnamed persona")} · Journeymap`;
  });
  if (window.location.hash === "#new") greet(sheet);
  connect(store, { url: `/ws/personas/${personaId}/`, onReload: (what) => what === "page" && window.location.reload(), onClosed: ({ code }) => closed(sheet, code) });
}

/** A persona that was just made wants a name first. @param {import("./sheet-state.js").Sheet} sheet */
function greet({ store, id }) {
  window.history.replaceState(null, "", window.location.pathname);
  const stop = store.ready.subscribe((ready) => {
    if (ready) queueMicrotask(() => stop());
    if (ready) setTimeout(() => focusField(id, "name"));
  });
}

/** The server ended it for good: say what is the matter and what is safe. @param {import("./sheet-state.js").Sheet} sheet @param {number} code */
function closed({ editor }, code) {
  /** @type {Record<number, string>} */
  const reasons = {
    4401: t("You are no longer signed in. What you wrote is kept in this browser; sign in again to send it."),
    4403: t("This persona was deleted, or you may no longer open it. What you wrote is kept in this browser."),
    4404: t("This persona no longer exists: somebody has deleted it."),
    4409: t("There is a newer version of this page. Reload to go on; nothing is lost."),
  };
  const action = code === 4409 || code === 4401 ? { label: t("Reload"), run: () => window.location.reload() } : undefined;
  editor.toast(reasons[code] ?? t("The connection was closed ({code}).", { code }), { kind: "error", action, seconds: 3600 });
}

const root = document.getElementById("persona");
if (root) start(root, document.body.dataset);
