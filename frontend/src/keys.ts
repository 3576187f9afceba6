// Forms by keyboard alone: from question to question, and digits that choose among tiles.

/** Controls that take the keyboard, one a question: the chosen tile of several, else the first. */
export function focusables(form: HTMLFormElement): HTMLElement[] {
  const stops: HTMLElement[] = [];
  for (const box of form.querySelectorAll<HTMLElement>(".field, .question")) {
    if (box.closest("[hidden]") || (box.matches(".question") && box.querySelector(".field"))) continue;
    const controls = [...box.querySelectorAll<HTMLInputElement>("input:not([type=hidden]), select, textarea")].filter((one) => !one.disabled);
    const stop = controls.find((one) => one.type === "radio" && one.checked) ?? controls[0];
    if (stop) stops.push(stop);
  }
  const save = form.querySelector<HTMLElement>(".btn-primary");
  return save ? [...stops, save] : stops;
}

export function goOn(form: HTMLFormElement, from: Element): void {
  const next = focusables(form).find((stop) => !from.closest(".field, .question")?.contains(stop) && (from.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  next?.focus();
  if (next instanceof HTMLInputElement && ["text", "search"].includes(next.type)) next.select();
}

/** A digit chooses among the tiles that have the keyboard. */
export function pressDigit(form: HTMLFormElement, event: KeyboardEvent): void {
  const target = event.target;
  if (!/^\d$/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!(target instanceof HTMLInputElement) || !["radio", "checkbox"].includes(target.type)) return;
  const tile = form.querySelector<HTMLInputElement>(`[name="${target.name}"][data-press="${event.key}"]`);
  if (!tile) return;
  event.preventDefault();
  tile.focus();
  tile.click();
}

/** Shows on each tile the digit that chooses it, where there is a keyboard. */
export function markDigits(form: HTMLFormElement): void {
  if (!matchMedia("(pointer: fine)").matches) return;
  for (const tile of form.querySelectorAll<HTMLInputElement>("[data-press]")) {
    const mark = document.createElement("kbd");
    mark.textContent = tile.dataset.press ?? "";
    mark.setAttribute("aria-hidden", "true");
    tile.nextElementSibling?.append(mark);
  }
}
