// What goes to the server from the queue, and what is asked before.
import { outcomeOf, type Content, type Entry, type Outcome } from "./queue";

const kPatience = 6000; // ms; a network that does not answer in this time is none

/** Whose session this is now. */
export type Session = { kind: "open"; account: string; csrf: string; key: string } | { kind: "offline" } | { kind: "signed-out" };

async function jsonOf(reply: Response): Promise<Record<string, unknown> | null> {
  if (!(reply.headers.get("content-type") ?? "").includes("json")) return null;
  return (await reply.json().catch(() => null)) as Record<string, unknown> | null;
}

export async function openSession(): Promise<Session> {
  if (!navigator.onLine) return { kind: "offline" };
  try {
    const reply = await fetch("/antrean/sesi", { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(kPatience) });
    if (reply.type === "opaqueredirect" || reply.status === 401 || reply.status === 403) return { kind: "signed-out" };
    const said = reply.ok ? await jsonOf(reply) : null;
    if (typeof said?.account !== "string") return { kind: "offline" };
    return { kind: "open", account: said.account, csrf: String(said.csrf), key: String(said.key) };
  } catch {
    return { kind: "offline" };
  }
}

async function post(path: string, body: URLSearchParams, noWords: string, signal: AbortSignal): Promise<Outcome> {
  let reply: Response;
  try {
    reply = await fetch(path, { method: "POST", body, redirect: "manual", signal });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    return { kind: "later" };
  }
  return outcomeOf(reply.type, reply.status, await jsonOf(reply), noWords);
}

/** Sends what is typed to be kept as a draft. A page of an ended session has an old mark, which answers no JSON. Throws when aborted. */
export async function sendDraft(path: string, body: URLSearchParams, signal: AbortSignal): Promise<Outcome> {
  const patient = "any" in AbortSignal ? AbortSignal.any([signal, AbortSignal.timeout(kPatience)]) : signal;
  const outcome = await post(path, body, "", patient);
  return outcome.kind === "refused" && outcome.refusals[0]?.words === "" ? { kind: "signed-out" } : outcome;
}

/** Sends one form of the queue under this session's mark. */
export function sendEntry(entry: Entry, content: Content, csrf: string, noWords: string): Promise<Outcome> {
  const body = new URLSearchParams(content.fields);
  body.set("csrf", csrf);
  if (entry.state === "draft") body.set("_turn", String(content.draftTurn));
  return post(content.path + (entry.state === "draft" ? "/draf" : "/kirim"), body, noWords, AbortSignal.timeout(5 * kPatience));
}
