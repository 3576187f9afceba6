// What every end-to-end test stands on: a real server on data of its own, and a real browser.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const kProgram = process.env.PILAR ?? fileURLToPath(new URL('../../build/release/pilar', import.meta.url));
const kStartSeconds = 30;

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** A server on demonstration data, or on none: {url, said: what `pilar demo` printed, pilar(...words): another command on the same data, stop()}. */
export async function startPilar({ empty = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pilar-e2e-'));
  const pilar = (...words) => execFileSync(kProgram, [...words, '--data', folder], { encoding: 'utf8' });
  pilar('migrate');
  const said = empty ? '' : pilar('demo');
  const url = `http://127.0.0.1:${await freePort()}`;
  const server = spawn(kProgram, ['serve', '--data', folder, '--port', new URL(url).port], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((resolve) => server.on('exit', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (const began = Date.now(); ; await sleep(50)) {
    if (await fetch(url).then(() => true, () => false)) return { url, said, pilar, stop };
    if (server.exitCode !== null || Date.now() - began > kStartSeconds * 1000) {
      await stop();
      throw new Error(`${kProgram} serve did not answer at ${url}`);
    }
  }
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
export const openBrowser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });

/** A page of this width that collects what must stay empty: script errors and refusals of the content security policy. */
export async function openPage(browser, width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'id-ID', timezoneId: 'Asia/Jakarta' });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  return { page, faults, close: () => context.close() };
}

const kAxe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What axe finds against WCAG 2.2 A and AA on the page as it stands, one line each. */
export async function accessibilityFaults(page) {
  await page.evaluate(kAxe);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join('; ')})`);
}
