/** The shapes that travel: records, operations, messages. The contract in words is docs/protocol.md. */

/** So many code points go. */
export interface Deleted {
  d: number;
}
export type Part = number | string | Deleted;
/** A walk over a text: keep n, insert, delete; the rest is kept. */
export type Delta = Part[];

export type Color =
  | "yellow" | "orange" | "pink" | "red" | "violet" | "blue" | "teal" | "green" | "grey" | "white";
export type LaneKind =
  | "actions" | "thoughts" | "questions" | "goals" | "text" | "touchpoints" | "channels" | "emotions"
  | "pain_points" | "opportunities" | "metrics" | "images" | "files" | "personas" | "owners" | "evidence"
  | "physical_evidence" | "customer_actions" | "frontstage" | "backstage" | "support";
export type MapKind =
  | "current_state" | "future_state" | "day_in_the_life" | "service_blueprint" | "buyer_journey"
  | "customer_support" | "lead_nurturing" | "churn" | "channel" | "experience" | "empathy_map" | "blank";

export interface MapRecord {
  id: string;
  workspace: string;
  title: string;
  kind: MapKind;
  scenario: string;
  objective: string;
  scope_start: string;
  scope_end: string;
  notes: string;
  status: string;
  owner: string | null;
  personas: string[];
  review_on: string | null;
}
export interface StageRecord {
  id: string;
  title: string;
  rank: string;
  color: Color;
  goal: string;
}
export interface StepRecord {
  id: string;
  stage: string;
  title: string;
  rank: string;
  duration: string;
}
export interface LaneRecord {
  id: string;
  kind: LaneKind;
  title: string;
  rank: string;
  settings: Record<string, unknown>;
}
export interface CardRecord {
  id: string;
  lane: string;
  step: string;
  rank: string;
  span: number;
  text: string;
  color: Color;
  tags: string[];
  assignee: string | null;
  channel: string | null;
  quality: "good" | "ok" | "bad" | null;
  moment_of_truth: boolean;
  missing: boolean;
  severity: number | null;
  frequency: number | null;
  hurts_at: string | null;
  impact: number | null;
  effort: number | null;
  answers: string[];
  due_on: string | null;
  status: "idea" | "planned" | "in_progress" | "done" | "dropped" | null;
  metric: unknown;
  image: unknown;
  url: string | null;
}
export interface EmotionRecord {
  id: string;
  lane: string;
  step: string;
  persona: string | null;
  state: "today" | "target" | string;
  valence: number;
  feeling: string;
  emoji: string;
  note: string;
  moment_of_truth: boolean;
}
export interface CommentRecord {
  id: string;
  on: "map" | "card" | "stage" | "lane" | "step" | "emotion";
  target: string;
  parent: string | null;
  text: string;
  author: string | null;
  author_guest: string | null;
  author_name: string;
  at: string;
  resolved: boolean;
}
/** The record of a persona's own document; `personas` of a map holds summaries. */
export interface PersonaRecord {
  id: string;
  name: string;
  role: string;
  motto: string;
  demographics: string;
  background: string;
  goals: string;
  needs: string;
  frustrations: string;
  motivations: string;
  jobs_to_be_done: string;
  color: Color;
  portrait: string | null;
  channels: string[];
}
export interface SkillRecord {
  id: string;
  name: string;
  level: number;
  rank: string;
}
export interface SectionRecord {
  id: string;
  title: string;
  text: string;
  rank: string;
}
export interface PersonaSummary {
  id: string;
  name: string;
  role: string;
  portrait: string | null;
  color: string;
}

export interface RecordTypes {
  map: MapRecord;
  stage: StageRecord;
  step: StepRecord;
  lane: LaneRecord;
  card: CardRecord;
  emotion: EmotionRecord;
  comment: CommentRecord;
  persona: PersonaRecord;
  skill: SkillRecord;
  section: SectionRecord;
}
export type RecordType = keyof RecordTypes;
/** A record of any type, read by field name. */
export interface AnyRecord {
  id: string;
  [field: string]: any;
}
export type Fields = Record<string, any>;

/** What a document with its lists looks like; a persona's has `persona`, `skills` and `sections`. */
export interface MapDocument {
  seq: number;
  log: string;
  map: MapRecord;
  stages: StageRecord[];
  steps: StepRecord[];
  lanes: LaneRecord[];
  cards: CardRecord[];
  emotions: EmotionRecord[];
  comments: CommentRecord[];
  personas: PersonaSummary[];
}
/** A document read without knowing its kind. */
export interface AnyDocument {
  seq: number;
  log: string;
  [part: string]: any;
}

export interface InsertOp {
  op: "insert";
  type: RecordType;
  id: string;
  fields: Fields;
  after?: string | null;
}
export interface SetOp {
  op: "set";
  type: RecordType;
  id: string;
  fields: Fields;
  after?: string | null;
  only_if?: Fields;
}
export interface TextOp {
  op: "text";
  type: RecordType;
  id: string;
  field: string;
  delta: Delta;
  base?: number;
}
export interface DeleteOp {
  op: "delete";
  type: RecordType;
  id: string;
}
/** An operation on its way to the server; without `id` the store makes one. */
export type Op = InsertOp | SetOp | TextOp | DeleteOp;
export type Insertable = Omit<InsertOp, "id" | "fields"> & { id?: string; fields?: Fields };
export type Intent = Insertable | SetOp | TextOp | DeleteOp;

export interface Person {
  id: string;
  name: string;
  color?: string;
  guest?: boolean;
  state?: Presence | null;
}
export interface Presence {
  cursor?: unknown;
  selection?: unknown;
  field?: unknown;
  caret?: unknown;
  drag?: unknown;
  viewport?: unknown;
  [part: string]: unknown;
}

/** A change as it is announced: what had effect, complete, with ranks. */
export interface Change {
  type?: "change";
  seq: number;
  key: string;
  group?: string | null;
  actor?: { id: string; name: string; guest?: boolean } | null;
  at?: string;
  ops: Op[];
  same_as?: Record<string, string>;
  undoes?: string | null;
}
export interface Welcome {
  type: "welcome";
  seq: number;
  log: string;
  you: Person;
  role: string;
  people?: Person[];
  document?: AnyDocument;
  changes?: Change[];
}
export interface Ack {
  type: "ack";
  key: string;
  seq: number;
  noop: boolean;
  /** Of an undo: what a colleague has changed since, and was left alone. Such an ack comes behind the change. */
  left_alone?: LeftAlone[];
}
export interface LeftAlone {
  type: RecordType;
  id: string;
  fields: string[];
  why: string;
}
export interface Rejected {
  type: "rejected";
  key: string;
  error: string;
  message: string;
  op?: number | null;
  text?: string;
  seq?: number;
}
export interface PresenceMessage {
  type: "presence";
  person: Person | string;
  state: Presence | null;
}
export interface Personas {
  type: "personas";
  personas: PersonaSummary[];
}
export interface Reload {
  type: "reload";
  what: "state" | "page";
}
export interface Pong {
  type: "pong";
  seq: number;
}
export type ServerMessage =
  | Welcome | (Change & { type: "change" }) | Ack | Rejected | PresenceMessage | Personas | Reload | Pong;

export interface Outgoing {
  type: "change" | "undo" | "redo";
  key: string;
  ops?: Op[];
  group?: string;
  log?: string;
  change?: string;
}

/** Something of one's own that has not been answered yet, as the queue keeps it. */
export interface Entry {
  kind: "change" | "undo" | "redo";
  key: string;
  /** As they go out; a text delta of them is never altered once `sent`. */
  ops: Op[];
  group: string | null;
  label: string;
  /** The log and the seq at which the ops were written. */
  log: string;
  base: number;
  /** Marked before it goes out for the first time. */
  sent: boolean;
  /** For undo and redo: the key or group. */
  target: string | null;
  /** The words in it, to be shown if it is refused. */
  text: string;
  at: number;
  /** It did not happen and waits to be looked at. */
  refused?: Refused;
}
export interface Refused {
  key: string;
  error: string;
  message: string;
  ops: Op[];
  text: string;
  at: number;
}
export interface ConnectionState {
  kind: "connecting" | "saved" | "saving" | "offline";
  unsent: number;
}
/** What became of an undo or redo; without `leftAlone` it is not known yet what was left alone. */
export interface Outcome {
  effect: boolean;
  leftAlone?: LeftAlone[];
  message?: string;
}
export interface UndoResult {
  label: string;
  /** How many things were left alone, and which. */
  left: number;
  leftAlone: LeftAlone[];
  done: boolean;
  /** Why it was refused. */
  message?: string;
}
/** What remembers a few words of a tab over a reload: sessionStorage, or nothing. */
export interface Memory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
