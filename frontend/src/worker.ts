// The service worker: where there is no network it answers with pages that were kept (keeper.ts). It stores nothing itself and touches no
// other page; signing out passes through it, and takes the pages and the keys along.
import { findKept, forgetPages, keptAddress, kQueuePage, leadsToQueue } from "./keeper";
import { Vault } from "./vault";

interface Later extends Event {
  waitUntil(done: Promise<unknown>): void;
}
interface Asked extends Later {
  request: Request;
  respondWith(reply: Promise<Response>): void;
}
const worker = globalThis as unknown as {
  location: Location;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: "install" | "activate", listen: (event: Later) => void): void;
  addEventListener(type: "fetch", listen: (event: Asked) => void): void;
};
const kPatience = 6000; // ms until a kept page is shown instead of one that does not come

async function forget(): Promise<void> {
  await forgetPages();
  await (await Vault.open())?.forgetKeys();
}

/** The page from the server; where it does not come, the one that was kept, else the queue. */
async function pageFor(request: Request): Promise<Response> {
  const address = keptAddress(new URL(request.url));
  const kept = address ? await findKept(address) : undefined;
  const live = fetch(request).catch(async (fault: unknown) => {
    const instead = kept ?? (await findKept(kQueuePage));
    if (instead) return instead;
    throw fault;
  });
  if (!kept) return live;
  return Promise.race([live, new Promise<Response>((resolve) => setTimeout(() => resolve(kept), kPatience))]);
}

worker.addEventListener("install", (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (request.method === "POST" && url.pathname === "/keluar") return event.waitUntil(forget());
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && leadsToQueue(url.pathname)) return event.respondWith(pageFor(request));
  if (url.pathname.startsWith("/assets/")) event.respondWith(findKept(url.pathname).then((kept) => kept ?? fetch(request)));
});
