// What this device keeps: forms by their number, each sealed with the key of the account that filled it in (AES-256-GCM). The key comes from
// the server, cannot be read out of the browser, and goes when its person signs out; what it sealed stays until they sign in again.
import { keptEntry, type Content, type Entry, type Next } from "./queue";

interface Sealed extends Entry {
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

const kName = "pilar-antrean";
const kEntries = "entries";
const kKeys = "keys";

const asked = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(kName, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(kEntries, { keyPath: "id" });
    request.result.createObjectStore(kKeys);
  };
  return asked(request);
}

/** Told to all who show what waits, on this page and on others. */
const others = "BroadcastChannel" in globalThis ? new BroadcastChannel(kName) : null;
if (others && "document" in globalThis) others.onmessage = () => document.dispatchEvent(new Event("pilar:queue"));
function tell(): void {
  others?.postMessage("changed");
  if ("document" in globalThis) document.dispatchEvent(new Event("pilar:queue"));
}

export class Vault {
  private keeping = Promise.resolve(true);

  private constructor(private readonly database: IDBDatabase) {}

  /** Null where the browser keeps nothing, or cannot seal it: without HTTPS, or when it was told not to. */
  static async open(): Promise<Vault | null> {
    if (!globalThis.isSecureContext || !("indexedDB" in globalThis) || !globalThis.crypto?.subtle) return null;
    return openDatabase().then((database) => new Vault(database), () => null);
  }

  /** On disk when it resolves, also where the power goes next. */
  private async change(store: string, act: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = this.database.transaction(store, "readwrite", { durability: "strict" });
    const done = finished(transaction);
    act(transaction.objectStore(store));
    await done;
  }

  private key(account: string): Promise<CryptoKey | undefined> {
    return asked(this.database.transaction(kKeys).objectStore(kKeys).get(account));
  }
  async hasKey(account: string): Promise<boolean> {
    return (await this.key(account)) !== undefined;
  }
  /** The first one stays: what was sealed with it would be lost. */
  async takeKey(account: string, text: string): Promise<void> {
    if (await this.hasKey(account)) return;
    const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    await this.change(kKeys, (keys) => keys.put(key, account));
    tell();
  }
  /** All keys but this account's. */
  async forgetKeys(but = ""): Promise<void> {
    const known = await asked(this.database.transaction(kKeys).objectStore(kKeys).getAllKeys());
    const gone = known.filter((account) => account !== but);
    if (gone.length > 0) await this.change(kKeys, (keys) => gone.forEach((account) => keys.delete(account)));
  }

  private async seal(entry: Entry, content: Content): Promise<Sealed> {
    const key = await this.key(entry.account);
    if (!key) throw new Error("no key of this account");
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(entry.id) }, key, new TextEncoder().encode(JSON.stringify(content)));
    return { ...entry, iv, sealed };
  }

  /** Keeps a form as it is now, one after the other; false where it could not be kept. */
  keep(id: string, account: string, state: "draft" | "waiting", content: Content, hold = 0): Promise<boolean> {
    this.keeping = this.keeping.then(async () => {
      const isKept = await this.keepNow(id, account, state, content, hold);
      if (isKept) tell();
      return isKept;
    });
    return this.keeping;
  }
  /** The same for a form that is on its way to the server: nobody is told that it waits. */
  keepCopy(id: string, account: string, content: Content): Promise<boolean> {
    this.keeping = this.keeping.then(() => this.keepNow(id, account, "draft", content, 0));
    return this.keeping;
  }
  private async keepNow(id: string, account: string, state: "draft" | "waiting", content: Content, hold: number): Promise<boolean> {
    try {
      const before = await this.find(id);
      const sealed = await this.seal(keptEntry(id, account, state, Date.now(), before, hold), content);
      await this.change(kEntries, (entries) => entries.put(sealed));
    } catch {
      return false; // full or forbidden: the form itself still holds what was typed
    }
    return true;
  }

  /** Takes over what a send came to (null: nothing is left), unless the form was changed meanwhile. */
  async settle(before: Entry, now: Next | null): Promise<void> {
    const sealed = now?.content ? await this.seal(now.entry, now.content) : now && { ...before, ...now.entry };
    const transaction = this.database.transaction(kEntries, "readwrite", { durability: "strict" });
    const done = finished(transaction);
    const entries = transaction.objectStore(kEntries);
    const kept = (await asked(entries.get(before.id))) as Entry | undefined;
    if (kept?.turn === before.turn && kept.state === before.state) {
      if (sealed) entries.put(sealed);
      else entries.delete(before.id);
    }
    await done;
    tell();
  }

  /** What was held back, so that it could be undone, may be sent. */
  async release(ids: string[]): Promise<void> {
    const transaction = this.database.transaction(kEntries, "readwrite", { durability: "strict" });
    const done = finished(transaction);
    const entries = transaction.objectStore(kEntries);
    for (const id of ids) {
      const kept = (await asked(entries.get(id))) as Entry | undefined;
      if (kept?.state === "waiting") entries.put({ ...kept, hold: 0 });
    }
    await done;
    tell();
  }

  /** Puts back what was deleted. */
  async restore(entry: Entry): Promise<void> {
    await this.change(kEntries, (entries) => entries.put(entry));
    tell();
  }
  async remove(id: string): Promise<void> {
    await this.change(kEntries, (entries) => entries.delete(id));
    tell();
  }
  find(id: string): Promise<Entry | undefined> {
    return asked(this.database.transaction(kEntries).objectStore(kEntries).get(id)) as Promise<Entry | undefined>;
  }
  /** Of all accounts, in the order in which they were begun. */
  all(): Promise<Entry[]> {
    return asked(this.database.transaction(kEntries).objectStore(kEntries).getAll()) as Promise<Entry[]>;
  }
  async of(account: string): Promise<Entry[]> {
    return (await this.all()).filter((entry) => entry.account === account);
  }

  /** Null where its account's key is not here. */
  async read(entry: Entry): Promise<Content | null> {
    const { iv, sealed } = entry as Sealed;
    const key = await this.key(entry.account);
    if (!key) return null;
    try {
      const bytes = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: new TextEncoder().encode(entry.id) }, key, sealed);
      return JSON.parse(new TextDecoder().decode(bytes)) as Content;
    } catch {
      return null; // sealed under another key
    }
  }
}
