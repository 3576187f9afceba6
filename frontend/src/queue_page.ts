// The page of the queue: each form that waits on this device with its state, and what can be done with it.
import { keptPages, kQueuePage } from "./keeper";
import { afterPress } from "./press";
import type { Content, Entry } from "./queue";
import type { Vault } from "./vault";

type Words = Record<string, string>;

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, text = "", ...inner: Node[]): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  made.append(...inner);
  return made;
}
function link(href: string, text: string, className = ""): HTMLAnchorElement {
  const made = element("a", className, text);
  made.href = href;
  return made;
}

/** One form as a text that a person or another program can read later. */
export function exported(entry: Entry, content: Content): string {
  const { id, state, changed, receipt } = entry;
  const { title, where, path, fields, refusals } = content;
  return JSON.stringify({ kind: "pilar-isian", id, title, where, path, state, changed: new Date(changed).toISOString(), receipt, refusals, fields: [...new URLSearchParams(fields)] }, null, 2);
}

export class QueuePage {
  private readonly words: Words;
  private readonly account: string;
  private readonly times = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  private readonly soon = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium" });
  private vault: Vault | null = null;
  private looks = 0; // the latest shows what it saw

  constructor(private readonly box: HTMLElement, opening: Promise<Vault | null>) {
    this.words = JSON.parse(box.querySelector("script[data-words]")?.textContent ?? "{}") as Words;
    this.account = box.dataset.antrean ?? "";
    void opening.then((vault) => this.begin(vault));
  }

  private part(name: string): HTMLElement {
    return this.box.querySelector<HTMLElement>(`[data-${name}]`) ?? this.box;
  }
  private word(name: string, ...args: string[]): string {
    return (this.words[name] ?? "").replace(/\{(\d)\}/g, (_, n: string) => args[Number(n)] ?? "");
  }
  private say(words: string, ...inner: Node[]): void {
    this.part("said").replaceChildren(words, ...inner);
  }

  private async begin(vault: Vault | null): Promise<void> {
    this.vault = vault;
    if (!vault) {
      this.part("empty").textContent = this.word("noStore");
      return;
    }
    if (location.pathname !== kQueuePage) this.say(this.word("notPrepared"));
    document.addEventListener("pilar:queue", () => void this.show(vault));
    await this.show(vault);
    await this.showForms();
  }

  private async show(vault: Vault): Promise<void> {
    const look = ++this.looks;
    const all = await vault.all();
    const own = all.filter(({ account }) => account === this.account).reverse();
    const rows = await Promise.all(own.map(async (entry) => this.row(vault, entry, await vault.read(entry))));
    if (look === this.looks) afterPress(() => this.put(rows, own, all.length - own.length));
  }

  private put(rows: HTMLElement[], own: Entry[], others: number): void {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.row : undefined;
    this.part("entries").replaceChildren(...rows);
    if (focused) this.box.querySelector<HTMLElement>(`[data-row="${focused}"]`)?.focus();
    const waiting = own.filter(({ state }) => state === "waiting" || state === "draft").length;
    const empty = this.part("empty");
    empty.replaceChildren([own.length === 0 ? this.word("empty") : "", others > 0 ? this.word("others", String(others)) : ""].filter(Boolean).join(" "));
    if (waiting > 1) empty.append(" ", this.button("all", this.word("sendAll"), () => document.dispatchEvent(new CustomEvent("pilar:send", { detail: "" }))));
    empty.hidden = !empty.hasChildNodes() || (empty.textContent === "" && waiting < 2);
  }

  private row(vault: Vault, entry: Entry, content: Content | null): HTMLElement {
    const row = element("li", "", "");
    row.dataset.entry = entry.id;
    row.dataset.state = entry.state;
    row.append(element("h3", "", content?.title ?? this.word("sealed")));
    const where = element("p", "note", [content?.where, this.word("changed", this.times.format(entry.changed))].filter(Boolean).join(" · "));
    where.prepend(element("b", "", `${this.word(entry.state)}. `));
    row.append(where);
    for (const words of this.linesOf(entry, content)) row.append(element("p", entry.state === "refused" ? "message" : "note", words));
    const buttons = element("div", "row-actions");
    if (entry.receipt?.href) buttons.append(link(entry.receipt.href, this.word("see"), "btn"));
    if (entry.state === "waiting" || entry.state === "draft")
      buttons.append(this.button(`send-${entry.id}`, this.word("send"), () => document.dispatchEvent(new CustomEvent("pilar:send", { detail: entry.id }))));
    if (content && entry.state !== "sent") buttons.append(link(`${content.page}#isian=${entry.id}`, this.word(entry.state === "refused" ? "mend" : "continue"), "btn"));
    if (content) buttons.append(this.button(`export-${entry.id}`, this.word("export"), () => this.save(entry, content)));
    buttons.append(this.button(`delete-${entry.id}`, this.word("delete"), () => void this.remove(vault, entry, content)));
    row.append(buttons);
    return row;
  }

  private linesOf(entry: Entry, content: Content | null): string[] {
    if (entry.receipt) return [this.word("receipt", entry.receipt.at, entry.receipt.id)];
    if (entry.state === "refused") return (content?.refusals ?? []).map(({ label, words }) => (label ? `${label}: ` : "") + words);
    return entry.tries > 0 ? [this.word("next", String(entry.tries), this.soon.format(entry.next))] : [];
  }

  private button(row: string, text: string, act: () => void): HTMLButtonElement {
    const button = element("button", "btn", text);
    button.type = "button";
    button.dataset.row = row;
    button.addEventListener("click", act);
    return button;
  }

  /** It can be taken back as long as this page stays. */
  private async remove(vault: Vault, entry: Entry, content: Content | null): Promise<void> {
    await vault.remove(entry.id);
    const back = this.button(`back-${entry.id}`, this.word("takeBack"), () => {
      this.say("");
      void vault.restore(entry);
    });
    this.say(`${this.word("deleted", content?.title ?? entry.id)} `, back);
    back.focus();
  }

  private save(entry: Entry, content: Content): void {
    const address = URL.createObjectURL(new Blob([exported(entry, content)], { type: "application/json" }));
    const way = link(address, "");
    way.download = `isian-${entry.id}.json`;
    way.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  private async showForms(): Promise<void> {
    const forms = (await keptPages(this.account)).filter(({ address }) => address !== kQueuePage);
    const rows = forms.map(({ address, title }) => element("li", "", "", link(address, title || address)));
    this.part("forms").replaceChildren(...(rows.length > 0 ? rows : [element("li", "", this.word("noForms"))]));
  }
}
