import { readFileSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
const [url, saidFile, out, login, ...paths] = process.argv.slice(2);
const said = readFileSync(saidFile, 'utf8');
const password = new RegExp(`^\\s*${login}\\s+(\\S+)`, 'm').exec(said)[1];
mkdirSync(out, { recursive: true });
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
for (const width of [1280, 390]) {
  const c = await b.newContext({ viewport: { width, height: 900 }, locale: 'id-ID', timezoneId: 'Asia/Jakarta' });
  const p = await c.newPage();
  await p.request.post(`${url}/masuk`, { form: { login, password }, maxRedirects: 0 });
  for (const path of paths) {
    const r = await p.goto(url + path);
    const w = await p.evaluate(() => document.documentElement.scrollWidth);
    const name = path.replace(/[^a-z0-9]+/gi, '_').slice(0, 60);
    await p.screenshot({ path: `${out}/${name}_${width}.png`, fullPage: true });
    console.log(r.status(), width, w, path);
  }
  await c.close();
}
await b.close();
