// IndexedDB as far as the vault uses it, in memory: requests that succeed a little later, transactions that complete after them.
const later = (act) => setTimeout(act, 0);

function request(work, transaction) {
  const asked = { onsuccess: null, onerror: null, result: undefined };
  if (transaction) ++transaction.open;
  later(() => {
    asked.result = work();
    asked.onsuccess?.();
    if (transaction && --transaction.open === 0) later(() => transaction.open === 0 && transaction.oncomplete?.());
  });
  return asked;
}

export class Database {
  constructor() {
    this.stores = new Map();
  }
  createObjectStore(name, { keyPath } = {}) {
    this.stores.set(name, { rows: new Map(), keyPath });
  }
  transaction() {
    const transaction = { open: 0, oncomplete: null, onerror: null, onabort: null };
    transaction.objectStore = (name) => {
      const { rows, keyPath } = this.stores.get(name);
      const sorted = () => [...rows.keys()].sort();
      return {
        get: (key) => request(() => rows.get(key), transaction),
        getAll: () => request(() => sorted().map((key) => rows.get(key)), transaction),
        getAllKeys: () => request(sorted, transaction),
        put: (row, key) => request(() => void rows.set(keyPath ? row[keyPath] : key, row), transaction),
        delete: (key) => request(() => void rows.delete(key), transaction),
      };
    };
    return transaction;
  }
}

/** Puts a database in the place of the browser's; what is in it outlives every vault, as on a device. */
export function install() {
  const database = new Database();
  let isNew = true;
  globalThis.isSecureContext = true;
  globalThis.BroadcastChannel = class { postMessage() {} };
  globalThis.indexedDB = {
    open: () => {
      const asked = request(() => {
        if (isNew) asked.onupgradeneeded?.();
        isNew = false;
        return database;
      });
      asked.result = database;
      return asked;
    },
  };
  return database;
}
