/**
 * Several people at once, with cables pulled and text raced: everybody ends with the document of the server.
 * A failing seed can be run alone: SEED=17 node --test tests/js/simulate.test.js
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Replay } from "../../static/js/replay.js";
import { TABLES } from "../../static/js/records.js";
import { apply } from "../../static/js/text.js";
import { createStore } from "../../static/js/store.js";
import { outgoing } from "../../static/js/connection.js";
import { ReferenceServer } from "./reference.js";
import { MAP_TYPES, board, chance } from "./boards.js";
import { RandomPerson } from "./random.js";

const SEEDS = process.env.SEED ? [Number(process.env.SEED)] : Array.from({ length: Number(process.env.SEEDS ?? 100) }, (_, at) => at + 1);
const OPS = Number(process.env.OPS ?? 100);

/** Reasons to refuse that honest people meet. */
const FAIR = new Set(["gone", "occupied", "last_step", "has_others", "would_empty", "not_found", "stale_text"]);

for (const seed of SEEDS) {
  test(`people with seed ${seed} end with one document`, async () => {
    const world = new World(seed);
    for (let at = 0; at < OPS; at += 1) world.step();
    await world.settle();
    world.check();
  });
}

/** A server, its people, and messages under way. */
class World {
  constructor(seed) {
    this.dice = chance(seed);
    this.time = 0;
    this.server = new ReferenceServer(board({ stages: 2, steps: 2, lanes: 3, cards: 1 }));
    this.people = Array.from({ length: 2 + this.dice.below(3) }, (_, at) => new Client(`person-${at}`, this));
  }

  step() {
    this.time += this.dice.below(200);
    const person = this.dice.of(this.people);
    if (this.dice.hit(0.8)) person.act();
    if (this.dice.hit(0.05)) person.connected ? person.pull() : person.plug();
    if (this.dice.hit(0.04)) person.reload();
    for (const one of this.people) {
      one.send(this.dice.below(3));
      one.read(this.dice.below(3));
    }
  }

  async settle() {
    for (const person of this.people) if (!person.connected) person.plug();
    for (let round = 0; round < 400; round += 1) {
      this.time += 300;
      for (const person of this.people) {
        person.send(50);
        person.read(1000);
      }
      await null;
      if (this.people.every((person) => person.isIdle())) return;
    }
    assert.fail("the people never came to rest");
  }

  check() {
    const wanted = this.server.document();
    const again = new Replay(this.server.first);
    for (const change of this.server.log) again.apply(change);
    assert.deepEqual(lists(again.document()), lists(wanted), "events equal state");
    for (const person of this.people) {
      assert.deepEqual(person.reads(), lists(wanted), `${person.name} reads another document`);
      assert.deepEqual(person.orders(), ordersOf(wanted), `${person.name} sees another order`);
    }
  }
}

/** One person's tab over a slow line. */
class Client {
  constructor(name, world) {
    this.name = name;
    this.world = world;
    this.kept = new Map();
    this.memory = new Map();
    this.open();
    this.plug();
  }

  open() {
    const { memory } = this;
    const storage = { getItem: (key) => memory.get(key) ?? null, setItem: (key, text) => void memory.set(key, text), removeItem: (key) => void memory.delete(key) };
    this.store = createStore({ mapId: "map", tab: this.name, now: () => this.world.time, storage });
    this.store.restore([...this.kept.values()].map((entry) => structuredClone(entry)));
    this.store.engine.write = (put, drop) => {
      for (const entry of put) if (!this.kept.get(entry.key)?.sent || entry.sent || entry.refused) this.kept.set(entry.key, structuredClone(entry));
      for (const key of drop) this.kept.delete(key);
    };
    this.seen = new Set();
    this.connected = false;
    this.out = [];
    this.in = [];
  }

  plug() {
    this.connected = true;
    this.in = [];
    this.out = [];
    this.welcomed = false;
    this.line = this.world.server.connect(this.name, (messages) => this.in.push(...messages));
    this.line.say(this.store.hello());
  }

  pull() {
    this.connected = false;
    this.line.close();
    this.welcomed = false;
    // What was under way to the server may or may not have arrived.
    for (const message of this.out.splice(0)) if (this.world.dice.hit(0.5)) this.world.server.hear({ person: this.name, receive: () => {}, open: true }, structuredClone(message));
      else break;
  }

  reload() {
    if (this.connected) this.pull();
    this.open();
    this.plug();
  }

  send(most) {
    if (!this.connected) return;
    if (this.welcomed)
      for (;;) {
        const entry = this.store.next();
        if (entry === null || typeof entry === "number") break;
        this.store.engine.write([entry, ...this.store.engine.outbox.waiting()], []);
        this.out.push(structuredClone(outgoing(entry)));
      }
    for (const message of this.out.splice(0, most)) this.line.say(message);
  }

  read(most) {
    for (const message of this.in.splice(0, most)) {
      if (message.type === "welcome") this.welcomed = true;
      const base = this.store.engine.oldestBase();
      const missed = message.document && base !== null && base >= 0 ? structuredClone(this.world.server.log.slice(base, message.seq)) : null;
      const own = message.type === "change" && this.store.engine.outbox.find(message.key)?.entry.kind === "change";
      const before = own ? this.looks() : null;
      const unwatch = this.watchTexts();
      assert.equal(this.store.receive([message], missed), true, "no change is missed");
      unwatch();
      if (own) assert.deepEqual(this.looks(), before, "an answer to one's own change alters nothing that is shown");
      if (message.type === "rejected") assert.ok(FAIR.has(message.error), `a fair reason to refuse, not ${message.error}`);
    }
  }

  /** The deltas told for a caret lead from the text that was shown to the text that is. */
  watchTexts() {
    const watched = [...this.store.engine.board.all("card")].map(({ id, text }) => {
      const seen = { text, now: text };
      const end = this.store.onText("card", id, "text", (now, deltas) => Object.assign(seen, { now, text: deltas.reduce(apply, seen.text) }));
      return { seen, end };
    });
    return () => {
      for (const { seen, end } of watched) {
        end();
        assert.equal(seen.text, seen.now, "the caret is led astray");
      }
    };
  }

  /** What a person sees, down to the letter, but not by which rank. */
  looks() {
    const records = this.reads();
    for (const list of Object.values(records)) for (const at of list.keys()) list[at] = { ...list[at], rank: "" };
    return { records, orders: this.orders() };
  }

  isIdle() {
    return this.welcomed && this.in.length === 0 && this.out.length === 0 && this.store.engine.outbox.pending.length === 0 && this.store.seq === this.world.server.seq;
  }

  act() {
    if (this.store.ready.peek()) new RandomPerson(this.store, this.world.dice, { map: "map", name: this.name, personas: ["ada"] }).act();
  }

  reads() {
    const found = {};
    for (const type of MAP_TYPES) found[type] = new Map([...this.store.engine.board.all(type)].map((one) => [one.id, one]));
    return sortedIds(found);
  }

  orders() {
    const { store } = this;
    return {
      stages: store.stages().peek(),
      steps: store.allSteps().peek(),
      lanes: store.lanes().peek(),
      cards: store.lanes().peek().flatMap((lane) => store.allSteps().peek().flatMap((step) => store.cell(lane, step).peek())),
      emotions: store.lanes().peek().flatMap((lane) => store.emotions(lane).peek()),
    };
  }
}

function lists(document) {
  const found = {};
  for (const type of MAP_TYPES) {
    const part = document[TABLES[type].list];
    found[type] = new Map((TABLES[type].single ? [part] : part).map((one) => [one.id, one]));
  }
  return sortedIds(found);
}

function sortedIds(found) {
  return Object.fromEntries(Object.entries(found).map(([type, records]) => [type, [...records.values()].sort((a, b) => (a.id < b.id ? -1 : 1))]));
}

function ordersOf(document) {
  const ids = (list) => list.map((one) => one.id);
  return { stages: ids(document.stages), steps: ids(document.steps), lanes: ids(document.lanes), cards: ids(document.cards), emotions: ids(document.emotions) };
}
