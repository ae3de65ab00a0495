/** Moving the board like a sheet of paper: space and drag, or the middle button. */

/**
 * @param {HTMLElement} board
 * @param {AbortSignal} signal ends it
 */
export function attachPan(board, signal) {
  let space = false;
  /** @param {KeyboardEvent} event @param {boolean} down */
  const onSpace = (event, down) => {
    if (event.key !== " ") return;
    const typing =
      event.target instanceof Element &&
      event.target.closest("input, textarea, select, button, summary, a, [role='option']");
    if (typing) return;
    space = down;
    board.toggleAttribute("data-pan", down);
    if (down && event.target instanceof Node && (board.contains(event.target) || event.target === document.body))
      event.preventDefault();
  };
  document.addEventListener("keydown", (event) => onSpace(event, true), { signal });
  document.addEventListener("keyup", (event) => onSpace(event, false), { signal });
  board.addEventListener(
    "pointerdown",
    (event) => {
      if (!(event.button === 1 || (event.button === 0 && space))) return;
      event.preventDefault();
      event.stopPropagation();
      follow(board, event);
    },
    { signal, capture: true },
  );
}

/** @param {HTMLElement} board @param {PointerEvent} press */
function follow(board, press) {
  let [x, y] = [press.clientX, press.clientY];
  const off = new AbortController();
  board.setPointerCapture(press.pointerId);
  board.addEventListener(
    "pointermove",
    (event) => {
      board.scrollBy(x - event.clientX, y - event.clientY);
      [x, y] = [event.clientX, event.clientY];
    },
    { signal: off.signal },
  );
  for (const end of ["pointerup", "pointercancel"])
    board.addEventListener(end, () => off.abort(), { signal: off.signal });
  board.addEventListener("click", (event) => event.stopPropagation(), {
    capture: true,
    once: true,
    signal: AbortSignal.timeout(2000),
  });
}
