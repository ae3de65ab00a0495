/** Boards drawn in words, and chance with a seed. */
import { complete } from "../../static/js/records.js";
import { many } from "../../static/js/rank.js";

/** The record types of a map. */
export const MAP_TYPES = ["map", "stage", "step", "lane", "card", "emotion", "comment"];

/** A document of so many stages, steps, lanes and cards a cell; ids are readable. */
export function board({ stages = 2, steps = 2, lanes = 3, cards = 1 } = {}) {
  const document = { seq: 0, log: "", map: { ...complete("map", "map", {}), title: "Buying a bike" }, stages: [], steps: [], lanes: [], cards: [], emotions: [], comments: [], personas: [] };
  many(null, null, stages).forEach((rank, s) => {
    document.stages.push(complete("stage", `stage-${s}`, { title: `Stage ${s}`, rank }));
    many(null, null, steps).forEach((stepRank, p) => document.steps.push(complete("step", `step-${s}-${p}`, { stage: `stage-${s}`, rank: stepRank })));
  });
  many(null, null, lanes).forEach((rank, l) => {
    const kind = l === lanes - 1 ? "emotions" : (["touchpoints", "pain_points"][l] ?? "actions");
    document.lanes.push(complete("lane", `lane-${l}`, { kind, title: `Lane ${l}`, rank }));
    if (kind === "emotions") return;
    for (const step of document.steps)
      many(null, null, cards).forEach((cardRank, c) =>
        document.cards.push(complete("card", `card-${l}-${step.id.slice(5)}-${c}`, { lane: `lane-${l}`, step: step.id, rank: cardRank, text: "Reads a review" })));
  });
  return document;
}

/** Chance that can be repeated (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    below: (n) => Math.floor(next() * n),
    of: (list) => list[Math.floor(next() * list.length)],
    hit: (share) => next() < share,
  };
}
