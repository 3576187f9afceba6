// Forms that could not be sent wait on the device, by account, and go to the server as drafts once it can be reached.

/** One form as it was last typed; `path` takes it, `body` lacks only the session's mark. */
interface Waiting {
  path: string;
  body: string;
  at: number;
}
const kPrefix = "pilar-isian";
const kRetryEvery = 10_000;

export type Outcome = { kind: "kept"; turn: number; at: string } | { kind: "refused"; words: string } | { kind: "offline" } | { kind: "signed-out" };

/** Sends a form's fields to be kept as a draft. */
export async function send(path: string, body: URLSearchParams, signal?: AbortSignal): Promise<Outcome> {
  let reply: Response;
  try {
    reply = await fetch(path, { method: "POST", body, redirect: "manual", signal: signal ?? null });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    return { kind: "offline" };
  }
  if (reply.type === "opaqueredirect" || !(reply.headers.get("content-type") ?? "").includes("json")) return { kind: reply.status >= 500 ? "offline" : "signed-out" };
  const said = (await reply.json()) as { turn?: number; at?: string; problem?: string };
  if (reply.ok && said.turn !== undefined) return { kind: "kept", turn: said.turn, at: said.at ?? "" };
  return reply.status >= 500 ? { kind: "offline" } : { kind: "refused", words: said.problem ?? "" };
}

/** What waits on this device for one account. A browser that keeps nothing has nothing waiting. */
export class Queue {
  private readonly bar: HTMLElement | null;
  private readonly prefix: string;
  private sending = false;

  constructor() {
    this.bar = document.querySelector<HTMLElement>("[data-queue]");
    this.prefix = `${kPrefix}.${this.bar?.dataset.queue ?? ""}.`;
    if (!this.bar) return;
    document.getElementById("notices")?.append(this.bar);
    addEventListener("online", () => void this.flush());
    setInterval(() => void this.flush(), kRetryEvery);
    void this.flush();
  }

  put(id: string, path: string, body: URLSearchParams): void {
    const kept = new URLSearchParams(body);
    kept.delete("csrf");
    try {
      localStorage.setItem(this.prefix + id, JSON.stringify({ path, body: kept.toString(), at: Date.now() } satisfies Waiting));
    } catch {
      return; // full or forbidden: the form itself still holds what was typed
    }
    this.show();
  }

  drop(id: string): void {
    localStorage.removeItem(this.prefix + id);
    this.show();
  }

  private keys(): string[] {
    const keys: string[] = [];
    for (let i = 0; i < localStorage.length; ++i) {
      const key = localStorage.key(i);
      if (key?.startsWith(this.prefix)) keys.push(key);
    }
    return keys;
  }

  private show(words?: string): void {
    if (!this.bar) return;
    const count = this.keys().length;
    this.bar.hidden = count === 0;
    this.bar.textContent = words ?? (this.bar.dataset.waiting ?? "").replace("{0}", String(count));
  }

  /** A newer turn on the server, or a record sent meanwhile, wins over what waited. */
  private async flush(): Promise<void> {
    if (this.sending || !this.bar) return;
    this.sending = true;
    let words: string | undefined;
    for (const key of this.keys()) {
      const waiting = JSON.parse(localStorage.getItem(key) ?? "null") as Waiting | null;
      if (!waiting) continue;
      const body = new URLSearchParams(waiting.body);
      body.set("csrf", this.bar.dataset.csrf ?? "");
      const outcome = await send(waiting.path, body);
      if (outcome.kind === "kept" || outcome.kind === "refused") {
        if (localStorage.getItem(key)) localStorage.removeItem(key);
        if (outcome.kind === "kept") document.dispatchEvent(new CustomEvent("pilar:kept", { detail: { id: body.get("_id"), turn: outcome.turn } }));
      } else {
        if (outcome.kind === "signed-out") words = this.bar.dataset.signedOut;
        break;
      }
    }
    this.sending = false;
    this.show(words);
  }
}
