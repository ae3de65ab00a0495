/**
 * Dragging by pointer: a press becomes a drag after 4 px (mouse, pen) or 250 ms of holding still (touch, where
 * 8 px of movement before that is a scroll). The edge of the board scrolls, Esc cancels.
 *
 * @typedef {{x: number, y: number}} Place in the window
 * @typedef {object} Session what a drag of one kind of thing does
 * @property {(place: Place) => void} move
 * @property {(place: Place) => void} drop
 * @property {() => void} cancel undoes what `move` has drawn; also called after a drop
 */

const MOUSE_SLACK = 4;
const TOUCH_SLACK = 8;
const LONG_PRESS = 250;
const EDGE = 56;

/**
 * Watches one press. `begin` is asked once when the drag starts.
 * @param {PointerEvent} press
 * @param {HTMLElement} scroller
 * @param {() => Session | null} begin
 */
export function watchPress(press, scroller, begin) {
  const touch = press.pointerType === "touch";
  const start = { x: press.clientX, y: press.clientY };
  let last = start;
  let session = /** @type {Session | null} */ (null);
  let frame = 0;
  /** What stands still at the start edge and on top; the edge that pulls begins beside it. */
  const headings = [".lane-head", ".board-head"].map((selector, axis) => {
    const box = scroller.querySelector(selector)?.getBoundingClientRect();
    return (axis === 0 ? box?.width : box?.height) ?? 0;
  });
  const timer = touch ? window.setTimeout(arm, LONG_PRESS) : 0;

  function arm() {
    session = begin();
    if (!session) return stop();
    document.documentElement.dataset.dragging = "true";
    session.move(last);
    frame = requestAnimationFrame(edgeScroll);
  }

  /** @param {PointerEvent} event */
  function onMove(event) {
    if (event.pointerId !== press.pointerId) return;
    last = { x: event.clientX, y: event.clientY };
    const far = Math.hypot(last.x - start.x, last.y - start.y);
    if (session) session.move(last);
    else if (touch && far > TOUCH_SLACK) stop();
    else if (!touch && far > MOUSE_SLACK) arm();
  }

  /** @param {PointerEvent} event */
  function onUp(event) {
    if (event.pointerId !== press.pointerId) return;
    const dropped = session;
    if (dropped) swallowClick();
    stop();
    dropped?.drop({ x: event.clientX, y: event.clientY });
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.key !== "Escape" || !session) return;
    event.preventDefault();
    event.stopPropagation();
    swallowClick();
    stop();
  }

  /** @param {TouchEvent} event an armed drag is not a scroll */
  function onTouchMove(event) {
    if (session) event.preventDefault();
  }

  /** @param {Event} event a long press on touch would open the browser's own menu */
  function onMenu(event) {
    if (touch) event.preventDefault();
  }

  function edgeScroll() {
    frame = requestAnimationFrame(edgeScroll);
    const box = scroller.getBoundingClientRect();
    const [side, top] = headings;
    const [x, y] = [pull(last.x, box.left + side, box.right), pull(last.y, box.top + top, box.bottom)];
    if (!x && !y) return;
    const before = [scroller.scrollLeft, scroller.scrollTop];
    scroller.scrollBy(x, y);
    if (before[0] !== scroller.scrollLeft || before[1] !== scroller.scrollTop) session?.move(last);
  }

  function stop() {
    window.clearTimeout(timer);
    cancelAnimationFrame(frame);
    delete document.documentElement.dataset.dragging;
    window.removeEventListener("pointermove", onMove);
    window.removeEventListener("pointerup", onUp);
    window.removeEventListener("pointercancel", stop);
    window.removeEventListener("blur", stop);
    window.removeEventListener("keydown", onKey, true);
    window.removeEventListener("touchmove", onTouchMove);
    window.removeEventListener("contextmenu", onMenu);
    const ended = session;
    session = null;
    ended?.cancel();
  }

  window.addEventListener("pointermove", onMove);
  window.addEventListener("pointerup", onUp);
  window.addEventListener("pointercancel", stop);
  window.addEventListener("blur", stop);
  window.addEventListener("keydown", onKey, true);
  window.addEventListener("touchmove", onTouchMove, { passive: false });
  window.addEventListener("contextmenu", onMenu);
}

/** The click that follows a drop belongs to the drag. */
function swallowClick() {
  const swallow = (/** @type {Event} */ event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  window.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener("click", swallow, { capture: true }), 50);
}

/** @param {number} at @param {number} low @param {number} high how fast the edge pulls, in pixels a frame */
function pull(at, low, high) {
  if (at < low + EDGE) return -Math.min(18, (low + EDGE - at) / 3);
  if (at > high - EDGE) return Math.min(18, (at - high + EDGE) / 3);
  return 0;
}

/**
 * A picture of a thing that follows the pointer.
 * @param {HTMLElement} node
 * @param {Place} grip where it was taken
 * @param {number} count how many things go along
 */
export function makeGhost(node, grip, count) {
  const box = node.getBoundingClientRect();
  const ghost = /** @type {HTMLElement} */ (node.cloneNode(true));
  ghost.classList.add("ghost");
  ghost.setAttribute("aria-hidden", "true");
  for (const name of [
    "id",
    "tabindex",
    "data-card",
    "data-stage",
    "data-step-head",
    "data-lane-head",
    "role",
    "data-selected",
  ])
    ghost.removeAttribute(name);
  ghost.style.inlineSize = `${box.width}px`;
  ghost.style.minBlockSize = `${Math.min(box.height, 240)}px`;
  if (count > 1) {
    const badge = document.createElement("span");
    badge.className = "ghost-count";
    badge.textContent = String(count);
    ghost.append(badge);
  }
  document.body.append(ghost);
  const offset = { x: grip.x - box.left, y: grip.y - box.top };
  return {
    /** @param {Place} place */
    move: (place) => (ghost.style.translate = `${place.x - offset.x}px ${place.y - offset.y}px`),
    remove: () => ghost.remove(),
  };
}
