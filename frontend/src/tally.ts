// Opportunities counted by two buttons: each press is a record of the queue. The last ones can be undone until they are sent.
import { fieldsOf, localMinute, whereOf } from "./filled";
import { pressDigit } from "./keys";
import { begunAt, newId, type Content, type Entry } from "./queue";
import type { Vault } from "./vault";

const kUndoable = 60_000; // ms that a press waits before it is sent
const kLongest = 12 * 3_600_000; // ms of one observation

interface Told {
  item: string;
  done: string; // the one option that means done; empty where several do
  notDone: string;
  few: number;
  zone: number;
  words: Record<string, string>;
}
interface Press {
  entry: Entry;
  done: boolean;
}

const fillIn = (words: string | undefined, ...args: string[]): string => (words ?? "").replace(/\{(\d)\}/g, (_, n: string) => args[Number(n)] ?? "");

/** "7 dari 9 peluang dilakukan: 77,8%. ..."; without any there is no percentage. */
export function countWords(told: Told, lang: string, n: number, done: number): string {
  if (n === 0) return told.words.nothing ?? "";
  const share = new Intl.NumberFormat(lang, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(done / n);
  return fillIn(n < told.few ? told.words.fewCount : told.words.count, String(done), String(n), share);
}

export class TallyForm {
  private readonly told: Told;
  private readonly store: string; // where the running observation is written down
  private vault: Vault | null = null;
  private outcome = ""; // of the button pressed last
  private looks = 0; // the latest shows what it saw

  constructor(private readonly form: HTMLFormElement, opening: Promise<Vault | null>) {
    this.told = JSON.parse(form.querySelector("script[data-tally]")?.textContent ?? "{}") as Told;
    this.store = `pilar-pengamatan.${form.dataset.account}.${form.dataset.path}.${this.value("_tempat")}`;
    for (const button of form.querySelectorAll<HTMLButtonElement>("[name=_hasil]")) button.addEventListener("click", () => (this.outcome = button.value));
    form.addEventListener("submit", (event) => this.onSubmit(event));
    form.addEventListener("keydown", (event) => pressDigit(form, event));
    form.addEventListener("change", (event) => this.tell(event.target instanceof Element ? event.target.closest(".question, .field") : null, ""));
    void opening.then((vault) => this.begin(vault));
  }

  private async begin(vault: Vault | null): Promise<void> {
    this.vault = vault;
    if (!vault) return;
    document.addEventListener("pilar:queue", () => void this.show());
    this.button("undo")?.addEventListener("click", () => void this.undo());
    this.button("end")?.addEventListener("click", () => void this.end());
    await this.show();
  }

  private button(what: string): HTMLButtonElement | null {
    return this.form.querySelector<HTMLButtonElement>(`[data-${what}]`);
  }
  private value(name: string): string {
    return this.form.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]:is(select, [type=hidden], :checked)`)?.value ?? "";
  }
  /** The running observation; one that was never ended is over after half a day. */
  private session(): string {
    try {
      const known = localStorage.getItem(this.store);
      if (known && Date.now() - begunAt(known) < kLongest) return known;
      const fresh = newId();
      localStorage.setItem(this.store, fresh);
      return fresh;
    } catch {
      return this.form.dataset.account ?? "";
    }
  }

  /** Presses of this observation, the latest last. */
  private async presses(): Promise<Press[]> {
    if (!this.vault) return [];
    const session = this.session();
    const found: Press[] = [];
    for (const entry of await this.vault.of(this.form.dataset.account ?? "")) {
      const tally = (await this.vault.read(entry))?.tally;
      if (tally?.session === session) found.push({ entry, done: tally.done });
    }
    return found.sort((one, other) => (one.entry.id < other.entry.id ? -1 : 1));
  }

  private async show(): Promise<void> {
    const look = ++this.looks;
    const presses = await this.presses();
    if (look !== this.looks) return;
    const words = countWords(this.told, document.documentElement.lang, presses.length, presses.filter(({ done }) => done).length);
    const place = this.form.querySelector<HTMLElement>("[data-count]");
    if (place && place.textContent !== words) place.textContent = words;
    for (const what of ["undo", "end"]) this.button(what)?.toggleAttribute("hidden", presses.length === 0);
  }

  private say(words: string, link?: { href: string; text: string }): void {
    const place = this.form.querySelector<HTMLElement>("[data-draft-state]");
    if (!place) return;
    place.textContent = words;
    if (!link) return;
    const way = document.createElement("a");
    way.href = link.href;
    way.textContent = link.text;
    place.append(" ", way);
  }

  private tell(box: Element | null, words: string): void {
    const field = box?.matches(".field") ? box : box?.querySelector(".field");
    if (!field) return;
    field.classList.toggle("wrong", words !== "");
    field.querySelector(".message")?.remove();
    if (!words) return;
    const message = document.createElement("p");
    message.className = "message";
    message.textContent = words;
    message.setAttribute("role", "alert");
    (field.querySelector(".hint") ?? field.querySelector(".form-label"))?.after(message);
  }

  /** What has to be chosen before this button says anything. */
  private lacks(): boolean {
    const isDone = this.outcome === "ya";
    const wanted: [Element | null, boolean, string][] = [[this.form.querySelector("[name=_unit]")?.closest(".field") ?? null, this.value("_unit") === "", this.told.words.unit ?? ""]];
    for (const box of this.form.querySelectorAll<HTMLElement>(".question")) {
      const isAsked = box.dataset.way !== undefined ? isDone : box.dataset.required !== undefined;
      wanted.push([box, isAsked && !box.querySelector("input:checked"), this.told.words.choose ?? ""]);
    }
    for (const [box, isMissing, words] of wanted) this.tell(box, isMissing ? words : "");
    const first = wanted.find(([, isMissing]) => isMissing)?.[0];
    first?.querySelector<HTMLElement>("input, select")?.focus();
    return first !== undefined;
  }

  private onSubmit(event: SubmitEvent): void {
    if (!this.vault) return;
    event.preventDefault();
    delete this.form.dataset.sent;
    if (this.lacks()) return;
    void this.press(this.vault);
  }

  private async press(vault: Vault): Promise<void> {
    const done = this.outcome === "ya";
    const { account = "", title = "", path = "" } = this.form.dataset;
    const [fields, id] = [fieldsOf(this.form), newId()];
    if (!done) fields.set(this.told.item, this.told.notDone);
    else if (this.told.done) fields.set(this.told.item, this.told.done);
    fields.set("_id", id);
    fields.set("_waktu", localMinute(Date.now(), this.told.zone));
    const page = `${path}?tempat=${encodeURIComponent(this.value("_tempat"))}`;
    const pressed = this.form.querySelector<HTMLElement>(`[name=_hasil][value=${done ? "ya" : "tidak"}]`)?.textContent ?? "";
    const content: Content = { title, where: whereOf(this.form, pressed), path, page, fields: fields.toString(), draftTurn: 0, refusals: [], tally: { session: this.session(), done } };
    const about = [...this.form.querySelectorAll<HTMLElement>(".question:not([data-way])")].at(-1);
    const chips = [...(about?.querySelectorAll<HTMLInputElement>("input:checked") ?? [])];
    for (const chip of chips) chip.checked = false; // the next opportunity is another one; at once, as it may be chosen before this one is kept
    if (await vault.keep(id, account, "waiting", content, kUndoable)) return this.say(fillIn(this.told.words.noted, pressed.toLowerCase()));
    if (!about?.querySelector("input:checked")) for (const chip of chips) chip.checked = true;
    this.say(this.told.words.notKept ?? "");
  }

  private async undo(): Promise<void> {
    const last = (await this.presses()).at(-1);
    const words = this.told.words;
    if (!last) return this.say(words.nothingToUndo ?? "");
    if (last.entry.state === "sent") {
      const href = last.entry.receipt?.href;
      return this.say(words.sentAlready ?? "", href ? { href, text: words.see ?? "" } : undefined);
    }
    await this.vault?.remove(last.entry.id);
    this.say(words.undone ?? "");
  }

  /** What was counted is sent now, or by the next page; the next press begins an observation of its own. */
  private async end(): Promise<void> {
    const presses = await this.presses();
    await this.vault?.release(presses.map(({ entry }) => entry.id));
    this.say(fillIn(this.told.words.ended, String(presses.filter(({ done }) => done).length), String(presses.length)));
    try {
      localStorage.removeItem(this.store);
    } catch {
      // nothing was written down
    }
    document.dispatchEvent(new CustomEvent("pilar:send", { detail: "" }));
    await this.show();
  }
}
