// Gets ready what works without a network: the key, the worker, the form that is open and the page of the queue.
import { keepCurrent, keepPage, keptAddress, keptPages, kQueuePage } from "./keeper";
import { openSession } from "./sender";
import type { Vault } from "./vault";

/** Buttons that get a form ready without opening it. */
async function offerToKeep(account: string): Promise<void> {
  const buttons = document.querySelectorAll<HTMLButtonElement>("[data-keep]");
  const kept = buttons.length > 0 ? await keptPages(account) : [];
  for (const button of buttons) {
    const addresses = [button.dataset.keep ?? "", button.dataset.keepToo ?? "", kQueuePage].filter(Boolean);
    const show = (): void => {
      button.textContent = button.dataset.kept ?? "";
      button.disabled = true;
    };
    button.hidden = false;
    if (addresses.every((address) => kept.some((page) => page.address === address))) show();
    button.addEventListener("click", async () => {
      for (const address of addresses) if (!(await keepPage(account, address))) return void (button.textContent = button.dataset.failed ?? "");
      show();
    });
  }
}

export async function prepare(vault: Vault): Promise<void> {
  const account = document.querySelector<HTMLElement>("[data-queue]")?.dataset.queue;
  if (!account || !("serviceWorker" in navigator)) return;
  await offerToKeep(account);
  if (!navigator.onLine) return;
  if (!(await vault.hasKey(account))) {
    const session = await openSession();
    if (session.kind !== "open" || session.account !== account) return;
    await vault.takeKey(account, session.key);
  }
  await navigator.serviceWorker.register("/pekerja.js").catch(() => null);
  const form = document.querySelector("form.entry-form[data-draft], form.tally-form");
  const place = form?.querySelector<HTMLInputElement>("[name=_tempat]")?.value ?? "";
  const own = form ? keptAddress(new URL(`${location.pathname}?tempat=${encodeURIComponent(place)}`, location.href)) : null;
  await keepCurrent(account, own ? [own, kQueuePage] : []);
}
