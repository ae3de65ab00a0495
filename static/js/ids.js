/**
 * Ids: UUID version 7 (RFC 9562), made with getRandomValues because crypto.randomUUID
 * does not exist on plain http, where workshops run.
 */

let lastTime = 0;
let counter = 0;

/**
 * A new id; ids of one page sort in the order in which they were made.
 * @returns {string}
 */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  if (now > lastTime) {
    lastTime = now;
    counter = ((bytes[6] & 0x07) << 8) | bytes[7];
  } else if (counter < 0xfff) counter += 1;
  else {
    lastTime += 1;
    counter = 0;
  }
  for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(lastTime / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = 0x70 | (counter >> 8);
  bytes[7] = counter & 0xff;
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  return hex(bytes);
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
