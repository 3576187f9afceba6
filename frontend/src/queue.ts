// Forms on their way to the server: what one is, what becomes of it, and when it is tried again. Pure; kept by vault.ts, sent by outbox.ts.

/** A draft waits to be kept by the server as a draft; what waits becomes a record; the server has taken it, or says what is wrong. */
export type State = "draft" | "waiting" | "sent" | "refused";

/** What the server says of one field; `label` and `field` are empty where the whole form is meant. */
export interface Refusal {
  field: string;
  label: string;
  words: string;
}
/** What the server answered: the record's number, when it came in the server's words, where it is read (empty: not by this person). */
export interface Receipt {
  id: string;
  at: string;
  href: string;
}

/** What may be seen of a form without its owner's key. Times are in ms since 1970. */
export interface Entry {
  id: string; // the record's, UUID version 7
  account: string;
  state: State;
  turn: number; // counts changes, so that an answer to an older one changes nothing
  changed: number;
  tries: number; // that failed since the last change
  next: number; // not before
  hold: number; // not before, even when a network comes back: until then it can be undone
  receipt?: Receipt;
}
/** The rest, which is sealed. */
export interface Content {
  title: string;
  where: string;
  path: string; // "/isi/kebersihan-tangan": what takes it, with "/kirim" or "/draf"
  page: string; // where it is filled in
  fields: string; // as a form sends them, without the session's mark; empty once sent
  draftTurn: number; // of the server's draft that this one goes on from
  refusals: Refusal[];
  tally?: { session: string; done: boolean };
}

const kFirstDelay = 1000;
const kLongestDelay = 300_000;
export const kSentDays = 7;

/** How long to wait after so many failed tries: doubled each time, at most five minutes, never the same for all (`luck` in [0, 1)). */
export function delayAfter(tries: number, luck: number): number {
  return Math.min(kLongestDelay, kFirstDelay * 2 ** Math.min(tries - 1, 20)) * (0.5 + luck / 2);
}

/** Version 7 of RFC 9562: the time, then random bits (`random`: 10 bytes). */
export function uuid7(now: number, random: Uint8Array): string {
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 6; ++i) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
/** When a number of version 7 was made. */
export const begunAt = (id: string): number => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
export const newId = (): string => uuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

/** A form as it is kept now; `before` is the same one as it was kept last. */
export function keptEntry(id: string, account: string, state: "draft" | "waiting", now: number, before?: Entry, hold = 0): Entry {
  return { id, account, state, turn: (before?.turn ?? 0) + 1, changed: now, tries: 0, next: 0, hold: hold === 0 ? 0 : now + hold };
}

/** Why the queue is gone through: time has passed, the network is back, or somebody pressed the button. */
export type Cause = "time" | "online" | "asked";
export function isDue(entry: Entry, now: number, cause: Cause): boolean {
  if (entry.state !== "waiting" && entry.state !== "draft") return false;
  if (cause === "asked") return true;
  return now >= entry.hold && (cause === "online" || now >= entry.next);
}
/** When to look again, in ms from now; null where nothing waits. */
export function wakeAfter(entries: Entry[], now: number): number | null {
  const times = entries.filter(({ state }) => state === "waiting" || state === "draft").map(({ next, hold }) => Math.max(next, hold, now + kFirstDelay));
  return times.length === 0 ? null : Math.min(...times) - now;
}

/** What a send came to. */
export type Outcome =
  | { kind: "taken"; receipt: Receipt }
  | { kind: "kept"; turn: number; at: string } // a draft
  | { kind: "gone" } // a draft whose record is there already
  | { kind: "refused"; refusals: Refusal[] }
  | { kind: "later" } // no network, or a server that asks for patience
  | { kind: "signed-out" };

/** A form and what it holds; `content` is null where that stays as it is sealed. */
export interface Next {
  entry: Entry;
  content: Content | null;
}
/** The state after an outcome; null where nothing is left to keep. */
export function after(entry: Entry, content: Content | null, outcome: Outcome, now: number, luck: number): Next | null {
  switch (outcome.kind) {
    case "kept":
    case "gone": return null;
    case "taken": return { entry: { ...entry, state: "sent", changed: now, tries: 0, next: 0, hold: 0, receipt: outcome.receipt }, content: content && { ...content, fields: "", refusals: [] } };
    case "refused": return { entry: { ...entry, state: "refused", changed: now, tries: 0, next: 0, hold: 0 }, content: content && { ...content, refusals: outcome.refusals } };
    case "later": return { entry: { ...entry, tries: entry.tries + 1, next: now + delayAfter(entry.tries + 1, luck) }, content: null };
    case "signed-out": return { entry, content: null };
  }
}

/** A reply read: `type` of the Response, its status, and its JSON where it is some. `noWords` tells of a refusal without words. */
export function outcomeOf(type: string, status: number, said: Record<string, unknown> | null, noWords: string): Outcome {
  if (type === "opaqueredirect" || status === 401) return { kind: "signed-out" };
  if (status >= 500 || status === 429 || status === 408) return { kind: "later" };
  if (status >= 400) {
    if (said?.sent === true) return { kind: "gone" };
    if (Array.isArray(said?.problems) && said.problems.length > 0) return { kind: "refused", refusals: said.problems as Refusal[] };
    return { kind: "refused", refusals: [{ field: "", label: "", words: typeof said?.problem === "string" ? said.problem : noWords.replace("#", String(status)) }] };
  }
  if (typeof said?.id === "string") return { kind: "taken", receipt: { id: said.id, at: String(said.at ?? ""), href: String(said.href ?? "") } };
  if (typeof said?.turn === "number") return { kind: "kept", turn: said.turn, at: String(said.at ?? "") };
  return { kind: "later" };
}

/** How many wait, and how many the server refused. */
export function countOf(entries: Entry[]): { waiting: number; refused: number } {
  return {
    waiting: entries.filter(({ state }) => state === "waiting" || state === "draft").length,
    refused: entries.filter(({ state }) => state === "refused").length,
  };
}

/** Sent long ago: only the receipt is left, and that is on the server too. */
export const isOver = (entry: Entry, now: number): boolean => entry.state === "sent" && now - entry.changed > kSentDays * 86_400_000;
