/** A person who does anything an editor can do, by chance: for the simulator and for sessions against a real server. */
import { newId } from "../../static/js/ids.js";

/** Acts on a store. */
export class RandomPerson {
  constructor(store, dice, { map, name, personas = null }) {
    this.store = store;
    this.dice = dice;
    this.map = map;
    this.name = name;
    this.personas = personas ?? store.map.peek()?.personas ?? [];
  }

  act() {
    const { dice } = this;
    const records = (type) => [...this.store.engine.board.all(type)];
    // Much of what people do, they do to the very same card.
    const card = dice.of(dice.hit(0.6) ? records("card").slice(0, 1) : records("card"));
    const step = dice.of(records("step"));
    const lane = dice.of(records("lane"));
    const stage = dice.of(records("stage"));
    const after = () => (dice.hit(0.3) ? null : dice.of(records("card"))?.id ?? null);
    const deeds = [
      [60, () => card && this.type("card", card.id, "text", card.text)],
      [6, () => this.type("map", this.map, "title", this.store.map.peek().title.slice(0, 100))],
      [4, () => stage && this.type("stage", stage.id, "title", stage.title)],
      [12, () => lane && step && this.store.insert("card", { lane: lane.id, step: step.id, text: dice.of(["", "new", "שלום", "😀"]) }, { after: after() })],
      [12, () => card && lane && step && this.store.edit([{ op: "set", type: "card", id: card.id, fields: { lane: lane.id, step: step.id }, after: after() }])],
      [6, () => card && this.store.edit([{ op: "set", type: "card", id: card.id, fields: { color: dice.of(["pink", "teal", "red"]), span: 1 + dice.below(3) } }])],
      [5, () => card && this.store.edit([{ op: "set", type: "card", id: card.id, fields: { tags: { add: [dice.of(["fees", "app", "shop"])], remove: [dice.of(["fees", "app"])] } } }])],
      [3, () => card && this.relate(card)],
      [3, () => card && this.store.edit([{ op: "set", type: "card", id: card.id, fields: { text: dice.of(["all new", ""]) } }])],
      [5, () => card && this.store.edit([{ op: "delete", type: "card", id: card.id }])],
      [2, () => step && this.store.edit([{ op: "delete", type: "step", id: step.id }])],
      [1, () => stage && records("stage").length > 1 && this.store.edit([{ op: "delete", type: "stage", id: stage.id }])],
      [1, () => lane && records("lane").length > 2 && this.store.edit([{ op: "delete", type: "lane", id: lane.id }])],
      [3, () => this.store.insert("stage", { title: "More" }, { after: dice.of(records("stage"))?.id ?? null })],
      [3, () => stage && this.store.insert("step", { stage: stage.id })],
      [2, () => this.store.insert("lane", { kind: "thoughts", title: "Thoughts" }, { after: lane?.id ?? null })],
      [2, () => stage && this.store.edit([{ op: "set", type: "stage", id: stage.id, fields: {}, after: dice.of([null, ...records("stage").map((one) => one.id)]) }])],
      [2, () => step && stage && this.store.edit([{ op: "set", type: "step", id: step.id, fields: { stage: stage.id }, after: null }])],
      [8, () => lane && step && this.store.insert("emotion", { lane: lane.id, step: step.id, persona: dice.of([null, ...this.personas]), valence: dice.below(200) - 100, ...(dice.hit(0.4) ? { note: dice.of(["hm", "oh no"]) } : {}) })],
      [4, () => this.point((one) => this.store.edit([{ op: "set", type: "emotion", id: one.id, fields: { valence: dice.below(200) - 100 } }]))],
      [4, () => this.point((one) => this.type("emotion", one.id, "note", one.note))],
      [2, () => this.point((one) => this.store.edit([{ op: "delete", type: "emotion", id: one.id }]))],
      [1, () => card && this.store.insert("comment", { on: "card", target: card.id, text: "Why?" })],
      [6, () => void this.store.undo()],
      [4, () => void this.store.redo()],
      [3, () => card && this.paste(lane, step)],
    ];
    let at = dice.below(deeds.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, deed] of deeds) {
      at -= weight;
      if (at < 0) return void deed();
    }
  }

  /** A pain point hurts at a touchpoint, an opportunity answers a pain point. */
  relate(card) {
    const { board } = this.store.engine;
    const standing = (kind) => [...board.all("card")].filter((one) => board.get("lane", one.lane)?.kind === kind);
    const touchpoint = this.dice.of(standing("touchpoints"));
    const pain = this.dice.of(standing("pain_points"));
    const fields = { ...(touchpoint ? { hurts_at: touchpoint.id } : {}), ...(pain ? { answers: { add: [pain.id] } } : {}) };
    if (touchpoint || pain) this.store.edit([{ op: "set", type: "card", id: card.id, fields }]);
  }

  point(deed) {
    const points = [...this.store.engine.board.all("emotion")];
    if (points.length) deed(this.dice.of(points));
  }

  paste(lane, step) {
    const id = newId();
    this.store.edit([
      { op: "insert", type: "card", id, fields: { lane: lane.id, step: step.id, text: "pasted" } },
      { op: "text", type: "card", id, field: "text", delta: ["well "] },
      { op: "insert", type: "card", fields: { lane: lane.id, step: step.id, text: "behind" }, after: id },
    ]);
  }

  type(type, id, field, text) {
    const { dice } = this;
    const letters = Array.from(text);
    const at = dice.below(letters.length + 1);
    letters.splice(at, dice.hit(0.35) ? dice.below(4) : 0, ...(dice.hit(0.8) ? Array.from(dice.of(["a", "bc", "é", "😀", "שלום", "\n"])) : []));
    this.store.typeText(type, id, field, letters.join(""));
  }
}
