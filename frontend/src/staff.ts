// Small enhancements of the staff pages. Every page works without them.
import htmx from "htmx.org";
import { Outbox } from "./outbox";
import { Vault } from "./vault";

htmx.config.includeIndicatorCSS = false;

/** Filters apply when chosen; the button is for those without script. */
function applyFilters(form: HTMLFormElement): void {
  form.querySelector<HTMLButtonElement>(".folded > .btn")?.toggleAttribute("hidden", !form.querySelector("input[type=search]"));
  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement) form.requestSubmit();
  });
}

/** A table that is wider than the page scrolls in its box, which can be reached by keyboard; one that fits keeps its head in view and is no stop. */
function watchScroll(box: HTMLElement): void {
  new ResizeObserver(() => {
    if (matchMedia("print").matches) return;
    const wide = box.scrollWidth > box.clientWidth;
    box.classList.toggle("wide", wide);
    if (wide) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }).observe(box);
}

/** A second press while the first is on its way sends nothing. */
function sendOnce(form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}

/** What was copied is marked, so that a press is seen to have worked. */
async function copyText(button: HTMLButtonElement): Promise<void> {
  const source = document.getElementById(button.dataset.of ?? "");
  if (!source) return;
  await navigator.clipboard.writeText(source.textContent ?? "");
  getSelection()?.selectAllChildren(source);
}

function enhance(root: ParentNode): void {
  root.querySelectorAll<HTMLFormElement>("form.filters").forEach(applyFilters);
  root.querySelectorAll<HTMLFormElement>("form[method=post]").forEach(sendOnce);
  root.querySelectorAll<HTMLElement>(".scroll").forEach(watchScroll);
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-action=print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-action=copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => copyText(button));
  }
  root.querySelector<HTMLElement>(".problems")?.focus();
}

/** What waits on this device is sent from whatever page its person opens. */
async function startOutbox(): Promise<void> {
  const bar = document.querySelector<HTMLElement>("[data-queue]");
  const vault = bar ? await Vault.open() : null;
  if (bar && vault) await new Outbox(bar, vault).start();
}

enhance(document);
void startOutbox();
document.addEventListener("htmx:after:swap", (event) => {
  if (event.target instanceof Element) enhance(event.target);
});
// A page that comes back from the browser's memory may be sent again.
addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => delete form.dataset.sent));
