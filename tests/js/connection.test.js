/** The life of a socket: silence, loss, return, refusal; with a clock and sockets of the test's own. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { connect } from "../../static/js/connection.js";
import { Queue } from "../../static/js/queue.js";
import { createStore } from "../../static/js/store.js";
import { board } from "./boards.js";

const URL_OF_MAP = "ws://test/ws/maps/map/";
const CARD = "card-0-0-0-0";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: 1_000_000 }));
const opened = [];
afterEach(() => {
  for (const connection of opened.splice(0)) connection.close();
  mock.timers.reset();
});

/** A socket that the test holds at the other end. */
class Line {
  constructor() {
    this.readyState = 0;
    this.sent = [];
  }

  open() {
    this.readyState = 1;
    this.onopen();
  }

  send(text) {
    this.sent.push(...[].concat(JSON.parse(text)));
  }

  say(...messages) {
    this.onmessage?.({ data: JSON.stringify(messages.length === 1 ? messages[0] : messages) });
  }

  close() {
    this.readyState = 3;
  }

  end(code) {
    this.readyState = 3;
    this.onclose?.({ code, reason: "" });
  }

  welcome(more = {}) {
    this.say({ type: "welcome", seq: 0, log: "log", you: { id: "edith", name: "Edith" }, role: "editor", people: [], document: { ...board(), seq: 0, log: "log" }, ...more });
  }

  /** What was said, without the signs of life that presence gives. */
  types() {
    return this.sent.map((message) => message.type).filter((type) => type !== "presence");
  }
}

async function open(options = {}) {
  const lines = [];
  const told = [];
  const store = createStore({ mapId: "map", tab: "tab", now: () => Date.now() });
  const connection = connect(store, {
    url: URL_OF_MAP,
    socket: () => lines[lines.push(new Line()) - 1],
    open: async (place) => new Queue(place, null),
    missed: async () => null,
    onReload: (what) => told.push(["reload", what]),
    onClosed: ({ code }) => told.push(["closed", code]),
    ...options,
  });
  opened.push(connection);
  const world = { store, connection, lines, told, line: () => lines.at(-1) };
  world.greet = async (more) => {
    await soon(100);
    world.line().open();
    await soon();
    world.line().welcome(more);
    await soon();
  };
  return world;
}

/** Lets promises run, and some time pass. */
async function soon(milliseconds = 0) {
  for (let at = 0; at < 30; at += 1) await null;
  mock.timers.tick(milliseconds);
  for (let at = 0; at < 30; at += 1) await null;
}

test("before the welcome nothing but hello is said, then what was waiting", async () => {
  const world = await open();
  await soon(100);
  world.line().open();
  await soon();
  assert.deepEqual(world.line().sent, [{ type: "hello", v: 1, since: null, tab: "tab" }]);
  world.store.sendPresence({ cursor: [1, 2] });
  await soon(100);
  assert.deepEqual(world.line().types(), ["hello"]);
  world.line().welcome();
  await soon();
  assert.deepEqual(world.line().sent.at(-1), { type: "presence", state: { cursor: [1, 2] } });
  assert.equal(world.store.state.peek().kind, "saved");
});

test("a change is sent, answered, and sent again after a break if it was not", async () => {
  const world = await open();
  await world.greet();
  const key = world.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "pink" } }]);
  await soon();
  assert.deepEqual(world.store.state.peek(), { kind: "saving", unsent: 1 });
  world.line().end(1006);
  await soon(3000);
  world.line().open();
  await soon();
  assert.deepEqual(world.line().sent[0], { type: "hello", v: 1, since: 0, log: "log", tab: "tab" });
  world.line().welcome({ document: undefined, changes: [] });
  await soon();
  assert.equal(world.line().sent.at(-1).key, key);
  world.line().say({ type: "ack", key, seq: 0, noop: true });
  assert.deepEqual(world.store.state.peek(), { kind: "saved", unsent: 0 });
});

test("six seconds of silence are a question, four more an answer", async () => {
  const world = await open();
  await world.greet();
  await soon(5000);
  assert.deepEqual(world.line().types(), ["hello"]);
  await soon(2000);
  assert.deepEqual(world.line().types(), ["hello", "ping"]);
  world.line().say({ type: "pong", seq: 0 });
  await soon(7000);
  assert.deepEqual(world.line().types(), ["hello", "ping", "ping"]);
  assert.equal(world.lines.length, 1);
  world.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "pink" } }]);
  await soon(4000);
  assert.deepEqual(world.store.state.peek(), { kind: "offline", unsent: 1 });
  await soon(2500);
  assert.equal(world.lines.length, 2, "it dials again");
});

test("it never gives up, and waits a little longer each time", async () => {
  const world = await open();
  for (let at = 0; at < 50; at += 1) {
    world.line().end(1006);
    await soon(8000);
    assert.equal(world.lines.length, at + 2);
  }
  assert.equal(world.store.state.peek().kind, "offline");
});

test("a restart of the server is a flicker, not “Offline”", async () => {
  const world = await open();
  await world.greet();
  world.line().end(1012);
  assert.equal(world.store.state.peek().kind, "connecting");
  await soon(1000);
  await world.greet({ document: undefined, changes: [] });
  assert.equal(world.store.state.peek().kind, "saved");
  await soon(5000);
  assert.equal(world.store.state.peek().kind, "saved");
});

for (const code of [4401, 4403, 4404, 4409])
  test(`code ${code} ends it and is told`, async () => {
    const world = await open();
    await world.greet();
    world.line().end(code);
    await soon(20_000);
    assert.equal(world.lines.length, 1);
    assert.deepEqual(world.told, [["closed", code]]);
    });

test("too fast: it comes back later", async () => {
  const world = await open();
  await world.greet();
  world.line().end(4429);
  await soon(4000);
  assert.equal(world.lines.length, 1);
  await soon(4000);
  assert.equal(world.lines.length, 2);
});

test("a change that the server cannot read is found and set aside, the others arrive", async () => {
  const world = await open();
  await world.greet();
  const keys = ["pink", "teal", "red"].map((color) => world.store.edit([{ op: "set", type: "card", id: CARD, fields: { color } }]));
  await soon();
  world.line().end(1009);
  const arrived = [];
  for (let round = 0; round < 12 && world.store.engine.unsent.peek(); round += 1) {
    await soon(3000);
    await world.greet({ document: undefined, changes: [] });
    for (const key of keys) {
      const sent = world.line().sent.filter((message) => message.type === "change");
      assert.ok(sent.length <= 1 || arrived.length, "one at a time");
      if (!sent.some((message) => message.key === key)) continue;
      if (key === keys[1]) {
        world.line().end(1009);
        break;
      }
      arrived.push(key);
      world.line().say({ type: "ack", key, seq: 0, noop: true });
      await soon();
    }
  }
  assert.deepEqual(arrived, [keys[0], keys[2]]);
  assert.deepEqual(world.store.refused.peek().map(({ key, error }) => [key, error]), [[keys[1], "too_large"]]);
});

test("reload of the state: everything anew, on the next connection", async () => {
  const world = await open();
  await world.greet();
  world.line().say({ type: "reload", what: "state" });
  world.line().end(1012);
  await soon(1000);
  world.line().open();
  await soon();
  assert.equal(world.line().sent[0].since, null);
  world.line().welcome({ log: "another", seq: 7, document: { ...board({ cards: 2 }), seq: 7, log: "another" } });
  await soon();
  assert.equal(world.store.seq, 7);
  assert.equal(world.store.cell("lane-0", "step-0-0").peek().length, 2);
  assert.deepEqual(world.told, [["reload", "state"]]);
});

test("a pong that knows of more than has come means something is missing", async () => {
  const world = await open();
  await world.greet();
  world.line().say({ type: "pong", seq: 3 });
  await soon(1000);
  assert.equal(world.lines.length, 2);
});

test("somebody else's sign-in never sends what one has written", async () => {
  const world = await open();
  await world.greet();
  world.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "pink" } }]);
  world.line().end(1006);
  await soon(1000);
  await world.greet({ you: { id: "stan", name: "Stan" } });
  assert.deepEqual(world.told, [["closed", 4401], ["reload", "page"]]);
  assert.deepEqual(world.line().types(), ["hello"]);
});

test("presence is merged and sent at most twenty times a second", async () => {
  const world = await open();
  await world.greet();
  for (let at = 0; at < 100; at += 1) {
    world.store.sendPresence({ cursor: [at, 0] });
    await soon(10);
  }
  const sent = world.line().sent.filter((message) => message.type === "presence");
  assert.ok(sent.length <= 21, `${sent.length} in a second`);
  assert.deepEqual(sent.at(-1).state.cursor[0] > 90, true);
});

test("messages behind a welcome that waits for the log are taken behind it", async () => {
  let answer;
  const world = await open({ missed: () => new Promise((resolve) => (answer = resolve)) });
  await world.greet();
  world.store.typeText("card", CARD, "text", "Reads a review, twice");
  world.line().end(1006);
  await soon(1000);
  world.line().open();
  await soon();
  world.line().say({ type: "welcome", seq: 1, log: "log", you: { id: "edith", name: "Edith" }, role: "editor", people: [], document: { ...board(), seq: 1, log: "log" } });
  world.line().say({ type: "change", seq: 2, key: "other", ops: [{ op: "set", type: "card", id: CARD, fields: { color: "red" } }] });
  await soon();
  assert.equal(world.store.seq, 0);
  answer([{ seq: 1, key: "x", ops: [] }]);
  await soon();
  assert.equal(world.store.seq, 2);
  assert.equal(world.line().sent.at(-1).ops[0].base, 2, "what was not sent stands on what was read");
});

test("a hidden page, whose timers sleep, still gives a sign of life", async () => {
  const world = await open();
  await world.greet();
  world.connection.presence.stop();
  for (let at = 0; at < 30; at += 1) {
    await soon(2000);
    world.line().say({ type: "pong", seq: 0 });
  }
  assert.deepEqual(world.line().types(), ["hello", "ping", "ping"]);
});
