/** Requests to the REST interface, with the CSRF token and the contract's errors. */
import { t } from "./i18n.js";
import { newId } from "./ids.js";

/** What the server refused, in a sentence for a person. */
export class Refusal extends Error {
  /** @param {number} status @param {{error?: string, message?: string, fields?: Record<string, string>}} body */
  constructor(status, body) {
    super(body.message || t("Something went wrong ({status}). Nothing was changed; please try again.", { status }));
    this.status = status;
    this.code = body.error ?? "unknown";
    this.fields = body.fields ?? {};
  }
}

function csrfToken() {
  const found = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/);
  return found ? decodeURIComponent(found[1]) : "";
}

/**
 * @param {string} method
 * @param {string} path below /api/v1/
 * @param {unknown} [body] an object (sent as JSON) or FormData
 * @returns {Promise<any>} the parsed answer; null where there is none
 */
export async function call(method, path, body) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json" };
  if (method !== "GET") Object.assign(headers, { "X-CSRFToken": csrfToken(), "Idempotency-Key": newId() });
  const form = body instanceof FormData;
  if (body !== undefined && !form) headers["Content-Type"] = "application/json";
  const init = { method, headers, body: body === undefined ? undefined : form ? body : JSON.stringify(body) };
  let response;
  try {
    response = await fetch(`/api/v1/${path}`, init);
  } catch {
    throw new Refusal(0, {
      error: "offline",
      message: t("The server cannot be reached. Nothing was changed; please try again in a moment."),
    });
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(response.status, answer);
  return answer;
}
