/**
 * The table of record types: which fields travel, of which kind, who owns whom, in which order they stand.
 * The twin of maps/records.py and personas/records.py; a test compares them.
 *
 * Kinds of field: `value` (the last writer wins), `text` (deltas), `list` (add and remove), `ref` (a value that
 * names a record and becomes null when that record goes), `refs` (a list of such names).
 *
 * @typedef {import("./types").RecordType} RecordType
 * @typedef {import("./types").AnyRecord} AnyRecord
 * @typedef {"value" | "text" | "list" | "ref" | "refs"} Kind
 * @typedef {object} Field
 * @property {Kind} kind
 * @property {unknown} default
 * @property {RecordType} [to] what a reference names
 * @typedef {object} Table
 * @property {string} list the part of a document that holds its records
 * @property {boolean} single one record and no list
 * @property {boolean} ranked has an order key among its siblings
 * @property {Readonly<Record<string, RecordType>>} owners fields that name an owner: with it the record goes
 * @property {readonly string[]} place fields that say where it stands; one value for undo
 * @property {readonly string[]} unique fields that only one record may have together
 * @property {Readonly<Record<string, Field>>} fields
 */

/** @param {unknown} [initial] @returns {Field} */
const value = (initial = null) => ({ kind: "value", default: initial });
/** @returns {Field} */
const text = () => ({ kind: "text", default: "" });
/** @returns {Field} */
const list = () => ({ kind: "list", default: Object.freeze([]) });
/** @param {RecordType} to @returns {Field} */
const ref = (to) => ({ kind: "ref", default: null, to });
/** @param {RecordType} to @returns {Field} */
const refs = (to) => ({ kind: "refs", default: Object.freeze([]), to });

/** @type {Readonly<Record<RecordType, Table>>} */
export const TABLES = Object.freeze({
  map: {
    list: "map",
    single: true,
    ranked: false,
    owners: {},
    place: [],
    unique: [],
    fields: {
      title: text(),
      kind: value("current_state"),
      scenario: text(),
      objective: text(),
      scope_start: text(),
      scope_end: text(),
      notes: text(),
      status: value("draft"),
      owner: value(),
      personas: list(),
      review_on: value(),
    },
  },
  stage: {
    list: "stages",
    single: false,
    ranked: true,
    owners: {},
    place: [],
    unique: [],
    fields: { title: text(), color: value("grey"), goal: text() },
  },
  step: {
    list: "steps",
    single: false,
    ranked: true,
    owners: { stage: "stage" },
    place: ["stage"],
    unique: [],
    fields: { stage: value(), title: text(), duration: text() },
  },
  lane: {
    list: "lanes",
    single: false,
    ranked: true,
    owners: {},
    place: [],
    unique: [],
    fields: { kind: value(), title: text(), settings: value(Object.freeze({})) },
  },
  card: {
    list: "cards",
    single: false,
    ranked: true,
    owners: { lane: "lane", step: "step" },
    place: ["lane", "step"],
    unique: [],
    fields: {
      lane: value(),
      step: value(),
      span: value(1),
      text: text(),
      color: value("yellow"),
      tags: list(),
      assignee: value(),
      channel: value(),
      quality: value(),
      moment_of_truth: value(false),
      missing: value(false),
      severity: value(),
      frequency: value(),
      hurts_at: ref("card"),
      impact: value(),
      effort: value(),
      answers: refs("card"),
      due_on: value(),
      status: value(),
      metric: value(),
      image: value(),
      url: value(),
    },
  },
  emotion: {
    list: "emotions",
    single: false,
    ranked: false,
    owners: { lane: "lane", step: "step" },
    place: ["lane", "step", "persona", "state"],
    unique: ["lane", "step", "persona", "state"],
    fields: {
      lane: value(),
      step: value(),
      persona: value(),
      state: value("today"),
      valence: value(0),
      feeling: value(""),
      emoji: value(""),
      note: text(),
      moment_of_truth: value(false),
    },
  },
  comment: {
    list: "comments",
    single: false,
    ranked: false,
    owners: { parent: "comment" },
    place: [],
    unique: [],
    fields: {
      on: value(),
      target: value(),
      parent: value(),
      text: text(),
      author: value(),
      author_guest: value(),
      author_name: value(""),
      at: value(""),
      resolved: value(false),
    },
  },
  persona: {
    list: "persona",
    single: true,
    ranked: false,
    owners: {},
    place: [],
    unique: [],
    fields: {
      name: text(),
      role: text(),
      motto: text(),
      demographics: text(),
      background: text(),
      goals: text(),
      needs: text(),
      frustrations: text(),
      motivations: text(),
      jobs_to_be_done: text(),
      color: value("violet"),
      portrait: value(),
      channels: list(),
    },
  },
  skill: {
    list: "skills",
    single: false,
    ranked: true,
    owners: {},
    place: [],
    unique: [],
    fields: { name: text(), level: value(50) },
  },
  section: {
    list: "sections",
    single: false,
    ranked: true,
    owners: {},
    place: [],
    unique: [],
    fields: { title: text(), text: text() },
  },
});

/** Every record type, owners before what they own. */
export const TYPES = /** @type {RecordType[]} */ (Object.keys(TABLES));

/**
 * Comments name what they are about by type and id; with it they go.
 * @param {AnyRecord} comment
 * @returns {string}
 */
export const targetOf = (comment) => `${comment.on}:${comment.target}`;

/**
 * The kind of a field; `value` for one this build does not know, so that a newer server's fields still show.
 * @param {RecordType} type
 * @param {string} field
 * @returns {Kind}
 */
export function kindOf(type, field) {
  return TABLES[type]?.fields[field]?.kind ?? "value";
}

/**
 * @param {RecordType} type
 * @param {string} field
 */
export function isList(type, field) {
  const kind = kindOf(type, field);
  return kind === "list" || kind === "refs";
}

/**
 * A record with every field that was not given at its default.
 * @param {RecordType} type
 * @param {string} id
 * @param {Record<string, unknown>} fields
 * @returns {AnyRecord}
 */
export function complete(type, id, fields) {
  /** @type {AnyRecord} */
  const record = { id };
  for (const [name, field] of Object.entries(TABLES[type].fields)) record[name] = field.default;
  return Object.assign(record, fields);
}

/**
 * The name of the list in which a ranked record has its place among siblings.
 * @param {RecordType} type
 * @param {AnyRecord} record
 * @returns {string}
 */
export function siblingsOf(type, record) {
  return [type, ...TABLES[type].place.map((field) => record[field])].join("|");
}
