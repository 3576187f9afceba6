// A table of many records: pasted from a spreadsheet, walked through by arrow keys. It works without this, cell by cell.

/** A version 7 UUID (RFC 9562): whoever creates a record names it. */
function makeId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = Date.now();
  for (let i = 0; i < 6; ++i) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Rows of cells as spreadsheets put them on the clipboard: tabs, line ends, and quotes around what holds either. */
export function parsePasted(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "", quoted = false;
  const endCell = (): void => {
    rows[rows.length - 1]?.push(cell.trim());
    cell = "";
  };
  for (let i = 0; i < text.length; ++i) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && cell === "") quoted = true;
    else if (c === "\t") endCell();
    else if (c === "\n" || c === "\r") {
      if (c === "\r" && text[i + 1] === "\n") ++i;
      endCell();
      rows.push([]);
    } else cell += c;
  }
  endCell();
  const last = rows[rows.length - 1];
  if (rows.length > 1 && last?.length === 1 && last[0] === "") rows.pop();
  return rows;
}

export class GridForm {
  private readonly body: HTMLTableSectionElement;

  constructor(private readonly form: HTMLFormElement) {
    const body = form.querySelector<HTMLTableSectionElement>("table.cells tbody");
    if (!body) throw new Error("a grid has a table");
    this.body = body;
    for (const note of form.querySelectorAll<HTMLElement>(".keys")) note.hidden = !matchMedia("(pointer: fine)").matches;
    body.addEventListener("paste", (event) => this.onPaste(event));
    form.addEventListener("keydown", (event) => this.onKey(event));
    body.addEventListener("input", (event) => this.clear(event.target));
    form.querySelector<HTMLButtonElement>("[name=_tambah]")?.addEventListener("click", (event) => {
      event.preventDefault();
      const first = this.body.rows.length;
      for (let i = 0; i < 10; ++i) this.addRow();
      this.cell(first, 2)?.focus();
    });
  }

  private cell(row: number, column: number): HTMLInputElement | null {
    return this.body.rows[row]?.querySelectorAll<HTMLInputElement>("input:not([type=hidden])")[column] ?? null;
  }
  private place(target: EventTarget | null): [number, number] | null {
    const row = target instanceof HTMLInputElement ? target.closest("tr") : null;
    if (!row) return null;
    const cells = [...row.querySelectorAll("input:not([type=hidden])")];
    return [row.sectionRowIndex, cells.indexOf(target as HTMLInputElement)];
  }

  /** One more row like the last, empty and with an id of its own; false when there may be no more. */
  private addRow(): boolean {
    const last = this.body.rows[this.body.rows.length - 1];
    const number = this.body.rows.length;
    if (!last || number >= Number(this.form.dataset.rows)) return false;
    const row = last.cloneNode(true) as HTMLTableRowElement;
    for (const message of row.querySelectorAll(".message")) message.remove();
    for (const box of row.querySelectorAll(".wrong")) box.classList.remove("wrong");
    for (const input of row.querySelectorAll("input")) {
      input.name = input.name.replace(/^c\.\d+\./, `c.${number}.`);
      input.value = input.type === "hidden" ? makeId() : "";
      if (input.type === "hidden") continue;
      input.id = `f-${input.name}`;
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
      input.setAttribute("aria-label", (input.getAttribute("aria-label") ?? "").replace(/\d+$/, String(number + 1)));
    }
    const head = row.cells[0]?.firstChild;
    if (head) head.textContent = String(number + 1);
    this.body.append(row);
    return true;
  }

  private onPaste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const at = this.place(event.target);
    if (!at || !/[\t\n\r]/.test(text.trim())) return;
    event.preventDefault();
    const [top, left] = at;
    parsePasted(text).forEach((cells, down) => {
      while (this.body.rows.length <= top + down && this.addRow());
      cells.forEach((value, right) => {
        const cell = this.cell(top + down, left + right);
        if (!cell) return;
        cell.value = value;
        this.clear(cell);
      });
    });
  }

  /** What was wrong before it was typed anew says nothing about it now. */
  private clear(target: EventTarget | null): void {
    if (!(target instanceof HTMLInputElement)) return;
    const box = target.closest("td");
    box?.classList.remove("wrong");
    box?.querySelector(".message")?.remove();
    target.removeAttribute("aria-invalid");
    target.removeAttribute("aria-describedby");
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return this.form.requestSubmit();
    }
    const at = this.place(event.target);
    if (!at || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const down = event.key === "ArrowDown" || event.key === "Enter" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (down === 0) return;
    event.preventDefault();
    const next = this.cell(at[0] + down, at[1]);
    next?.focus();
    next?.select();
  }
}
