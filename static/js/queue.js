/**
 * Unanswered changes in IndexedDB: a queue per person, document and tab, first in first out.
 *
 * A change is marked as sent in one transaction before it goes out, and never altered after. What a tab leaves
 * behind when it dies is taken over by another tab of the same person on the same document; who is alive is asked
 * over a BroadcastChannel. Nothing here needs a secure context: workshops run on plain http.
 *
 * @typedef {import("./types").Entry} Entry
 * @typedef {Entry & {person: string, document: string, tab: string, n: number}} Kept
 * @typedef {object} Place
 * @property {string} person
 * @property {string} document
 * @property {string} tab
 */

const NAME = "journeymap";
const ENTRIES = "entries";
/** Milliseconds a living tab has to answer. */
const ANSWER = 1500;

/** What the connection keeps its entries in. */
export class Queue {
  /**
   * @param {Place} place
   * @param {IDBDatabase | null} database null where the browser forbids it: then a reload loses what is unsent
   */
  constructor(place, database) {
    this.place = place;
    this.database = database;
    /** @type {Map<string, Entry>} */
    this.put = new Map();
    /** @type {Set<string>} */
    this.drop = new Set();
    /** @type {Promise<void> | null} */
    this.writing = null;
    /** @type {Map<string, number>} the order in which entries came in */
    this.order = new Map();
    this.last = 0;
    /** Entries of this tab were taken over while it slept. */
    this.onLost = () => {};
  }

  /** @returns {Promise<Entry[]>} what an earlier life of this tab left, oldest first */
  async entries() {
    const all = await this.of((one) => one.tab === this.place.tab);
    for (const { key, n } of all) this.remember(key, n);
    return all.map(plain);
  }

  /**
   * Notes what is to be kept and dropped; all that is noted in one turn is one transaction.
   * @param {readonly Entry[]} put
   * @param {readonly string[]} drop
   */
  note(put, drop) {
    for (const entry of put) {
      this.put.set(entry.key, entry);
      this.drop.delete(entry.key);
      if (!this.order.has(entry.key)) this.remember(entry.key, this.last + 1);
    }
    for (const key of drop) {
      this.put.delete(key);
      this.drop.add(key);
      this.order.delete(key);
    }
    this.writing ??= Promise.resolve().then(() => this.flush());
  }

  /** @returns {Promise<void>} when everything noted so far is on disk */
  async written() {
    while (this.writing) await this.writing;
  }

  /**
   * Takes over the entries of tabs that are gone.
   * @param {(tabs: string[]) => Promise<Set<string>>} alive which of these tabs still answer
   * @returns {Promise<Entry[]>}
   */
  async adopt(alive) {
    const others = await this.of((one) => one.tab !== this.place.tab);
    if (others.length === 0) return [];
    const living = await alive([...new Set(others.map((one) => one.tab))]);
    const orphans = others.filter((one) => !living.has(one.tab));
    return orphans.length ? this.takeOver(orphans) : [];
  }

  /** @param {Kept[]} orphans */
  async takeOver(orphans) {
    /** @type {Entry[]} */
    const mine = [];
    await this.transact((store) => {
      for (const orphan of orphans) {
        const asked = store.get(orphan.key);
        asked.onsuccess = () => {
          const now = /** @type {Kept | undefined} */ (asked.result);
          if (!now || now.tab !== orphan.tab) return;
          this.remember(now.key, this.last + 1);
          store.put({ ...now, tab: this.place.tab, n: this.last });
          mine.push(plain(now));
        };
      }
    });
    return mine;
  }

  /** Is anything of this tab gone to another one? */
  async check() {
    if (!this.database || this.order.size === 0) return;
    const mine = new Set((await this.of((one) => one.tab === this.place.tab)).map((one) => one.key));
    await this.written();
    if ([...this.order.keys()].some((key) => !mine.has(key) && this.order.has(key))) this.onLost();
  }

  close() {
    this.database?.close();
    this.database = null;
  }

  // Inside.

  /**
   * @param {string} key
   * @param {number} n
   */
  remember(key, n) {
    this.order.set(key, n);
    this.last = Math.max(this.last, n);
  }

  async flush() {
    while (this.put.size || this.drop.size) {
      const put = [...this.put.values()];
      const drop = [...this.drop];
      this.put.clear();
      this.drop.clear();
      await this.transact((store) => {
        for (const entry of put) this.keep(store, entry);
        for (const key of drop) store.delete(key);
      }).catch(() => this.giveUp());
    }
    this.writing = null;
  }

  /**
   * @param {IDBObjectStore} store
   * @param {Entry} entry
   */
  keep(store, entry) {
    const asked = store.get(entry.key);
    asked.onsuccess = () => {
      const before = /** @type {Kept | undefined} */ (asked.result);
      if (before && before.tab !== this.place.tab) return this.onLost();
      if (before?.sent && !entry.sent) return undefined;
      store.put({ ...entry, ...this.place, n: this.order.get(entry.key) ?? this.last });
      return undefined;
    };
  }

  /** A full or broken disk: go on without, as in a private window. */
  giveUp() {
    this.database = null;
  }

  /**
   * @param {(one: Kept) => boolean} wanted
   * @returns {Promise<Kept[]>}
   */
  async of(wanted) {
    /** @type {Kept[]} */
    let all = [];
    const { person, document } = this.place;
    await this.transact((store) => {
      const asked = store.index("place").getAll(IDBKeyRange.only([person, document]));
      asked.onsuccess = () => (all = asked.result);
    }, "readonly").catch(() => this.giveUp());
    return all.filter(wanted).sort((a, b) => a.n - b.n || (a.key < b.key ? -1 : 1));
  }

  /**
   * @param {(store: IDBObjectStore) => void} work
   * @param {IDBTransactionMode} [mode]
   * @returns {Promise<void>}
   */
  transact(work, mode = "readwrite") {
    const { database } = this;
    if (!database) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(ENTRIES, mode, { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      work(transaction.objectStore(ENTRIES));
    });
  }
}

/**
 * @param {Place} place
 * @returns {Promise<Queue>}
 */
export async function openQueue(place) {
  return new Queue(place, await openDatabase().catch(() => null));
}

/**
 * The tabs of this browser, which answer each other when asked whether they are alive.
 */
export class Tabs {
  /** @param {string} tab */
  constructor(tab) {
    this.tab = tab;
    /** Tells this very page from another one that bears the same tab id: a duplicated tab. */
    this.page = Math.random().toString(36).slice(2);
    this.channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("journeymap.tabs");
    /** @type {Set<(tab: string, page: string) => void>} */
    this.heard = new Set();
    if (this.channel) this.channel.onmessage = ({ data }) => this.hear(data);
  }

  /**
   * Which of these tabs are alive.
   * @param {readonly string[]} tabs
   * @param {number} [patience] milliseconds
   * @returns {Promise<Set<string>>}
   */
  async alive(tabs, patience = ANSWER) {
    /** @type {Set<string>} */
    const found = new Set();
    if (!this.channel) return found;
    const listener = (/** @type {string} */ tab) => void found.add(tab);
    this.heard.add(listener);
    this.channel.postMessage({ ask: [...tabs], page: this.page });
    await new Promise((resolve) => setTimeout(resolve, patience));
    this.heard.delete(listener);
    return found;
  }

  /** Does another page bear this tab's id? Then it was duplicated, and needs an id of its own. */
  async isDuplicate() {
    return (await this.alive([this.tab], 80)).has(this.tab);
  }

  close() {
    this.channel?.close();
  }

  /** @param {{ask?: string[], alive?: string, page: string}} message */
  hear(message) {
    if (message.page === this.page) return;
    if (message.ask?.includes(this.tab)) this.channel?.postMessage({ alive: this.tab, page: this.page });
    if (message.alive) for (const listener of this.heard) listener(message.alive, message.page);
  }
}

/** @returns {Promise<IDBDatabase>} */
function openDatabase() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      const store = asked.result.createObjectStore(ENTRIES, { keyPath: "key" });
      store.createIndex("place", ["person", "document"]);
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("Another page holds an older queue open."));
  });
}

/**
 * @param {Kept} kept
 * @returns {Entry}
 */
function plain({ person: _person, document: _document, tab: _tab, n: _n, ...entry }) {
  return entry;
}
