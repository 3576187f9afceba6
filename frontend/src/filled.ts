// What stands in a form, taken out and put back.

const kUnsent = new Set(["csrf", "_turn", "_lagi", "_hasil", "_n", "_ya"]);

/** Its fields as they are sent, without files and without what belongs to the session or the page. */
export function fieldsOf(form: HTMLFormElement): URLSearchParams {
  const out = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && !kUnsent.has(name)) out.append(name, value);
  return out;
}

/** Puts fields back as they were typed; the session's mark, the place and the version stay the page's own. */
export function fill(form: HTMLFormElement, fields: URLSearchParams): void {
  for (const control of form.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>("input, select, textarea")) {
    const { name, type } = control;
    if (!name || ["csrf", "_turn", "_tempat", "_versi"].includes(name) || type === "file") continue;
    const values = fields.getAll(name);
    if (type === "radio" || type === "checkbox") (control as HTMLInputElement).checked = values.includes(control.value);
    else if (values.length > 0) control.value = values.find((value) => !value.startsWith("_not_")) ?? "";
    else if (type !== "hidden") control.value = "";
  }
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    const hash = fields.get(input.name);
    if (!hash || form.querySelector(`input[type=hidden][name="${input.name}"]`)) continue;
    const kept = document.createElement("input"); // a photo that the server has already
    Object.assign(kept, { type: "hidden", name: input.name, value: hash });
    input.before(kept);
  }
}

/** Where, as people tell forms of one kind apart: the place, the unit that is chosen, and what else is said. */
export function whereOf(form: HTMLFormElement, ...more: string[]): string {
  const unit = form.querySelector<HTMLSelectElement>("select[name=_unit]");
  const chosen = unit?.value ? unit.selectedOptions[0]?.text.trim() : "";
  return [form.dataset.where, chosen, ...more].filter(Boolean).join(" · ");
}

/** "2026-11-21T08:15" in the zone so many hours east of Greenwich. */
export const localMinute = (now: number, zone: number): string => new Date(now + zone * 3_600_000).toISOString().slice(0, 16);

/** Puts the form back as it was drawn, for the next record under a number and at a time of its own. */
export function renew(form: HTMLFormElement, id: string, at: string): void {
  const unit = form.querySelector<HTMLSelectElement>("[name=_unit]")?.value ?? "";
  form.reset();
  for (const [name, value] of [["_id", id], ["_unit", unit], ["_waktu", at], ["_turn", "0"]] as const) {
    const control = form.querySelector<HTMLInputElement>(`[name=${name}]`);
    if (control) control.value = value;
  }
  for (const message of form.querySelectorAll(".message")) message.remove();
  for (const wrong of form.querySelectorAll(".wrong")) wrong.classList.remove("wrong");
}
