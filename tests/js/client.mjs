/**
 * The real store over a real socket, driven by lines of JSON: what Python tests run beside their own clients.
 *
 *   node tests/js/client.mjs ws://127.0.0.1:8000/ws/maps/<id>/ TOKEN [NAME]
 *
 * A line in: {"do": "edit", "ops": […], "group"?, "label"?} {"do": "type", "type", "id", "field", "text", "caret"?}
 * {"do": "undo"} {"do": "redo"} {"do": "settle"} (nothing unanswered) {"do": "at", "seq": n} {"do": "document"}
 * {"do": "look", "type", "id"} {"do": "state"} {"do": "cut"} {"do": "stay away"} {"do": "come back"}
 * {"do": "random", "seed": n, "ops": n} (random edits) {"do": "end"}; `"id"` is free, `"n"` is answered with the answer.
 * A line out for each, in order: {"n", "ok": true, …} or {"n", "ok": false, "error"}.
 */
import { createInterface } from "node:readline";
import { newId } from "../../static/js/ids.js";
import { connect } from "../../static/js/connection.js";
import { Queue } from "../../static/js/queue.js";
import { TABLES, TYPES } from "../../static/js/records.js";
import { createStore } from "../../static/js/store.js";
import { Socket } from "./socket.mjs";
import { RandomPerson } from "./random.js";
import { chance } from "./boards.js";

const [url, token, name = "node"] = process.argv.slice(2);
const mapId = /\/(?:maps|personas)\/([^/]+)\//.exec(url)[1];
const store = createStore({ mapId, tab: newId() });
let socket = null;
let away = false;

const connection = connect(store, {
  url,
  socket: (address) => {
    socket = new Socket(away ? "ws://127.0.0.1:9/" : address, { Authorization: `Bearer ${token}` });
    return socket;
  },
  open: async (place) => new Queue(place, null),
  missed: readMissed,
  onReload: (what) => say({ event: "reload", what }),
  onClosed: ({ code }) => say({ event: "closed", code }),
});

const DEEDS = {
  edit: ({ ops, group, label }) => ({ key: store.edit(ops, { group, label }) }),
  type: ({ type, id, field, text, caret }) => void store.typeText(type, id, field, text, { caret }),
  undo: () => store.undo(),
  redo: () => store.redo(),
  settle: () => until(() => store.link.peek() === "online" && store.engine.unsent.peek() === 0),
  at: ({ seq }) => until(() => store.seq >= seq),
  document: () => ({ seq: store.seq, log: store.log, document: documentOf(store) }),
  look: ({ type, id }) => ({ record: store.record(type, id).peek() }),
  state: () => ({ state: store.state.peek(), seq: store.seq, refused: store.refused.peek(), people: store.people.peek(), role: store.role.peek() }),
  cut: () => void socket?.cut(),
  "stay away": () => {
    away = true;
    socket?.cut();
  },
  "come back": () => {
    away = false;
    connection.nudge();
  },
  random: ({ seed, ops }) => act(seed, ops),
  end: () => {
    connection.close();
    setTimeout(() => process.exit(0), 50);
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const order = JSON.parse(line);
  try {
    if (!store.ready.peek() && order.do !== "end") await until(() => store.ready.peek());
    say({ n: order.n, ok: true, ...(await DEEDS[order.do](order)) });
  } catch (error) {
    say({ n: order.n, ok: false, error: String(error?.stack ?? error) });
  }
}

/** Random edits at human speed times ten. */
async function act(seed, ops) {
  const person = new RandomPerson(store, chance(seed), { map: mapId, name });
  for (let at = 0; at < ops; at += 1) {
    person.act();
    await new Promise((resolve) => setTimeout(resolve, person.dice.below(20)));
  }
}

async function readMissed(since, log) {
  const address = `${url.replace(/^ws/, "http").replace("/ws/", "/api/v1/")}changes/?since=${since}&log=${log}`;
  const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` } });
  return answer.ok ? (await answer.json()).items : null;
}

function documentOf({ engine }) {
  const parts = {};
  for (const type of TYPES) {
    const all = [...engine.confirmed.all(type)];
    if (!TABLES[type].single) parts[TABLES[type].list] = all;
    else if (all.length) [parts[TABLES[type].list]] = all;
  }
  return parts;
}

function until(done, patience = 30_000) {
  const since = Date.now();
  return new Promise((resolve, reject) => {
    const look = () => {
      if (done()) resolve(undefined);
      else if (Date.now() - since > patience) reject(new Error(`Waited ${patience} ms at seq ${store.seq}, ${JSON.stringify(store.state.peek())}`));
      else setTimeout(look, 5);
    };
    look();
  });
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
