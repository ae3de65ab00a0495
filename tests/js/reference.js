/**
 * A small server in memory that follows docs/protocol.md: what the store is measured against in tests.
 * Written without the store's own planning, so that a mistake there shows as a difference here.
 */
import { newId } from "../../static/js/ids.js";
import { between } from "../../static/js/rank.js";
import { Replay } from "../../static/js/replay.js";
import { TABLES, complete, kindOf } from "../../static/js/records.js";
import { apply, difference, invert, normalise, transform } from "../../static/js/text.js";

/** What the server refuses, with the contract's code. */
class Refusal extends Error {
  constructor(code, extra = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** One document, its log and everybody who is connected. */
export class ReferenceServer {
  constructor(document, { log = newId() } = {}) {
    this.logId = log;
    this.replay = new Replay({ ...document, seq: 0, log });
    this.first = this.replay.document();
    this.log = [];
    this.inverses = new Map();
    this.answers = new Map();
    this.sameAs = new Map();
    this.sockets = new Set();
    this.used = new Set();
  }

  get seq() {
    return this.log.length;
  }

  document() {
    return structuredClone({ ...this.replay.document(), seq: this.seq, log: this.logId, personas: [] });
  }

  /** A connection: `receive(messages)` is called with what the server says. */
  connect(person, receive) {
    const socket = { person, receive, open: true };
    return {
      say: (message) => socket.open && this.hear(socket, structuredClone(message)),
      close: () => {
        socket.open = false;
        this.sockets.delete(socket);
      },
    };
  }

  hear(socket, message) {
    if (message.type === "hello") return this.greet(socket, message);
    if (!["change", "undo", "redo"].includes(message.type)) return undefined;
    const { key } = message;
    const before = this.answers.get(key);
    if (before) return socket.receive([{ type: "ack", key, seq: before.seq, noop: before.noop }]);
    const mark = { replay: this.copy(), sameAs: new Map(this.sameAs), used: new Set(this.used) };
    try {
      return this.commit(socket, message, message.type === "change" ? this.write(message) : this.takeBack(message));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      Object.assign(this, mark);
      return socket.receive([{ type: "rejected", key, error: refusal.code, message: refusal.code, ...refusal.extra }]);
    }
  }

  greet(socket, { since, log }) {
    const you = { id: socket.person, name: socket.person };
    const start = { type: "welcome", seq: this.seq, log: this.logId, you, role: "editor", people: [] };
    const goesOn = since !== null && log === this.logId && since <= this.seq;
    socket.receive([goesOn ? { ...start, changes: structuredClone(this.log.slice(since)) } : { ...start, document: this.document() }]);
    this.sockets.add(socket);
  }

  commit(socket, message, { ops, inverse, same_as, left = [] }) {
    const { key } = message;
    const noop = ops.length === 0 && !same_as;
    this.answers.set(key, { seq: noop ? this.seq : this.seq + 1, noop });
    if (noop) return socket.receive([{ type: "ack", key, seq: this.seq, noop: true, left_alone: left }]);
    const change = { type: "change", seq: this.seq + 1, key, group: message.group ?? key, actor: { id: socket.person, name: socket.person }, at: "2026-01-01T00:00:00Z", ops };
    if (same_as) change.same_as = same_as;
    if (message.change) change.undoes = message.change;
    this.log.push(change);
    this.inverses.set(key, inverse);
    for (const other of [...this.sockets]) other.receive([structuredClone(change)]);
    if (left.length) socket.receive([{ type: "ack", key, seq: this.seq, noop: false, left_alone: left }]);
    if (!this.sockets.has(socket)) socket.receive([{ type: "ack", key, seq: this.seq, noop: false }]);
    return undefined;
  }

  copy() {
    return new Replay(this.replay.document());
  }

  // Writing

  write({ ops, log }) {
    if (log && log !== this.logId) throw new Refusal("stale_text");
    const out = { ops: [], inverse: [], same_as: undefined, fresh: new Set(), bases: new Map() };
    for (const op of ops) this.writeOp(op, out);
    for (const op of ops) if (op.op === "insert" && op.type === "stage") this.giveStep(op.id, out);
    return out;
  }

  writeOp(op, out) {
    const id = this.sameAs.get(op.id) ?? op.id;
    if (op.op === "insert") return this.insert(op, out);
    const record = this.get(op.type, id);
    if (!record) {
      if (op.op === "delete") return undefined;
      throw new Refusal("gone");
    }
    if (op.op === "delete") return this.remove(op.type, record, out);
    if (op.op === "text") return this.text(op, record, out);
    return this.set(op, record, out);
  }

  insert(op, out) {
    if (this.used.has(op.id)) throw new Refusal("id_in_use");
    const record = complete(op.type, op.id, op.fields);
    this.checkOwners(op.type, record);
    this.used.add(op.id);
    const holder = this.holder(op.type, record);
    if (holder) {
      if (op.restored) throw new Refusal("occupied");
      this.sameAs.set(op.id, holder.id);
      out.same_as = { ...out.same_as, [op.id]: holder.id };
      const place = TABLES[op.type].place;
      const given = Object.fromEntries(Object.entries(op.fields).filter(([field]) => !place.includes(field)));
      return this.set({ ...op, op: "set", id: holder.id, fields: given }, holder, out);
    }
    const { id: _id, ...fields } = record;
    if (TABLES[op.type].ranked) fields.rank = this.rank(op.type, record, op);
    out.fresh.add(op.id);
    this.happen(out, { op: "insert", type: op.type, id: op.id, fields }, { op: "delete", type: op.type, id: op.id });
    return undefined;
  }

  set(op, record, out) {
    const table = TABLES[op.type];
    const wanted = {};
    for (const [field, value] of Object.entries(op.fields)) {
      const next = value && !Array.isArray(value) && (value.add || value.remove) ? edited(record[field], value) : value;
      if (JSON.stringify(next) !== JSON.stringify(record[field])) wanted[field] = next;
    }
    const texts = Object.keys(wanted).filter((field) => kindOf(op.type, field) === "text");
    const values = Object.fromEntries(Object.entries(wanted).filter(([field]) => !texts.includes(field)));
    const target = { ...record, ...values };
    this.checkOwners(op.type, target);
    const taken = this.holder(op.type, target);
    if (taken && taken.id !== record.id) throw new Refusal("occupied");
    const moved = table.place.some((field) => field in values);
    const before = this.predecessor(op.type, record);
    if (table.ranked && (moved || (op.after !== undefined && !this.isBehind(op.type, record, op.after)))) values.rank = this.rank(op.type, target, op);
    if (op.type === "step" && "stage" in values && this.siblings("step", record).length === 1) throw new Refusal("last_step");
    if (Object.keys(values).length) {
      const old = Object.fromEntries(Object.keys(values).filter((field) => field !== "rank").map((field) => [field, record[field]]));
      const inverse = { op: "set", type: op.type, id: record.id, fields: old, wrote: { ...values } };
      if ("rank" in values) inverse.after = before;
      this.happen(out, { op: "set", type: op.type, id: record.id, fields: values }, inverse);
    }
    for (const field of texts) this.change(op.type, record.id, field, difference(record[field], wanted[field]), out);
    for (const field of texts) out.bases.set(`${op.type}:${record.id}:${field}`, []);
  }

  text(op, record, out) {
    const spot = `${op.type}:${record.id}:${op.field}`;
    if (!out.bases.has(spot)) out.bases.set(spot, out.fresh.has(record.id) ? [] : this.deltasSince(record.id, op));
    let delta = normalise(op.delta);
    const moved = [];
    for (const other of out.bases.get(spot)) {
      moved.push(transform(other, delta, true));
      delta = transform(delta, other, false);
    }
    out.bases.set(spot, moved);
    this.change(op.type, record.id, op.field, delta, out);
  }

  deltasSince(id, op) {
    if (op.base === undefined || op.base > this.seq) throw new Refusal("stale_text");
    const deltas = [];
    let alive = true;
    for (const { ops } of this.log.slice(op.base))
      for (const one of ops) {
        if (one.id !== id) continue;
        if (one.op === "delete") alive = false;
        if (one.op === "text" && one.field === op.field) deltas.push(one.delta);
      }
    if (!alive) throw new Refusal("stale_text");
    return deltas;
  }

  change(type, id, field, delta, out) {
    const before = this.get(type, id)[field];
    let after;
    try {
      after = apply(before, delta);
    } catch {
      throw new Refusal("invalid");
    }
    if (after === before) return;
    const inverse = { op: "text", type, id, field, base: this.seq + 1, delta: invert(before, delta) };
    this.happen(out, { op: "text", type, id, field, base: this.seq, delta }, inverse);
  }

  remove(type, record, out) {
    if (type === "step" && !out.cascade && this.siblings("step", record).length === 1) throw new Refusal("last_step");
    const doomed = this.owned(type, record.id);
    const gone = new Set(doomed.map(([, one]) => one.id));
    for (const card of [...this.all("card")].filter((one) => !gone.has(one.id))) {
      const fields = {};
      if (gone.has(card.hurts_at)) fields.hurts_at = null;
      if (card.answers.some((id) => gone.has(id))) fields.answers = card.answers.filter((id) => !gone.has(id));
      if (Object.keys(fields).length) {
        const old = Object.fromEntries(Object.keys(fields).map((field) => [field, card[field]]));
        this.happen(out, { op: "set", type: "card", id: card.id, fields }, { op: "set", type: "card", id: card.id, fields: old, wrote: fields });
      }
    }
    for (const [kind, one] of doomed) {
      const { id, ...fields } = this.get(kind, one.id);
      this.happen(out, { op: "delete", type: kind, id }, { op: "insert", type: kind, id, fields, restored: true });
    }
  }

  giveStep(stage, out) {
    if (!this.get("stage", stage) || [...this.all("step")].some((step) => step.stage === stage)) return;
    this.insert({ op: "insert", type: "step", id: newId(), fields: { stage } }, out);
  }

  happen(out, op, inverse) {
    this.replay.apply({ ops: [op] });
    out.ops.push(op);
    out.inverse.unshift(inverse);
  }

  // Taking back

  takeBack({ change: target }) {
    const changes = this.log.filter((one) => one.key === target || one.group === target);
    if (changes.length === 0) throw new Refusal("not_found");
    const out = { ops: [], inverse: [], same_as: undefined, fresh: new Set(), bases: new Map(), left: [] };
    for (const change of changes.reverse()) for (const op of this.inverses.get(change.key)) this.undoOp(op, change, out);
    for (const stage of [...this.all("stage")])
      if (![...this.all("step")].some((step) => step.stage === stage.id)) throw new Refusal("would_empty");
    return out;
  }

  undoOp(op, change, out) {
    const record = this.get(op.type, op.id);
    if (op.op === "insert") return record ? undefined : this.restore(op, out);
    if (!record) return void out.left.push(op.id);
    if (op.op === "delete") {
      if (this.owned(op.type, op.id).some(([, one]) => one.id !== op.id)) throw new Refusal("has_others");
      return this.remove(op.type, record, { ...out, cascade: true });
    }
    if (op.op === "text") return this.undoText(op, change, out);
    const place = [...TABLES[op.type].place, "rank"];
    const off = Object.keys(op.wrote).filter((field) => JSON.stringify(record[field]) !== JSON.stringify(op.wrote[field]));
    const dead = new Set(off.some((field) => place.includes(field)) ? [...off, ...place] : off);
    if (dead.size) out.left.push(op.id);
    const fields = Object.fromEntries(Object.entries(op.fields).filter(([field]) => !dead.has(field)));
    const after = dead.has("rank") || op.after === undefined ? {} : { after: op.after };
    return this.leniently(out, () => this.set({ op: "set", type: op.type, id: op.id, fields, ...after }, record, out));
  }

  restore(op, out) {
    this.leniently(out, () => {
      this.used.delete(op.id);
      const { rank: _rank, ...fields } = op.fields;
      const hurts = fields.hurts_at && !this.get("card", fields.hurts_at) ? { hurts_at: null } : {};
      const answers = fields.answers ? { answers: fields.answers.filter((id) => this.get("card", id)) } : {};
      this.insert({ ...op, fields: { ...fields, ...hurts, ...answers } }, out);
    });
  }

  undoText(op, change, out) {
    let delta = op.delta;
    let from = false;
    for (const { seq, ops } of [...this.log, { seq: Infinity, ops: out.ops }])
      for (const one of ops) {
        if (one.id === op.id && one.op === "delete") from = false;
        if (seq > change.seq && one.op === "text" && one.id === op.id && one.field === op.field) delta = transform(delta, one.delta, false);
      }
    void from;
    this.leniently(out, () => this.change(op.type, op.id, op.field, delta, out));
  }

  leniently(out, work) {
    try {
      work();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      out.left.push(refusal.code);
    }
  }

  // Reading

  all(type) {
    return this.replay.types.get(type).values();
  }

  get(type, id) {
    return this.replay.types.get(type)?.get(id);
  }

  checkOwners(type, record) {
    for (const [field, owner] of Object.entries(TABLES[type].owners))
      if (record[field] !== null && !this.get(owner, record[field])) throw new Refusal("gone");
  }

  holder(type, record) {
    if (type !== "emotion") return undefined;
    return [...this.all("emotion")].find((one) => ["lane", "step", "persona", "state"].every((field) => one[field] === record[field]));
  }

  owned(type, id) {
    const found = [];
    for (const [kind, table] of Object.entries(TABLES)) {
      if (!this.replay.types.has(kind)) continue;
      for (const record of this.all(kind))
        if (Object.entries(table.owners).some(([field, owner]) => owner === type && record[field] === id)) found.push(...this.owned(kind, record.id));
    }
    for (const comment of this.all("comment")) if (comment.on === type && comment.target === id) found.push(...this.owned("comment", comment.id));
    found.push([type, this.get(type, id)]);
    return [...new Map(found.map((pair) => [pair[1].id, pair])).values()];
  }

  siblings(type, record) {
    const same = [...this.all(type)].filter((one) => TABLES[type].place.every((field) => one[field] === record[field]));
    return same.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1));
  }

  predecessor(type, record) {
    if (!TABLES[type].ranked) return undefined;
    const ids = this.siblings(type, record).map((one) => one.id);
    return ids[ids.indexOf(record.id) - 1] ?? null;
  }

  isBehind(type, record, after) {
    const ids = this.siblings(type, record).map((one) => one.id);
    const at = ids.indexOf(record.id);
    if (after === null) return at === 0;
    if (!ids.includes(after)) return at === ids.length - 1;
    return at > 0 && ids[at - 1] === after;
  }

  rank(type, record, { after }) {
    const others = this.siblings(type, record).filter((one) => one.id !== record.id);
    const found = others.findIndex((one) => one.id === (this.sameAs.get(after) ?? after));
    const at = after === null ? 0 : found >= 0 ? found + 1 : others.length;
    return between(others[at - 1]?.rank ?? null, others[at]?.rank ?? null);
  }
}

function edited(list, { add = [], remove = [] }) {
  const kept = list.filter((item) => !remove.includes(item));
  return [...kept, ...add.filter((item) => !kept.includes(item))];
}
