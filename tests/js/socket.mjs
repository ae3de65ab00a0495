/** A WebSocket client on Node alone (RFC 6455, as much as a test needs): the face of a browser's, with a bearer token. */
import { createHash, randomBytes } from "node:crypto";
import { request } from "node:http";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** Looks like a browser's WebSocket to static/js/connection.js. */
export class Socket {
  /** @param {string} url `ws://…` @param {Record<string, string>} headers */
  constructor(url, headers = {}) {
    this.readyState = 0;
    this.onopen = this.onmessage = this.onclose = null;
    this.buffer = Buffer.alloc(0);
    this.parts = [];
    this.code = 1006;
    this.dial(new URL(url.replace(/^ws/, "http")), headers);
  }

  send(text) {
    if (this.readyState === 1) this.wire.write(frame(1, Buffer.from(text)));
  }

  close(code = 1000) {
    if (this.readyState >= 2) return;
    const payload = Buffer.alloc(2);
    payload.writeUInt16BE(code);
    this.wire?.write(frame(8, payload));
    this.wire?.end();
    this.end(code);
  }

  /** The cable is cut: no farewell, and what was written may not arrive. */
  cut() {
    this.wire?.destroy();
    this.end(1006);
  }

  dial(address, headers) {
    const key = randomBytes(16).toString("base64");
    const asked = request(address, {
      headers: { ...headers, Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key },
    });
    asked.on("error", () => this.end(1006));
    asked.on("response", () => this.end(1006));
    asked.on("upgrade", (answer, wire, head) => {
      const wanted = createHash("sha1").update(key + GUID).digest("base64");
      if (this.readyState !== 0 || answer.headers["sec-websocket-accept"] !== wanted) return wire.destroy();
      this.wire = wire;
      this.readyState = 1;
      wire.setNoDelay(true);
      wire.on("data", (bytes) => this.read(bytes));
      wire.on("close", () => this.end(this.code));
      wire.on("error", () => this.end(1006));
      this.onopen?.({});
      if (head.length) this.read(head);
      return undefined;
    });
    asked.end();
  }

  end(code) {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.wire?.destroy();
    this.onclose?.({ code, reason: "" });
  }

  read(bytes) {
    this.buffer = Buffer.concat([this.buffer, bytes]);
    for (let one = this.next(); one; one = this.next()) this.take(one);
  }

  /** The next whole frame, if there is one: servers do not mask. */
  next() {
    const { buffer } = this;
    if (buffer.length < 2) return null;
    const short = buffer[1] & 127;
    const start = short === 126 ? 4 : short === 127 ? 10 : 2;
    if (buffer.length < start) return null;
    const length = short === 126 ? buffer.readUInt16BE(2) : short === 127 ? Number(buffer.readBigUInt64BE(2)) : short;
    if (buffer.length < start + length) return null;
    this.buffer = buffer.subarray(start + length);
    return { final: buffer[0] >= 128, kind: buffer[0] & 15, payload: buffer.subarray(start, start + length) };
  }

  take({ final, kind, payload }) {
    if (kind === 9) return void this.wire.write(frame(10, payload));
    if (kind === 8) {
      this.code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      return this.end(this.code);
    }
    if (kind > 2) return undefined;
    this.parts.push(payload);
    if (final) this.onmessage?.({ data: Buffer.concat(this.parts.splice(0)).toString() });
    return undefined;
  }
}

function frame(kind, payload) {
  const { length } = payload;
  const head = length < 126 ? Buffer.from([128 | kind, 128 | length]) : Buffer.alloc(length < 65536 ? 4 : 10);
  if (length >= 126) {
    head[0] = 128 | kind;
    head[1] = 128 | (length < 65536 ? 126 : 127);
    if (length < 65536) head.writeUInt16BE(length, 2);
    else head.writeBigUInt64BE(BigInt(length), 2);
  }
  const mask = randomBytes(4);
  const masked = Buffer.from(payload);
  for (let at = 0; at < length; at += 1) masked[at] ^= mask[at & 3];
  return Buffer.concat([head, mask, masked]);
}
