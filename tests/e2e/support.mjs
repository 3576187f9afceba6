// What every end-to-end test stands on: a real server on data of its own, and a real browser.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { copyDemonstration } from '../support/demonstration.mjs';
import { Postgres } from '../support/postgres.mjs';
import { kPilar, serve } from '../support/server.mjs';

/** Where a store of this engine is, with the demonstration in it or empty: {database: words for the command line, said, end()}. */
const kEngines = {
  SQLite: async (folder, empty) => ({ database: [], said: empty ? '' : (await copyDemonstration('SQLite', folder)).said, end: () => {} }),
  PostgreSQL: async (folder, empty) => {
    const { said, cluster } = empty ? { said: '' } : await copyDemonstration('PostgreSQL', folder);
    const postgres = await Postgres.make({ from: cluster });
    return { database: ['--database', postgres.url], said, end: () => postgres.end() };
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

const passwordOf = ({ said }, login) => new RegExp(`^\\s*${login}\\s+(\\S+)`, 'm').exec(said)[1];

/** Signs in with the password that `pilar demo` printed for this name, and is at home. */
export async function signIn(page, pilar, login) {
  await page.goto(`${pilar.url}/masuk`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', passwordOf(pilar, login));
  await Promise.all([page.waitForURL('**/beranda'), page.click('main button')]);
}

/** The same without looking at a page. */
export async function enter(page, pilar, login) {
  const reply = await page.request.post(`${pilar.url}/masuk`, { form: { login, password: passwordOf(pilar, login) }, maxRedirects: 0 });
  assert.equal(reply.status(), 303, `${login} signs in`);
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
/** What axe finds against WCAG 2.2 A and AA on the page as it stands, one line each. From its top: further down a table's head that stays in
 * view covers half of some link, wherever one stops. */
export async function accessibilityFaults(page) {
  await page.evaluate(() => scrollTo(0, 0));
  await page.evaluate(kAxe);
  // Only what is wrong comes back: the list of all that is right is many times the page.
  return page.evaluate(async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations } = await globalThis.axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join('; ')})`);
  });
}

/** What a file's tests stand on, there before the first of them and gone after the last: `pilar`, a server on SQLite; `browser`; `ways`, a phone
 * and a desk before that server, or with `both`, for journeys that are walked on both engines, the phone before one on PostgreSQL. `ready` runs
 * once all of it is there; the rest of `how` is startPilar's. */
export function stage({ ready = () => {}, both = false, ...how } = {}) {
  const pilar = {}, other = {}, browser = {};
  let chrome;
  before(async () => {
    const begin = async (engine, at) => Object.assign(at, await startPilar(engine, how));
    const opened = openBrowser().then((it) => { chrome = it; });
    await Promise.all([begin('SQLite', pilar), both && begin('PostgreSQL', other), opened]);
    browser.newContext = (options) => chrome.newContext(options);
    await ready();
  });
  after(async () => {
    await chrome?.close();
    await pilar.stop?.();
    await other.stop?.();
  });
  const phone = both ? { pilar: other, on: 'PostgreSQL' } : { pilar, on: 'SQLite' };
  return { pilar, browser, ways: [{ width: 390, ...phone }, { width: 1280, pilar, on: 'SQLite' }] };
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

const kPatience = 30_000;
/** Until the page says yes. Predicates that must wait themselves come here: page.waitForFunction takes their promise for a yes. */
export async function until(page, predicate, given) {
  for (const end = Date.now() + kPatience; !(await page.evaluate(predicate, given)); await new Promise((resolve) => setTimeout(resolve, 50)))
    assert.ok(Date.now() < end, `in ${kPatience} ms never: ${predicate}`);
}

/** Keeps a picture of the page for people to look at, where the folder PICTURES says so. */
export async function picture(page, name, whole = true) {
  const folder = process.env.PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: whole });
}
