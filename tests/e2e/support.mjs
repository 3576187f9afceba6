// What every end-to-end test stands on: a real server on data of its own, and a real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Postgres } from '../support/postgres.mjs';
import { kPilar, serve } from '../support/server.mjs';

/** Runs `make(folder)` once for all files of tests with this program on this day; the folder it filled. */
async function madeOnce(what, make) {
  const beside = dirname(kPilar), day = new Date().toISOString().slice(0, 10);
  const name = `e2e-${what}-${Math.round(statSync(kPilar).mtimeMs)}-${day}`;
  const made = join(beside, name);
  if (existsSync(made)) return made;
  const part = mkdtempSync(join(beside, 'part-e2e-'));
  await make(part);
  for (const old of readdirSync(beside)) if (old.startsWith(`e2e-${what}-`) && old !== name) rmSync(join(beside, old), { recursive: true, force: true });
  try {
    renameSync(part, made);
  } catch {
    rmSync(part, { recursive: true, force: true }); // another file of tests was faster
  }
  return made;
}

/** Fills `folder` with the data folder of the demonstration, and with what `pilar demo --small` printed. */
function fill(folder, database = []) {
  const pilar = (...words) => execFileSync(kPilar, [...words, '--data', join(folder, 'data'), ...database], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  pilar('migrate');
  writeFileSync(join(folder, 'said.txt'), pilar('demo', '--small'));
}

/** Where a store of this engine is, with the demonstration in it or empty: {database: words for the command line, said, end()}. */
const kEngines = {
  SQLite: async (folder, empty) => {
    if (empty) return { database: [], said: '', end: () => {} };
    const made = await madeOnce('sqlite', (part) => fill(part));
    cpSync(join(made, 'data'), folder, { recursive: true });
    return { database: [], said: readFileSync(join(made, 'said.txt'), 'utf8'), end: () => {} };
  },
  PostgreSQL: async (folder, empty) => {
    const made = empty ? undefined : await madeOnce('postgresql', async (part) => {
      const postgres = await Postgres.make();
      fill(part, ['--database', postgres.url]);
      await postgres.rest();
      execFileSync('cp', ['-a', postgres.data, join(part, 'cluster')]);
      rmSync(postgres.folder, { recursive: true, force: true });
    });
    const postgres = await Postgres.make({ from: made && join(made, 'cluster') });
    if (made) cpSync(join(made, 'data'), folder, { recursive: true });
    return { database: ['--database', postgres.url], said: made ? readFileSync(join(made, 'said.txt'), 'utf8') : '', end: () => postgres.end() };
  },
};

/** A server on demonstration data, or on none: {url, said: what `pilar demo --small` printed, pilar(...words): another command on the same data, stop()}.
 * `prepare` does something to the data first and returns further words for `pilar serve`. */
async function startPilar(engine, { empty = false, prepare = () => [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pilar-e2e-'));
  const { database, said, end } = await kEngines[engine](folder, empty);
  const pilar = (...words) => execFileSync(kPilar, [...words, '--data', folder, ...database], { encoding: 'utf8' });
  if (empty) pilar('migrate');
  const server = await serve(['--data', folder, ...database, ...prepare({ pilar, folder })], { stderr: 'inherit' });
  const stop = async () => {
    server.process.kill('SIGTERM');
    await server.ended;
    await end();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: server.url, said, pilar, stop };
}

/** Signs in with the password that `pilar demo` printed for this name. */
export async function signIn(page, { url, said }, login) {
  const password = new RegExp(`^\\s*${login}\\s+(\\S+)`, 'm').exec(said)[1];
  await page.goto(`${url}/masuk`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await Promise.all([page.waitForURL('**/beranda'), page.click('main button')]);
}

/** Debian's Chromium, talking to nobody but the server under test. */
const kBrowser = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};
const openBrowser = () => chromium.launch(kBrowser);
const kPlace = (width) => ({ viewport: { width, height: 900 }, locale: 'id-ID', timezoneId: 'Asia/Jakarta' });

/** What must stay empty: script errors and refusals of the content security policy. */
function faultsOf(page) {
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  return faults;
}

/** A page of this width that collects its faults. */
export async function openPage(browser, width = 1280) {
  const context = await browser.newContext(kPlace(width));
  const page = await context.newPage();
  return { page, faults: faultsOf(page), close: () => context.close() };
}

/** A page in a browser of its own, whose profile in `folder` outlives it: closed and opened again it is the same device. */
export async function openDevice(folder, width) {
  const context = await chromium.launchPersistentContext(folder, { ...kBrowser, ...kPlace(width) });
  const page = context.pages()[0] ?? (await context.newPage());
  return { page, context, faults: faultsOf(page), close: () => context.close() };
}

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What axe finds against WCAG 2.2 A and AA on the page as it stands, one line each. */
export async function accessibilityFaults(page) {
  await page.evaluate(kAxe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join('; ')})`);
}

/** What a file's tests stand on, there before the first of them and gone after the last: `pilar`, a server on SQLite; `browser`; with `both`
 * also `ways`, a phone and a desk, each before a server on another engine, for journeys that are walked on both. `ready` runs once all
 * of it is there; the rest of `how` is startPilar's. */
export function stage({ ready = () => {}, both = false, ...how } = {}) {
  const pilar = {}, other = {}, browser = {};
  let chrome;
  before(async () => {
    Object.assign(pilar, await startPilar('SQLite', how));
    if (both) Object.assign(other, await startPilar('PostgreSQL', how));
    chrome = await openBrowser();
    browser.newContext = (options) => chrome.newContext(options);
    await ready();
  });
  after(async () => {
    await chrome?.close();
    await pilar.stop?.();
    await other.stop?.();
  });
  const ways = [{ width: 390, pilar: other, on: 'PostgreSQL' }, { width: 1280, pilar, on: 'SQLite' }];
  return both ? { pilar, browser, ways } : { pilar, browser };
}

/** The page is loaded and its charts are drawn. */
export async function settled(page) {
  await page.waitForLoadState();
  await page.waitForFunction(() => [...document.querySelectorAll('[data-chart]')].every((chart) => chart.querySelector('svg')));
}

/** The page as it stands is accessible, fits its width, shows no figure or word that went wrong, and nothing stands in `faults`, which is emptied. */
export async function looksRight(page, faults, what) {
  await settled(page);
  assert.deepEqual(await accessibilityFaults(page), [], what);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, `${what}: no sideways scroll`);
  const said = await page.evaluate(() => {
    const body = document.body.cloneNode(true);
    for (const code of body.querySelectorAll('pre, script')) code.remove(); // a pattern of the API may say {4}
    return body.textContent;
  });
  assert.doesNotMatch(said, /NaN|undefined|\{\d\}/, what);
  assert.deepEqual(faults.splice(0), [], what);
}

/** Opens the page of the server and says whatever is wrong with it. */
export async function visit(page, faults, { url }, path) {
  const reply = await page.goto(new URL(path, url).href);
  assert.equal(reply.status(), 200, path);
  await looksRight(page, faults, path);
}

/** A photo as a phone names it, for setInputFiles; one of another size is another photo. */
export async function drawnPhoto(page, size = 100) {
  const url = await page.evaluate((side) => {
    const canvas = document.createElement('canvas');
    canvas.width = 320;
    canvas.height = 200;
    const pen = canvas.getContext('2d');
    pen.fillStyle = 'white';
    pen.fillRect(0, 0, 320, 200);
    pen.fillStyle = 'teal';
    pen.fillRect(20, 20, side / 10, 100);
    return canvas.toDataURL('image/jpeg');
  }, size);
  return { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(url.split(',')[1], 'base64') };
}

/** A click that leads to another page, or to the same one anew. */
export const press = (page, selector) => Promise.all([page.waitForNavigation(), page.click(selector)]);

const kPictures = process.env.PICTURES ?? fileURLToPath(new URL('../../build/reports/pictures', import.meta.url));
/** Keeps a picture of the page for people to look at: build/reports/pictures, or the folder PICTURES. */
export async function picture(page, name, whole = true) {
  mkdirSync(kPictures, { recursive: true });
  await page.screenshot({ path: join(kPictures, `${name}.png`), fullPage: whole });
}
