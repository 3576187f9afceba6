// Forms that staff fill in: by keyboard alone, followed live, kept as a draft while somebody types. All of it works without.
import { judge, shown, type LiveForm, type State } from "./live";
import { parseDay } from "./expression";
import { GridForm } from "./grid";
import { Queue, send } from "./waiting";

const kKeepAfter = 700; // ms without a key; a draft is kept within a second

class EntryPage {
  private readonly data: LiveForm;
  private readonly touched = new Set<string>();
  private timer = 0;
  private running: AbortController | null = null;
  private last: string;

  constructor(private readonly form: HTMLFormElement, private readonly queue: Queue) {
    this.data = JSON.parse(form.querySelector("script[data-form]")?.textContent ?? "{}") as LiveForm;
    this.last = this.typed().toString();
    for (const hint of form.querySelectorAll<HTMLElement>(".question > .when")) hint.hidden = true;
    for (const note of form.querySelectorAll<HTMLElement>(".keys")) note.hidden = !matchMedia("(pointer: fine)").matches;
    this.markDigits();
    form.addEventListener("input", () => this.follow());
    form.addEventListener("change", (event) => this.onChange(event));
    form.addEventListener("focusout", (event) => this.touch(event.target));
    form.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("submit", (event) => this.onSubmit(event));
    document.addEventListener("pilar:kept", (event) => this.onKept(event));
    this.follow(false);
    if (!form.querySelector(".problems")) this.focusables()[0]?.focus({ preventScroll: true });
  }

  private get status(): HTMLElement | null {
    return this.form.querySelector("[data-draft-state]");
  }
  private field(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`[name="${name}"]`);
  }
  private typed(): URLSearchParams {
    const out = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string" && name !== "_turn") out.append(name, value);
    return out;
  }

  private states(): State[] {
    const entered = new FormData(this.form);
    const at = parseDay((this.field("_waktu")?.value ?? "").slice(0, 10));
    return judge(this.data, (key) => entered.getAll(key).filter((one): one is string => typeof one === "string"), at?.day ?? 0);
  }

  /** What is asked, computed and wrong now. Answers to what is no longer asked stay typed but are not sent. */
  private follow(keep = true): void {
    for (const control of this.form.querySelectorAll<HTMLInputElement>(".question[hidden] [disabled]")) control.disabled = false;
    const states = this.states();
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
        this.tell(box, item.key, state.problem);
      }
    });
    if (keep) this.plan();
  }

  /** The message beside the field, where the server would put it. */
  private tell(box: HTMLElement, key: string, words: string): void {
    const field = box.querySelector<HTMLElement>(".field");
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
    if (!key) return;
    this.touched.add(key);
    this.follow(false);
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

  /** Controls that take the keyboard, one a question: the chosen tile of several, else the first. */
  private focusables(): HTMLElement[] {
    const stops: HTMLElement[] = [];
    for (const box of this.form.querySelectorAll<HTMLElement>(".field, .question")) {
      if (box.closest("[hidden]") || (box.matches(".question") && box.querySelector(".field"))) continue;
      const controls = [...box.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), select, textarea")].filter((one) => !one.disabled);
      const stop = controls.find((one) => one.type === "radio" && one.checked) ?? controls[0];
      if (stop) stops.push(stop);
    }
    const save = this.form.querySelector<HTMLElement>(".btn-primary");
    return save ? [...stops, save] : stops;
  }

  private goOn(from: Element): void {
    const stops = this.focusables();
    const next = stops.find((stop) => !from.closest(".field, .question")?.contains(stop) && (from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
    next?.focus();
    if (next instanceof HTMLInputElement && ["text", "search"].includes(next.type)) next.select();
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
      return this.goOn(target);
    }
    if (/^\d$/.test(event.key) && target instanceof HTMLInputElement && ["radio", "checkbox"].includes(target.type)) this.press(target, event);
  }

  private press(target: HTMLInputElement, event: KeyboardEvent): void {
    const tile = this.form.querySelector<HTMLInputElement>(`[name="${target.name}"][data-press="${event.key}"]`);
    if (!tile) return;
    event.preventDefault();
    tile.focus();
    tile.click();
  }

  private markDigits(): void {
    if (!matchMedia("(pointer: fine)").matches) return;
    for (const tile of this.form.querySelectorAll<HTMLInputElement>("[data-press]")) {
      const mark = document.createElement("kbd");
      mark.textContent = tile.dataset.press ?? "";
      mark.setAttribute("aria-hidden", "true");
      tile.nextElementSibling?.append(mark);
    }
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
    if (body.toString() === this.last || this.form.dataset.sent) return;
    if (this.running) return this.plan();
    body.set("_turn", this.field("_turn")?.value ?? "0");
    this.running = new AbortController();
    this.say(this.data.words.keeping ?? "");
    try {
      const outcome = await send(path, body, this.running.signal);
      const seen = new URLSearchParams(body);
      seen.delete("_turn");
      if (outcome.kind === "kept") {
        this.last = seen.toString();
        this.setTurn(outcome.turn);
        this.queue.drop(id);
        this.say((this.data.words.kept ?? "").replace("{0}", outcome.at));
      } else if (outcome.kind === "refused") {
        this.say(outcome.words);
      } else {
        this.queue.put(id, path, body);
        this.say((outcome.kind === "offline" ? this.data.words.device : this.data.words.signedOut) ?? "");
      }
    } catch {
      // sent as a record meanwhile: the draft is not wanted any more
    } finally {
      this.running = null;
    }
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

  /** Without a network the page would be lost with what was typed. */
  private onSubmit(event: SubmitEvent): void {
    clearTimeout(this.timer);
    if (navigator.onLine || !this.form.dataset.draft) {
      this.running?.abort();
      return;
    }
    event.preventDefault();
    delete this.form.dataset.sent;
    const body = this.typed();
    body.set("_turn", this.field("_turn")?.value ?? "0");
    this.queue.put(body.get("_id") ?? "", this.form.dataset.draft, body);
    this.say(this.data.words.device ?? "");
  }
}

const queue = new Queue();
for (const form of document.querySelectorAll<HTMLFormElement>("form.entry-form")) new EntryPage(form, queue);
for (const form of document.querySelectorAll<HTMLFormElement>("form.grid-form")) new GridForm(form);
