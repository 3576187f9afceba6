// Forms that staff fill in: by keyboard alone, followed live, kept as a draft while somebody types. All of it works without.
import { judge, missing, shown, type LiveForm, type State } from "./live";
import { parseDay } from "./expression";
import { fieldsOf, fill, localMinute, renew, whereOf } from "./filled";
import { GridForm } from "./grid";
import { focusables, goOn, markDigits, pressDigit } from "./keys";
import { openedEntry } from "./outbox";
import { prepare } from "./prepare";
import { afterPress } from "./press";
import { newId, type Content } from "./queue";
import { QueuePage } from "./queue_page";
import { openSession, sendDraft } from "./sender";
import { TallyForm } from "./tally";
import { Vault } from "./vault";

const kKeepAfter = 700; // ms without a key; a draft is kept within a second

class EntryPage {
  private readonly data: LiveForm;
  private readonly touched = new Set<string>();
  private readonly lacked = new Set<string>(); // keys told to need an answer; told until there is one
  private timer = 0;
  private running: AbortController | null = null;
  private last: string;
  private passes = false; // the next submission goes to the server as it is
  private isSaving = false; // as a record: no draft of it is wanted any more
  private vault: Vault | null = null;

  constructor(private readonly form: HTMLFormElement, opening: Promise<Vault | null>) {
    this.data = JSON.parse(form.querySelector("script[data-form]")?.textContent ?? "{}") as LiveForm;
    if (form.dataset.old !== undefined) this.renew();
    this.last = this.typed().toString();
    for (const hint of form.querySelectorAll<HTMLElement>(".question > .when")) hint.hidden = true;
    for (const note of form.querySelectorAll<HTMLElement>(".keys")) note.hidden = !matchMedia("(pointer: fine)").matches;
    markDigits(form);
    form.addEventListener("input", () => this.follow());
    form.addEventListener("change", (event) => this.onChange(event));
    form.addEventListener("focusout", (event) => this.touch(event.target));
    form.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("submit", (event) => this.onSubmit(event));
    document.addEventListener("pilar:kept", (event) => this.onKept(event));
    addEventListener("pageshow", () => (this.passes = false));
    this.follow(false);
    void opening.then((vault) => {
      this.vault = vault;
      return this.resume();
    });
    if (!form.querySelector(".problems")) focusables(this.form)[0]?.focus({ preventScroll: true });
  }

  private get status(): HTMLElement | null {
    return this.form.querySelector("[data-draft-state]");
  }
  private field(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  }
  private typed(): URLSearchParams {
    return fieldsOf(this.form);
  }
  private read(): (key: string) => string[] {
    const entered = new FormData(this.form);
    return (key) => entered.getAll(key).filter((one): one is string => typeof one === "string");
  }

  private states(): State[] {
    const at = parseDay((this.field("_waktu")?.value ?? "").slice(0, 10));
    return judge(this.data, this.read(), at?.day ?? 0);
  }

  /** What is asked, computed and wrong now. Answers to what is no longer asked stay typed but are not sent. */
  private follow(keep = true): void {
    for (const control of this.form.querySelectorAll<HTMLInputElement>(".question[hidden] [disabled]")) control.disabled = false;
    const states = this.states();
    const open = this.lacked.size > 0 ? missing(this.data, states, this.read()) : [];
    this.data.items.forEach((item, index) => {
      const state = states[index];
      const box = this.form.querySelector<HTMLElement>(`.question[data-item="${item.key}"]`);
      if (!state || !box) return;
      box.hidden = !state.asked;
      for (const control of box.querySelectorAll<HTMLInputElement>("input, select, textarea")) control.disabled = !state.asked;
      if (item.kind === "calculation") {
        const out = box.querySelector("output");
        if (out) out.textContent = shown(this.data, state.value);
      } else if (this.touched.has(item.key)) {
        this.tell(box, item.key, this.lacked.has(item.key) && open.includes(item.key) ? this.wordsFor(item.key) : state.problem);
      }
    });
    if (keep) this.plan();
  }

  /** The message beside the field, where the server would put it. */
  private tell(box: HTMLElement, key: string, words: string): void {
    const field = box.matches(".field") ? box : box.querySelector<HTMLElement>(".field");
    if (!field) return;
    let message = field.querySelector<HTMLElement>(".message");
    if (message?.textContent === words || (!message && !words)) return;
    field.classList.toggle("wrong", words !== "");
    if (!words) return message?.remove();
    if (!message) {
      message = document.createElement("p");
      message.className = "message";
      message.id = `f-${key}-m`;
      (field.querySelector(".hint") ?? field.querySelector(".form-label"))?.after(message);
      const control = field.querySelector<HTMLElement>("input, select, textarea");
      control?.setAttribute("aria-describedby", [message.id, control.getAttribute("aria-describedby")].filter(Boolean).join(" "));
    }
    message.textContent = words;
  }

  private touch(target: EventTarget | null): void {
    const key = target instanceof Element ? target.closest<HTMLElement>("[data-item]")?.dataset.item : undefined;
    const id = this.field("_id")?.value;
    if (!key) return;
    afterPress(() => {
      if (id !== this.field("_id")?.value) return; // saved by that press
      this.touched.add(key);
      this.follow(false);
    });
  }

  /** A reason for no answer and an answer rule each other out. */
  private onChange(event: Event): void {
    const target = event.target;
    if (target instanceof HTMLInputElement && target.value.startsWith("_not_") && target.type === "checkbox" && target.checked)
      for (const other of this.form.querySelectorAll<HTMLInputElement>(`[name="${target.name}"]`)) {
        if (other === target) continue;
        if (other.type === "checkbox") other.checked = false;
        else other.value = "";
      }
    if (target instanceof HTMLInputElement && target.type === "file") void this.sendPhoto(target);
    if (target instanceof HTMLElement && !target.closest("[data-item]")) afterPress(() => this.tellAt(target.getAttribute("name") ?? "", ""));
    this.touch(target);
    this.follow();
  }

  /** A chosen picture goes to the server at once, so that the draft holds it; where that fails it goes with the form. */
  private async sendPhoto(input: HTMLInputElement): Promise<void> {
    const path = this.form.dataset.photos;
    const [file, field] = [input.files?.[0], input.closest<HTMLElement>(".field")];
    if (!path || !file || !field) return;
    const body = new FormData();
    for (const name of ["csrf", "_tempat", "_versi"]) body.set(name, this.field(name)?.value ?? "");
    body.set(input.name, file);
    this.say(this.data.words.sending ?? "");
    const reply = await fetch(path, { method: "POST", body, redirect: "manual" }).catch(() => null);
    this.say("");
    const drawn = reply && [200, 422].includes(reply.status) ? await reply.text() : "";
    if (!drawn || input.files?.[0] !== file) return;
    const hadFocus = field.contains(document.activeElement);
    const [key, box] = [input.name, field.parentElement];
    field.outerHTML = drawn;
    this.touched.delete(key); // what the server found wrong with it stands until another one is chosen
    if (hadFocus) box?.querySelector<HTMLElement>(`input[type=file][name="${key}"]`)?.focus();
    this.follow();
  }

  private onKey(event: KeyboardEvent): void {
    const target = event.target;
    if (!(target instanceof Element) || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return this.form.requestSubmit();
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" && !(target instanceof HTMLTextAreaElement) && !(target instanceof HTMLButtonElement) && target.localName !== "summary") {
      event.preventDefault();
      return goOn(this.form, target);
    }
    pressDigit(this.form, event);
  }

  private plan(): void {
    if (!this.form.dataset.draft) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.keep(), kKeepAfter);
  }

  /** One save at a time, so that turns follow each other; what was typed meanwhile is saved after it. */
  private async keep(): Promise<void> {
    const path = this.form.dataset.draft ?? "";
    const body = this.typed();
    const id = body.get("_id") ?? "";
    if (body.toString() === this.last || this.form.dataset.sent || this.isSaving) return;
    if (this.running) return this.plan();
    const seen = body.toString();
    body.set("_turn", this.field("_turn")?.value ?? "0");
    body.set("csrf", this.field("csrf")?.value ?? "");
    this.running = new AbortController();
    this.say(this.data.words.keeping ?? "");
    try {
      const outcome = await sendDraft(path, body, this.running.signal);
      if (this.isSaving || id !== this.field("_id")?.value) return;
      if (outcome.kind === "kept") {
        this.last = seen;
        this.setTurn(outcome.turn);
        if (await this.vault?.find(id)) await this.vault?.remove(id);
        this.say((this.data.words.kept ?? "").replace("{0}", outcome.at));
      } else if (outcome.kind === "refused") {
        this.say(outcome.refusals[0]?.words ?? "");
      } else if (outcome.kind !== "gone") {
        const isKept = await this.store("draft");
        if (outcome.kind === "signed-out" && (await this.takeSession())) return this.plan();
        this.say(this.data.words[!isKept ? "notKept" : outcome.kind === "later" ? "device" : "signedOut"] ?? "");
      }
    } catch {
      // sent as a record meanwhile: the draft is not wanted any more
    } finally {
      this.running = null;
    }
  }

  /** Keeps the form on this device, or a copy of what is on its way; false where it cannot. */
  private async store(state: "draft" | "waiting" | "copy"): Promise<boolean> {
    if (!this.vault) return false;
    const { account = "", title = "" } = this.form.dataset;
    const fields = this.typed();
    const id = fields.get("_id") ?? "";
    const page = `${this.path}?tempat=${encodeURIComponent(this.field("_tempat")?.value ?? "")}`;
    const content: Content = { title, where: whereOf(this.form), path: this.path, page, fields: fields.toString(), draftTurn: Number(this.field("_turn")?.value ?? 0), refusals: [] };
    return state === "copy" ? this.vault.keepCopy(id, account, content) : this.vault.keep(id, account, state, content);
  }
  private get path(): string {
    return new URL(this.form.action).pathname;
  }

  /** The session's mark, where the page is older than the session; false where this person is not signed in. */
  private async takeSession(): Promise<boolean> {
    const session = await openSession();
    const mark = this.field("csrf");
    if (session.kind !== "open" || session.account !== this.form.dataset.account || !mark) return false;
    mark.value = session.csrf;
    return true;
  }

  /** A page that was kept on this device has the number and the time of another record. */
  private renew(): void {
    renew(this.form, newId(), localMinute(Date.now(), this.data.zone));
  }

  /** Goes on with a form of the queue; what the server refused is said beside each field. */
  private async resume(): Promise<void> {
    const entry = this.vault && openedEntry() ? await this.vault.find(openedEntry()) : undefined;
    const content = entry && (await this.vault?.read(entry));
    if (!content || entry?.account !== this.form.dataset.account || entry.state === "sent") return;
    fill(this.form, new URLSearchParams(content.fields));
    this.setTurn(content.draftTurn);
    this.follow(false);
    await this.store("draft");
    for (const { field, words } of content.refusals) this.tellAt(field, words);
    const whole = content.refusals.filter(({ field }) => !this.field(field)).map(({ words }) => words);
    this.last = "";
    if (whole.length > 0) this.say(whole.join(" "));
    else this.plan();
  }

  /** The message beside an item, or beside the unit or the time. */
  private tellAt(field: string, words: string): void {
    const box = field ? this.form.querySelector<HTMLElement>(`.question[data-item="${field}"]`) ?? this.field(field)?.closest<HTMLElement>(".entry-where > *") : null;
    if (box) this.tell(box, field, words);
  }

  private setTurn(turn: number): void {
    const field = this.field("_turn");
    if (field) field.value = String(turn);
  }
  private onKept(event: Event): void {
    const { id, turn } = (event as CustomEvent<{ id: string; turn: number }>).detail;
    if (id !== this.field("_id")?.value) return;
    this.setTurn(turn);
    this.plan();
  }

  private say(words: string): void {
    if (this.status) this.status.textContent = words;
  }

  /** Without a network the page would be lost with what was typed, so the way is tried first. */
  private onSubmit(event: SubmitEvent): void {
    clearTimeout(this.timer);
    if (event.defaultPrevented) return;
    const isLost = !navigator.onLine && !this.vault && this.form.dataset.draft !== undefined;
    if (!isLost && (this.passes || !this.form.dataset.draft || !this.vault)) {
      this.running?.abort();
      return;
    }
    event.preventDefault();
    this.isSaving = true;
    this.running?.abort();
    this.say(this.data.words.saving ?? "");
    void this.trySend(event.submitter).finally(() => {
      this.isSaving = false;
      this.plan();
    });
  }

  private async trySend(button: HTMLElement | null): Promise<void> {
    const session = await openSession();
    delete this.form.dataset.sent;
    if (session.kind === "open" && session.account !== this.form.dataset.account) return this.say(this.data.words.otherAccount ?? "");
    if (session.kind === "open") {
      const mark = this.field("csrf");
      if (mark) mark.value = session.csrf;
      await this.store("copy"); // until the next page says that it was saved
      this.passes = true;
      return this.form.requestSubmit(button);
    }
    if (!this.isComplete()) return;
    if ([...this.form.querySelectorAll<HTMLInputElement>("input[type=file]")].some((input) => (input.files?.length ?? 0) > 0)) {
      const isKept = await this.store("draft");
      return this.say(this.data.words[isKept ? "photoOffline" : "notKept"] ?? "");
    }
    if (!(await this.store("waiting"))) return this.say(this.data.words.notKept ?? "");
    this.startNext();
  }

  private wordsFor(key: string): string {
    const { choose = "", missing = "" } = this.data.words;
    return this.data.items.find((item) => item.key === key)?.options ? choose : missing;
  }

  /** What the server would surely refuse is said now. */
  private isComplete(): boolean {
    const states = this.states();
    const words = this.data.words;
    const wrong = new Map<string, string>();
    if (!this.field("_unit")?.value) wrong.set("_unit", words.unit ?? "");
    if (!this.field("_waktu")?.value) wrong.set("_waktu", words.at ?? "");
    for (const key of missing(this.data, states, this.read())) {
      this.lacked.add(key);
      wrong.set(key, this.wordsFor(key));
    }
    this.data.items.forEach(({ key }, index) => {
      const problem = states[index]?.problem;
      if (problem) wrong.set(key, problem);
    });
    for (const field of ["_unit", "_waktu"]) this.tellAt(field, "");
    for (const [field, said] of wrong) {
      this.touched.add(field);
      this.tellAt(field, said);
    }
    const [first] = wrong.keys();
    if (first) this.form.querySelector<HTMLElement>(`[name="${first}"]:not([type=hidden])`)?.focus();
    return wrong.size === 0;
  }

  /** The form is safe on this device: an empty one takes its place. */
  private startNext(): void {
    this.renew();
    for (const kept of this.form.querySelectorAll("[type=hidden]")) if (kept.closest(".field")) kept.remove(); // photos of the record before
    for (const shown of this.form.querySelectorAll(".photo, .kept")) shown.remove();
    this.touched.clear();
    this.lacked.clear();
    this.last = this.typed().toString();
    if (location.hash) history.replaceState(null, "", location.pathname + location.search);
    this.follow(false);
    this.say(this.data.words.queued ?? "");
    focusables(this.form)[0]?.focus();
  }
}

const opening = Vault.open();
for (const form of document.querySelectorAll<HTMLFormElement>("form.entry-form")) new EntryPage(form, opening);
for (const form of document.querySelectorAll<HTMLFormElement>("form.grid-form")) new GridForm(form);
for (const form of document.querySelectorAll<HTMLFormElement>("form.tally-form")) new TallyForm(form, opening);
for (const box of document.querySelectorAll<HTMLElement>("[data-antrean]")) new QueuePage(box, opening);
void opening.then((vault) => vault && prepare(vault));
