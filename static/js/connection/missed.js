/**
 * The changes of the log between a text's base and the document one starts from.
 *
 * @typedef {import("../types").Change} Change
 */

/**
 * @param {string} socketUrl the address of the socket, which tells that of the log
 * @param {number} since
 * @param {string} log
 * @returns {Promise<Change[] | null>} null if they may not or cannot be read
 */
export async function readMissed(socketUrl, since, log) {
  /** @type {Change[]} */
  const changes = [];
  for (let from = since; ; ) {
    const answer = await fetch(`${logAddress(socketUrl)}?since=${from}&log=${encodeURIComponent(log)}`, {
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) return null;
    const page = /** @type {{items: Change[], next: string | null, log: string}} */ (await answer.json());
    if (page.log !== log) return null;
    changes.push(...page.items);
    const last = page.items.at(-1);
    if (page.next === null || !last) return changes;
    from = last.seq;
  }
}

/** @param {string} socketUrl */
function logAddress(socketUrl) {
  const { pathname, protocol, host } = new URL(socketUrl);
  const origin = `${protocol === "wss:" ? "https:" : "http:"}//${host}`;
  return origin + pathname.replace(/^\/ws\//, "/api/v1/") + "changes/";
}
