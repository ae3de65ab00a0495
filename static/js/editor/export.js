/** The export panel: what file, in which form, how far it is, and the files made before. */
import { h } from "../../vendor/preact.js";
import { useEffect, useState } from "../../vendor/hooks.js";
import { call } from "../api.js";
import { ago, t } from "../i18n.js";
import { Dialog } from "./dialog.js";
import { icon } from "./icon.js";

/** @typedef {import("./state").Editor} Editor */
/** @typedef {{id: string, format: string, status: string, progress: number, seq?: number, created_at?: string, message?: string, error?: string, options?: Record<string, unknown>}} Job */

const BETWEEN_LOOKS = 700;

/** @param {{editor: Editor}} props */
export function Export({ editor }) {
  const [jobs, setJobs] = useState(/** @type {Job[]} */ ([]));
  const [error, setError] = useState("");
  const path = `maps/${editor.mapId}/exports/`;
  useEffect(() => {
    call("GET", path).then(
      (answer) => setJobs(answer.items ?? []),
      () => undefined,
    );
  }, []);
  const running = jobs.some((job) => ["queued", "running"].includes(job.status));
  useEffect(() => {
    if (!running) return undefined;
    const timer = setTimeout(async () => setJobs(await Promise.all(jobs.map(look))), BETWEEN_LOOKS);
    return () => clearTimeout(timer);
  }, [jobs]);
  const start = async (/** @type {string} */ format, /** @type {Record<string, unknown>} */ options) => {
    setError("");
    try {
      const job = await call("POST", path, { format, options });
      setJobs((now) => [{ format, options, ...job }, ...now]);
      editor.announce(t("The file is being made."));
    } catch (reason) {
      setError(/** @type {Error} */ (reason).message);
    }
  };
  return h(
    Dialog,
    { editor, title: t("Export"), className: "export-dialog" },
    h(
      "div",
      { class: "dialog-body stack" },
      error && h("p", { class: "notice", "data-kind": "error", role: "alert" }, error),
      h(ExportForm, { onStart: start }),
      jobs.length > 0 &&
        h(
          "ul",
          { class: "list", "aria-label": t("Files") },
          jobs.slice(0, 8).map((job) => h(JobRow, { key: job.id, job })),
        ),
    ),
  );
}

/** @param {Job} job @returns {Promise<Job>} */
async function look(job) {
  if (!["queued", "running"].includes(job.status)) return job;
  try {
    return { ...job, ...(await call("GET", `exports/${job.id}/`)) };
  } catch {
    return job;
  }
}

/** @param {{onStart: (format: string, options: Record<string, unknown>) => Promise<void>}} props */
function ExportForm({ onStart }) {
  const [format, setFormat] = useState("pdf");
  const [busy, setBusy] = useState(false);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const data = new FormData(/** @type {HTMLFormElement} */ (event.target));
    setBusy(true);
    await onStart(format, optionsOf(format, data));
    setBusy(false);
  };
  const choice = (
    /** @type {string} */ value,
    /** @type {string} */ name,
    /** @type {string} */ about,
    /** @type {string} */ picture,
  ) =>
    h(
      "label",
      { key: value, class: "format-choice", "data-on": value === format || undefined },
      h("input", { type: "radio", name: "format", value, checked: value === format, onChange: () => setFormat(value) }),
      icon(picture),
      h("span", null, h("strong", null, name), h("span", { class: "small muted" }, about)),
    );
  return h(
    "form",
    { class: "form", onSubmit: (/** @type {SubmitEvent} */ event) => void submit(event) },
    h(
      "fieldset",
      { class: "format-choices" },
      h("legend", { class: "visually-hidden" }, t("Format")),
      choice("pdf", "PDF", t("Sharp at any size, searchable, prints well"), "file-text"),
      choice("png", "PNG", t("A picture for slides and documents"), "image"),
    ),
    format === "pdf"
      ? h(
          "label",
          { class: "field" },
          h("span", null, t("Page")),
          h(
            "select",
            { name: "page" },
            [
              ["poster", t("One page as large as the map")],
              ["A4", "A4"],
              ["A3", "A3"],
              ["A2", "A2"],
              ["A1", "A1"],
              ["A0", "A0"],
              ["Letter", "Letter"],
              ["Tabloid", "Tabloid"],
              ["tiles", t("A4 sheets to tape together")],
            ].map(([value, text]) => h("option", { key: value, value }, text)),
          ),
        )
      : h(
          "label",
          { class: "field" },
          h("span", null, t("Sharpness")),
          h(
            "select",
            { name: "scale", defaultValue: "2" },
            [
              ["1", t("Screen (1×)")],
              ["2", t("Sharp (2×)")],
              ["3", t("Print (3×)")],
            ].map(([value, text]) => h("option", { key: value, value, selected: value === "2" }, text)),
          ),
        ),
    h(
      "label",
      { class: "check" },
      h("input", { type: "checkbox", name: "grey" }),
      t("Grey, for a printer without colour"),
    ),
    h(
      "div",
      { class: "form-actions" },
      h(
        "button",
        { class: "button button-primary", "aria-busy": busy || undefined },
        icon("download"),
        t("Make the file"),
      ),
    ),
  );
}

/** What the server calls the choices: a poster, a paper the map is made to fit, or sheets. @param {string} format @param {FormData} data @returns {Record<string, unknown>} */
function optionsOf(format, data) {
  const paper = String(data.get("page") ?? "poster");
  const sheets = paper === "tiles" ? { model: "tiles", paper: "A4" } : { model: "fit", paper };
  const page = paper === "poster" ? { model: "poster" } : sheets;
  const language = document.documentElement.lang || "en";
  return {
    grey: data.get("grey") === "on",
    language,
    ...(format === "pdf" ? page : { scale: Number(data.get("scale")) }),
  };
}

/** @param {{job: Job}} props */
function JobRow({ job }) {
  const name = job.format.toUpperCase();
  const done = job.status === "done";
  return h(
    "li",
    { class: "list-row", "data-status": job.status },
    icon(job.format === "png" ? "image" : "file-text"),
    h(
      "div",
      { class: "list-main" },
      h(
        "p",
        null,
        h("strong", null, name),
        h("span", { class: "muted small" }, job.created_at ? ` · ${ago(job.created_at)}` : ""),
      ),
      job.status === "failed" &&
        h("p", { class: "field-error" }, job.message || job.error || t("It could not be made. Please try again.")),
      ["queued", "running"].includes(job.status) &&
        h("progress", {
          class: "progress",
          max: 100,
          value: job.progress ?? 0,
          "aria-label": t("Progress of {name}", { name }),
        }),
    ),
    done &&
      h(
        "a",
        { class: "button button-small", href: `/api/v1/exports/${job.id}/file/`, download: true },
        icon("file-down"),
        t("Download"),
      ),
  );
}
