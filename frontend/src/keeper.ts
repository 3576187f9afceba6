// Pages that open without a network, with the scripts, styles and pictures they need: one cache for each account that used this device.
// Pages put themselves there while there is a network; the service worker only takes them out (worker.ts).

const kPrefix = "pilar-isian-";
export const cacheName = (account: string): string => kPrefix + account;
export const kQueuePage = "/antrean";
const kFreshFor = 12 * 3_600_000; // ms

/** The address under which a page is kept: of a form, its instrument and place alone; null for what is not kept, as a draft of the server. */
export function keptAddress(url: URL): string | null {
  const path = url.pathname.replace(/\/$/, "");
  if (path === kQueuePage) return kQueuePage;
  const place = url.searchParams.get("tempat");
  if (!/^\/isi\/[^/]+(\/hitung)?$/.test(path) || url.searchParams.has("draf")) return null;
  return path + (place ? `?tempat=${encodeURIComponent(place)}` : "");
}
/** Pages instead of which the queue is shown where there is no network. */
export const leadsToQueue = (path: string): boolean => path === "/" || path === "/beranda" || path === kQueuePage || path === "/isi" || path.startsWith("/isi/");

/** Addresses of our own files in a page or a style. */
export function assetsIn(text: string): string[] {
  const inPage = [...text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, address]) => address ?? "");
  const inStyle = [...text.matchAll(/url\("?\.\/([^")]+)"?\)/g)].map(([, name]) => `/assets/${name ?? ""}`);
  return [...new Set([...inPage, ...inStyle])];
}

/** A page drawn for nobody's answers yet: forms mark themselves so, and then know that their number and time are old. */
export const asKept = (page: string): string => page.replace(" data-fresh", " data-fresh data-old");

const isAsset = (request: Request): boolean => new URL(request.url).pathname.startsWith("/assets/");

async function keepAsset(cache: Cache, address: string): Promise<void> {
  if (await cache.match(address)) return;
  const reply = await fetch(address);
  if (!reply.ok) throw new Error(address);
  if (address.endsWith(".css")) for (const inner of assetsIn(await reply.clone().text())) await keepAsset(cache, inner);
  await cache.put(address, reply);
}

async function sweep(cache: Cache): Promise<void> {
  const wanted = new Set<string>();
  const requests = await cache.keys();
  for (const request of requests) {
    const text = isAsset(request) && !request.url.endsWith(".css") ? "" : await (await cache.match(request))?.text();
    for (const address of assetsIn(text ?? "")) wanted.add(address);
  }
  for (const request of requests) if (isAsset(request) && !wanted.has(new URL(request.url).pathname)) await cache.delete(request);
}

/** Keeps the page behind the address as it is now; false where it cannot be had: no network, an ended session, somebody else's. */
export async function keepPage(account: string, address: string): Promise<boolean> {
  if (!("caches" in globalThis)) return false;
  try {
    const reply = await fetch(address, { cache: "no-store" });
    const page = await reply.text();
    if (!reply.ok || reply.redirected || !page.includes(`data-queue="${account}"`)) return false;
    const cache = await caches.open(cacheName(account));
    for (const asset of assetsIn(page)) await keepAsset(cache, asset);
    await cache.put(address, new Response(asKept(page), { headers: reply.headers }));
    await sweep(cache);
    return true;
  } catch {
    return false;
  }
}

export interface KeptPage {
  address: string;
  title: string;
  text: string;
  at: number; // when the server drew it, ms since 1970
}
/** The pages that this account can open without a network. */
export async function keptPages(account: string): Promise<KeptPage[]> {
  if (!("caches" in globalThis)) return [];
  const cache = await caches.open(cacheName(account));
  const pages = [];
  for (const request of await cache.keys()) {
    if (isAsset(request)) continue;
    const reply = await cache.match(request);
    const text = (await reply?.text()) ?? "";
    const { pathname, search } = new URL(request.url);
    const drawn = new DOMParser().parseFromString(text, "text/html");
    const title = [drawn.querySelector("h1")?.textContent, drawn.querySelector(".place")?.textContent].filter(Boolean).join(" · ");
    pages.push({ address: pathname + search, title, text, at: Date.parse(reply?.headers.get("date") ?? "") || 0 });
  }
  return pages;
}

/** Is it of another build of the program than the page that asks, or so old that units or the instrument may have changed? */
export const isStale = ({ text, at }: Pick<KeptPage, "text" | "at">, script: string, now: number): boolean => !text.includes(script) || now - at > kFreshFor;

/** Stale pages are kept anew, and wanted ones that were not kept yet. */
export async function keepCurrent(account: string, wanted: string[]): Promise<void> {
  const script = document.querySelector<HTMLScriptElement>('script[src*="/entry."]')?.getAttribute("src") ?? "";
  const kept = await keptPages(account);
  for (const page of kept) if (isStale(page, script, Date.now())) await keepPage(account, page.address);
  for (const address of wanted) if (!kept.some((page) => page.address === address)) await keepPage(account, address);
}

/** Removes every account's pages but this one's. */
export async function forgetPages(but = ""): Promise<void> {
  if (!("caches" in globalThis)) return;
  for (const name of await caches.keys()) if (name.startsWith(kPrefix) && name !== cacheName(but)) await caches.delete(name);
}

/** What is kept under the address; of a form without a named place, the one of any place. */
export async function findKept(address: string): Promise<Response | undefined> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(kPrefix)) continue;
    const cache = await caches.open(name);
    const found = (await cache.match(address)) ?? (address.includes("?") ? undefined : await cache.match(address, { ignoreSearch: true }));
    if (found) return found;
  }
  return undefined;
}
