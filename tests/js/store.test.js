/** What a person sees while the server has not answered, and what becomes of it. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { effect } from "../../static/vendor/signals-core.js";
import { outgoing } from "../../static/js/connection.js";
import { newId } from "../../static/js/ids.js";
import { createStore } from "../../static/js/store.js";
import { ReferenceServer } from "./reference.js";
import { board } from "./boards.js";

const CARD = "card-0-0-0-0";
let time = 0;

beforeEach(() => {
  time = 0;
});

/** Edith at a server of her own; `link` moves messages by hand. */
function edith({ document = board(), server = new ReferenceServer(document), kept = [], memory = new Map(), name = "Edith" } = {}) {
  const storage = { getItem: (key) => memory.get(key) ?? null, setItem: (key, text) => void memory.set(key, text), removeItem: (key) => void memory.delete(key) };
  const store = createStore({ mapId: "map", tab: name, now: () => time, storage });
  const disk = new Map(kept.map((entry) => [entry.key, entry]));
  store.restore(kept);
  store.engine.write = (put, drop) => {
    for (const entry of put) disk.set(entry.key, structuredClone(entry));
    for (const key of drop) disk.delete(key);
  };
  const link = { in: [], server, store, disk, memory, line: null };
  link.plug = (missed = null) => {
    link.in = [];
    link.line = server.connect(name, (messages) => link.in.push(...messages));
    link.line.say(store.hello());
    link.read(missed);
    return link;
  };
  link.send = () => {
    const sent = [];
    for (let entry = store.next(); entry !== null && typeof entry !== "number"; entry = store.next()) {
      store.engine.write([entry], []);
      sent.push(outgoing(entry));
    }
    for (const message of sent) link.line.say(message);
    return sent;
  };
  link.read = (missed = null) => {
    for (const message of link.in.splice(0)) store.receive([message], missed);
  };
  link.both = () => {
    link.send();
    link.read();
  };
  return link;
}

const text = ({ store }, id = CARD) => store.record("card", id).peek()?.text;
const cell = ({ store }) => store.cell("lane-0", "step-0-0").peek();

test("a card is on the board before the server has heard of it", () => {
  const link = edith().plug();
  const seen = [];
  effect(() => void seen.push(link.store.cell("lane-0", "step-0-0").value.length));
  const id = link.store.insert("card", { lane: "lane-0", step: "step-0-0", text: "new" }, { after: null });
  assert.deepEqual(cell(link), [id, CARD]);
  assert.deepEqual(seen, [1, 2]);
  link.both();
  assert.deepEqual(cell(link), [id, CARD]);
  assert.equal(link.store.state.peek().unsent, 0);
});

test("an edit touches the signals of what changed and no other", () => {
  const link = edith().plug();
  let runs = 0;
  for (const id of ["card-1-0-0-0", "card-0-1-1-0"]) effect(() => void (link.store.record("card", id).value && (runs += 1)));
  effect(() => void (link.store.allSteps().value && (runs += 1)));
  runs = 0;
  link.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "pink" } }]);
  link.both();
  assert.equal(runs, 0);
});

test("what is typed while a change is under way goes out behind its answer, as one", () => {
  const link = edith().plug();
  link.store.typeText("card", CARD, "text", "R");
  const [first] = link.send();
  for (const words of ["Re", "Rea", "Read"]) link.store.typeText("card", CARD, "text", words);
  assert.deepEqual(link.send(), []);
  link.read();
  time += 1000;
  const rest = link.send();
  assert.equal(rest.length, 1);
  assert.deepEqual(rest[0].ops[0].delta, [1, "ead"]);
  assert.equal(rest[0].ops[0].base, 1);
  assert.equal(rest[0].group, first.group, "one run of typing is one step of undo");
});

test("typing goes out a few times a second, at once when something stands behind it", () => {
  const link = edith().plug();
  link.store.typeText("card", CARD, "text", "a");
  link.both();
  time += 50;
  link.store.typeText("card", CARD, "text", "ab");
  assert.equal(typeof link.store.next(), "number");
  link.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "pink" } }]);
  assert.equal(link.send().length, 2);
});

test("a new card's text waits for the card", () => {
  const link = edith().plug();
  const id = link.store.insert("card", { lane: "lane-0", step: "step-0-0", text: "n" });
  link.store.typeText("card", id, "text", "new");
  assert.equal(link.send().length, 1);
  link.read();
  time += 1000;
  link.both();
  assert.equal(link.server.get("card", id).text, "new");
});

test("two people type at one place and keep every letter", () => {
  const server = new ReferenceServer(board());
  const [one, two] = [edith({ server }).plug(), edith({ server, name: "Colin" }).plug()];
  const told = [];
  one.store.onText("card", CARD, "text", (now, deltas) => told.push([now, deltas]));
  one.store.typeText("card", CARD, "text", "Reads a review, twice");
  two.store.typeText("card", CARD, "text", "Reads a review. Smiles");
  two.both();
  one.both();
  two.read();
  assert.equal(text(one), "Reads a review. Smiles, twice");
  assert.equal(text(two), text(one));
  assert.deepEqual(told, [["Reads a review. Smiles, twice", [[14, ". Smiles"]]]]);
});

test("only what a field did not yet show is kept apart from what is typed in it", () => {
  const server = new ReferenceServer(board());
  const [one, two] = [edith({ server }).plug(), edith({ server, name: "Colin" }).plug()];
  two.store.typeText("card", CARD, "text", "Colin: Reads a review");
  two.both();
  one.read();
  one.store.typeText("card", CARD, "text", "Reads a reviewか", { seen: "Reads a review" });
  assert.equal(text(one), "Colin: Reads a reviewか");
});

test("a change that is refused is shown with its words, and so is what stands on it", () => {
  const server = new ReferenceServer(board());
  const [one, two] = [edith({ server }).plug(), edith({ server, name: "Colin" }).plug()];
  two.store.edit([{ op: "delete", type: "lane", id: "lane-0" }]);
  two.both();
  const id = one.store.insert("card", { lane: "lane-0", step: "step-0-0", text: "in vain" });
  one.store.typeText("card", id, "text", "in vain, but not lost");
  one.both();
  assert.deepEqual(one.store.refused.peek().map((refused) => refused.text), ["in vain", "in vain, but not lost"]);
  assert.equal(one.store.state.peek().unsent, 0);
  assert.equal(one.disk.size, 2, "they are kept until somebody has looked");
  for (const { key } of one.store.refused.peek()) one.store.dismiss(key);
  assert.equal(one.disk.size, 0);
});

test("refused changes are still there after a reload", () => {
  const link = edith().plug();
  link.store.edit([{ op: "set", type: "card", id: "nobody", fields: { text: "gone with the wind" } }]);
  link.both();
  const again = edith({ server: link.server, kept: [...link.disk.values()] }).plug();
  assert.equal(again.store.refused.peek()[0].text, "gone with the wind");
  assert.deepEqual(again.send(), []);
});

test("what was never sent is undone and redone here", async () => {
  const link = edith().plug();
  const id = link.store.insert("card", { lane: "lane-0", step: "step-0-0" }, { label: "added a card" });
  assert.deepEqual(await link.store.undo(), { label: "added a card", left: 0, leftAlone: [], done: true });
  assert.deepEqual(cell(link), [CARD]);
  assert.deepEqual(link.send(), []);
  assert.equal(link.store.canUndo.peek(), false);
  await link.store.redo();
  assert.deepEqual(cell(link), [CARD, id]);
  link.both();
  assert.deepEqual(cell(link), [CARD, id]);
});

test("undo is asked of the server, redo names the undo, and both survive a reload", async () => {
  const link = edith().plug();
  link.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "pink" } }], { label: "recoloured" });
  link.both();
  const again = edith({ server: link.server, memory: link.memory }).plug();
  const undone = again.store.undo();
  const [{ type, key }] = again.send();
  again.read();
  assert.equal(type, "undo");
  assert.equal(again.store.record("card", CARD).peek().color, "yellow");
  assert.equal((await undone).done, true);
  const redone = again.store.redo();
  const [redo] = again.send();
  again.read();
  assert.equal(redo.change, key);
  assert.equal((await redone).label, "recoloured");
  assert.equal(again.store.record("card", CARD).peek().color, "pink");
});

test("undo leaves a colleague's later change alone and says so", async () => {
  const server = new ReferenceServer(board());
  const [one, two] = [edith({ server }).plug(), edith({ server, name: "Colin" }).plug()];
  one.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "pink" } }]);
  one.both();
  two.read();
  two.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "teal" } }]);
  two.both();
  const undone = one.store.undo();
  one.both();
  const { done, left } = await undone;
  assert.deepEqual([done, left], [false, 1]);
  assert.equal(one.store.record("card", CARD).peek().color, "teal");
});

test("a run of typing is one step; leaving the field or resting ends it", async () => {
  const link = edith().plug();
  for (const words of ["a", "ab", "abc"]) link.store.typeText("card", CARD, "text", words);
  link.store.endTyping();
  link.store.typeText("card", CARD, "text", "abcd");
  await link.store.undo();
  assert.equal(text(link), "abc");
  await link.store.undo();
  assert.equal(text(link), "Reads a review");
});

test("a second point in one place is the first one, for ever", () => {
  const link = edith().plug();
  const place = { lane: "lane-2", step: "step-0-0", persona: null };
  const first = link.store.insert("emotion", { ...place, valence: 10 });
  link.both();
  const second = link.store.insert("emotion", { ...place, valence: 20 });
  link.store.edit([{ op: "set", type: "emotion", id: second, fields: { valence: 30 } }]);
  assert.equal(link.store.record("emotion", first).peek().valence, 30);
  link.both();
  assert.equal(link.store.record("emotion", second).peek().valence, 30);
  assert.deepEqual(link.store.emotions("lane-2").peek(), [first]);
});

test("deleting a stage takes everything in it along, at once", () => {
  const link = edith().plug();
  link.store.edit([{ op: "set", type: "card", id: "card-1-1-1-0", fields: { hurts_at: CARD } }]);
  link.store.edit([{ op: "delete", type: "stage", id: "stage-0" }]);
  assert.deepEqual(link.store.stages().peek(), ["stage-1"]);
  assert.deepEqual(link.store.allSteps().peek(), ["step-1-0", "step-1-1"]);
  assert.equal(link.store.record("card", CARD).peek(), null);
  assert.equal(link.store.record("card", "card-1-1-1-0").peek().hurts_at, null);
  link.both();
  assert.equal(link.store.record("card", "card-1-1-1-0").peek().hurts_at, null);
});

test("a stage comes with its first step", () => {
  const link = edith().plug();
  const stage = link.store.insert("stage", { title: "Ride" });
  assert.equal(link.store.steps(stage).peek().length, 1);
  link.both();
  assert.equal(link.store.steps(stage).peek().length, 1);
});

test("a point whose place a colleague clears meanwhile stands on its own", () => {
  const server = new ReferenceServer(board());
  const [one, two] = [edith({ server }).plug(), edith({ server, name: "Colin" }).plug()];
  const place = { lane: "lane-2", step: "step-0-0", persona: null };
  const first = two.store.insert("emotion", { ...place, valence: 10 });
  two.both();
  one.read();
  two.store.edit([{ op: "delete", type: "emotion", id: first }]);
  const second = one.store.insert("emotion", { ...place, valence: 20 });
  two.both();
  one.read();
  assert.deepEqual(one.store.emotions("lane-2").peek(), [second]);
  one.both();
  assert.equal(one.store.record("emotion", second).peek().valence, 20);
});

test("text that was taken back before it went out comes again in the right place", async () => {
  const server = new ReferenceServer(board());
  const [one, two] = [edith({ server }).plug(), edith({ server, name: "Colin" }).plug()];
  one.store.typeText("card", CARD, "text", "Reads a review, twice");
  await one.store.undo();
  two.store.typeText("card", CARD, "text", "He: Reads a review");
  two.both();
  one.read();
  await one.store.redo();
  assert.equal(text(one), "He: Reads a review, twice");
});

test("a step of which a part is in the log is undone by the server, whole", async () => {
  const link = edith().plug();
  link.store.typeText("card", CARD, "text", "a");
  link.both();
  link.store.typeText("card", CARD, "text", "ab");
  const undone = link.store.undo();
  time += 1000;
  link.both();
  link.both();
  assert.equal((await undone).done, true);
  assert.equal(text(link), "Reads a review");
});

test("a card that is moved to where nothing is any more stays until the server has spoken", () => {
  const link = edith().plug();
  link.store.edit([{ op: "set", type: "card", id: CARD, fields: { lane: "nowhere" } }]);
  assert.deepEqual(cell(link), [CARD]);
});

test("a large paste is sent in pieces of one group, a stage with its step", () => {
  const link = edith().plug();
  const stages = Array.from({ length: 5 }, () => newId());
  const ops = [
    ...Array.from({ length: 498 }, () => ({ op: "set", type: "card", id: CARD, fields: { color: "pink" } })),
    ...stages.map((id) => ({ op: "insert", type: "stage", id, fields: { title: "S" } })),
    ...stages.flatMap((stage) => Array.from({ length: 120 }, () => ({ op: "insert", type: "step", fields: { stage } }))),
    ...Array.from({ length: 700 }, () => ({ op: "insert", type: "card", fields: { lane: "lane-0", step: "step-0-0", text: "x".repeat(50) } })),
  ];
  link.store.edit(ops);
  const sent = link.send();
  assert.ok(sent.length >= 3);
  assert.equal(new Set(sent.map((message) => message.group)).size, 1);
  for (const message of sent) {
    assert.ok(message.ops.length <= 500);
    assert.ok(JSON.stringify(message).length < 250_000);
    for (const op of message.ops.filter((one) => one.type === "stage")) assert.ok(message.ops.some((one) => one.type === "step" && one.fields.stage === op.id));
  }
  link.read();
  assert.equal(link.store.steps(stages[4]).peek().length, 120);
});

test("at most fifty changes are unanswered", () => {
  const link = edith().plug();
  for (let at = 0; at < 70; at += 1) link.store.edit([{ op: "set", type: "card", id: CARD, fields: { span: 1 + at } }]);
  assert.equal(link.send().length, 50);
  link.read();
  assert.equal(link.send().length, 20);
});

test("text that waited behind a sent one is moved over what happened while the tab was closed", () => {
  const server = new ReferenceServer(board());
  const one = edith({ server }).plug();
  const two = edith({ server, name: "Colin" }).plug();
  one.store.typeText("card", CARD, "text", "Reads a review A");
  // It goes out, and nobody knows whether it arrived.
  one.store.engine.write([one.store.next()], []);
  two.store.typeText("card", CARD, "text", "! Reads a review");
  two.both();
  one.read();
  one.store.typeText("card", CARD, "text", "! Reads a review AB");
  const base = Math.min(...[...one.disk.values()].map((entry) => entry.base));
  one.line.close();
  two.store.typeText("card", CARD, "text", text(two).replace("review", "long review"));
  time += 1000;
  two.both();
  const again = edith({ server, kept: [...one.disk.values()] });
  again.plug(structuredClone(server.log.slice(base)));
  assert.equal(text(again), "! Reads a long review AB");
  again.both();
  time += 1000;
  again.both();
  two.read();
  assert.equal(text(two), "! Reads a long review AB");
});

test("without the changes in between, what waits is shown as refused and the rest goes out", () => {
  const server = new ReferenceServer(board());
  const one = edith({ server }).plug();
  const two = edith({ server, name: "Colin" }).plug();
  one.store.typeText("card", CARD, "text", "Reads a review A");
  one.store.next();
  one.store.typeText("card", CARD, "text", "Reads a review AB");
  one.store.typeText("card", "card-1-0-0-0", "text", "other");
  one.line.close();
  two.store.typeText("card", CARD, "text", "! Reads a review");
  two.both();
  const again = edith({ server, kept: [...one.disk.values()] }).plug(null);
  assert.deepEqual(again.store.refused.peek().map((refused) => refused.text), ["Reads a review AB"]);
  time += 1000;
  again.both();
  assert.equal(text(again), "! Reads a review A");
  assert.equal(text(again, "card-1-0-0-0"), "other");
});

test("after a restore, text of the old log is shown as refused and the rest goes out", () => {
  const one = edith().plug();
  one.line.close();
  one.store.typeText("card", CARD, "text", "old words");
  one.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "pink" } }]);
  const again = edith({ server: new ReferenceServer(board()), kept: [...one.disk.values()] }).plug();
  assert.deepEqual(again.store.refused.peek().map((refused) => refused.text), ["old words"]);
  again.both();
  assert.equal(again.store.record("card", CARD).peek().color, "pink");
});

test("a change that did nothing leaves nothing to undo", () => {
  const link = edith().plug();
  link.store.edit([{ op: "set", type: "card", id: CARD, fields: { color: "yellow" } }]);
  link.both();
  assert.equal(link.store.canUndo.peek(), false);
});

test("a missing change is noticed", () => {
  const link = edith().plug();
  assert.equal(link.store.receive([{ type: "change", seq: 2, key: newId(), ops: [] }]), false);
  assert.equal(link.store.seq, 0);
});

test("people come, move and go; oneself is not among them", () => {
  const link = edith().plug();
  const colin = { id: "colin", name: "Colin", color: "teal" };
  link.store.receive([{ type: "presence", person: colin, state: { selection: [CARD] } }]);
  link.store.receive([{ type: "presence", person: { id: "Edith", name: "Edith" }, state: {} }]);
  assert.deepEqual(link.store.people.peek(), [{ ...colin, state: { selection: [CARD] } }]);
  link.store.receive([{ type: "presence", person: colin, state: null }]);
  assert.deepEqual(link.store.people.peek(), []);
});

test("a colleague's change is told with the records as they were", () => {
  const server = new ReferenceServer(board());
  const [one, two] = [edith({ server }).plug(), edith({ server, name: "Colin" }).plug()];
  const told = [];
  one.store.onRemote((change, before) => told.push([change.actor.name, before("card", CARD).text, one.store.record("card", CARD).peek()]));
  two.store.edit([{ op: "delete", type: "card", id: CARD }]);
  two.both();
  one.read();
  assert.deepEqual(told, [["Colin", "Reads a review", null]]);
});

test("line ends and what cannot be stored are cleaned before they are sent", () => {
  const link = edith().plug();
  link.store.typeText("card", CARD, "text", "a\r\nb\0");
  link.store.edit([{ op: "insert", type: "card", id: "new", fields: { lane: "lane-0", step: "step-0-0", text: "c\rd" } }]);
  assert.equal(text(link), "a\nb");
  assert.equal(text(link, "new"), "c\nd");
});
