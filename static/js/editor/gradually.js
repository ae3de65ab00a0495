/** Large maps are drawn from the top: the first screen at once, then lane after lane while nobody waits. */

/** @typedef {import("./state").Editor} Editor */

const SMALL = 250;
const FIRST_LANES = 5;
const FIRST_CARDS = 12;

/**
 * Sets how many cards of each cell are drawn at first, and lifts the limits one lane at a time.
 * @param {Editor} editor
 */
export function drawGradually({ store, limits }) {
  const lanes = store.lanes().peek();
  const steps = store.allSteps().peek();
  const cards = lanes.reduce(
    (sum, lane) => sum + steps.reduce((all, step) => all + store.cell(lane, step).peek().length, 0),
    0,
  );
  if (cards <= SMALL) return;
  let waiting = lanes.map(
    (lane, index) => /** @type {[string, number]} */ ([lane, index < FIRST_LANES ? FIRST_CARDS : 0]),
  );
  const next = () => {
    limits.replace(new Map(waiting));
    if (!waiting.length) return;
    waiting = waiting.slice(1);
    // After the frame that shows what was drawn so far.
    requestAnimationFrame(() => setTimeout(next));
  };
  next();
}
