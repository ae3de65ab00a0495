/** Starts the editor: reads what the page says, opens the store and the socket, draws. */
import { connect } from "../connection.js";
import { readCatalog, t } from "../i18n.js";
import { createStore } from "../store.js";
import { tabId, tabMemory } from "../tab.js";
import { announceOthers } from "./announcing.js";
import { draw } from "./app.js";
import { keepIcons } from "./icon.js";
import { listenForKeys } from "./keys.js";
import { loadLibrary } from "./library.js";
import { createEditor } from "./state.js";

/**
 * A polite live region; the words are taken out after a while so that the same sentence can be said again.
 * @param {HTMLElement} region
 */
function announcer(region) {
  let timer = 0;
  return (/** @type {string} */ text) => {
    region.textContent = "";
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      region.textContent = text;
    }, 60);
  };
}

/** @param {HTMLElement} root @param {{map?: string, download?: string}} page */
function start(root, { map: mapId = "", download }) {
  readCatalog();
  const memory = tabMemory();
  const store = createStore({ mapId, tab: tabId(memory), storage: memory });
  const region = /** @type {HTMLElement} */ (document.getElementById("live"));
  const editor = createEditor(store, {
    mapId,
    mayDownload: download === "true",
    roots: { announce: announcer(region) },
  });
  void keepIcons();
  draw(editor, root);
  listenForKeys(editor);
  announceOthers(editor);
  const stop = store.ready.subscribe((ready) => {
    if (ready && editor.canEdit.peek()) setTimeout(() => void loadLibrary(editor), 400);
  });
  window.addEventListener("pagehide", stop, { once: true });
  store.map.subscribe((map) => {
    if (map) document.title = `${map.title || t("Untitled map")} · Journeymap`;
  });
  connect(store, {
    url: `/ws/maps/${mapId}/`,
    onReload: (what) => what === "page" && window.location.reload(),
    onClosed: ({ code }) => closed(editor, code),
  });
}

/** The server ended it for good: say what is the matter and what is safe. @param {import("./state").Editor} editor @param {number} code */
function closed(editor, code) {
  /** @type {Record<number, string>} */
  const reasons = {
    4401: t("You are no longer signed in. What you wrote is kept in this browser; sign in again to send it."),
    4403: t("You may no longer open this map. What you wrote is kept in this browser."),
    4404: t("This map no longer exists, or it is in the trash."),
    4409: t("There is a newer version of this page. Reload to go on; nothing is lost."),
  };
  const again =
    code === 4409 || code === 4401 ? { label: t("Reload"), run: () => window.location.reload() } : undefined;
  editor.toast(reasons[code] ?? t("The connection was closed ({code}).", { code }), {
    kind: "error",
    action: again,
    seconds: 3600,
  });
}

const root = document.getElementById("editor");
if (root) start(root, document.body.dataset);
