// Sends what waits on this device for the account of the page, and says in the frame how much that is. One page of all open ones sends.
import { after, countOf, isDue, isOver, wakeAfter, type Cause, type Entry } from "./queue";
import { forgetPages } from "./keeper";
import { afterPress } from "./press";
import { openSession, sendEntry } from "./sender";
import type { Vault } from "./vault";

const kLook = 10_000; // ms between looks while something waits and no earlier one is due

/** The form that this page goes on filling in; it is not sent behind its back. */
export const openedEntry = (): string => /^#isian=([0-9a-f-]{36})$/.exec(location.hash)?.[1] ?? "";

/** What only the clock asks for is left to the page that sends already; else its end is waited for, as it may be a page that closes. */
async function alone(cause: Cause, act: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return act();
  await navigator.locks.request("pilar-antrean", { ifAvailable: cause === "time" }, async (lock) => {
    if (lock) await act();
  });
}

export class Outbox {
  private readonly account: string;
  private timer = 0;
  private isSending = false;
  private next: { cause: Cause; only: string } | null = null; // asked for meanwhile
  private isSignedOut = false;

  constructor(private readonly bar: HTMLElement, private readonly vault: Vault) {
    this.account = bar.dataset.queue ?? "";
  }

  async start(): Promise<void> {
    addEventListener("online", () => void this.flush("online"));
    document.addEventListener("pilar:queue", () => void this.look());
    document.addEventListener("pilar:send", (event) => void this.flush("asked", (event as CustomEvent<string>).detail));
    for (const form of document.querySelectorAll('form[action="/keluar"]')) form.addEventListener("submit", () => void this.forget());
    await this.vault.forgetKeys(this.account);
    await forgetPages(this.account);
    await this.clear();
    await this.flush("online");
  }

  private async forget(): Promise<void> {
    await Promise.all([this.vault.forgetKeys(), forgetPages()]);
  }

  /** What the page before has saved, and receipts of long ago. */
  private async clear(): Promise<void> {
    const saved = new URLSearchParams(location.search).get("tersimpan");
    for (const entry of await this.vault.of(this.account))
      if (isOver(entry, Date.now()) || (entry.id === saved && entry.state !== "sent")) await this.vault.remove(entry.id);
  }

  private async look(): Promise<void> {
    const entries = await this.vault.of(this.account);
    this.show(entries);
    if (!this.isSending) this.plan(entries);
  }

  private show(entries: Entry[]): void {
    const { waiting, refused } = countOf(entries);
    const { refused: refusedWords = "", signedOut = "", waiting: waitingWords = "" } = this.bar.dataset;
    const [words, count] = refused > 0 ? [refusedWords, refused] : [this.isSignedOut ? signedOut : waitingWords, waiting];
    const said = words.replace("#", String(count));
    const place = this.bar.querySelector("span");
    afterPress(() => {
      this.bar.hidden = waiting + refused === 0;
      if (place && place.textContent !== said) place.textContent = said;
    });
  }

  private plan(entries: Entry[]): void {
    clearTimeout(this.timer);
    const wait = wakeAfter(entries, Date.now());
    if (wait !== null) this.timer = window.setTimeout(() => void this.flush("time"), this.isSignedOut ? kLook : wait);
  }

  private async flush(cause: Cause, only = ""): Promise<void> {
    if (this.isSending) {
      if (cause !== "time") this.next = { cause, only };
      return;
    }
    this.isSending = true;
    try {
      await alone(cause, () => this.send(cause, only));
    } finally {
      this.isSending = false;
      await this.look();
    }
    const { next } = this;
    this.next = null;
    if (next) await this.flush(next.cause, next.only);
  }

  private async send(cause: Cause, only: string): Promise<void> {
    const opened = openedEntry();
    const due = (await this.vault.of(this.account)).filter((entry) => isDue(entry, Date.now(), cause) && entry.id !== opened && (!only || entry.id === only));
    if (due.length === 0) return;
    const session = await openSession();
    this.isSignedOut = session.kind === "signed-out" || (session.kind === "open" && session.account !== this.account);
    if (session.kind === "open" && !this.isSignedOut) {
      await this.vault.takeKey(this.account, session.key);
      for (const entry of due) if (!(await this.sendOne(entry, session.csrf))) return;
    } else if (session.kind === "offline") {
      for (const entry of due) await this.settle(entry, { kind: "later" });
    }
  }

  /** False where going on would be of no use now. */
  private async sendOne(entry: Entry, csrf: string): Promise<boolean> {
    const content = await this.vault.read(entry);
    if (!content) {
      await this.settle(entry, { kind: "later" });
      return true; // sealed under a key that is not here
    }
    const outcome = await sendEntry(entry, content, csrf, this.bar.dataset.noWords ?? "");
    this.isSignedOut = outcome.kind === "signed-out";
    await this.settle(entry, outcome);
    if (outcome.kind === "kept") document.dispatchEvent(new CustomEvent("pilar:kept", { detail: { id: entry.id, turn: outcome.turn } }));
    return outcome.kind !== "later" && outcome.kind !== "signed-out";
  }

  private async settle(entry: Entry, outcome: Parameters<typeof after>[2]): Promise<void> {
    if (outcome.kind === "signed-out") return;
    const content = outcome.kind === "later" ? null : await this.vault.read(entry);
    await this.vault.settle(entry, after(entry, content, outcome, Date.now(), Math.random()));
  }
}
