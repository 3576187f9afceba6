import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
const [file, width, from, height, out] = process.argv.slice(2);
const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const p = await b.newPage({ viewport: { width: Number(width), height: Number(height) } });
await p.setContent(`<body style="margin:0;overflow:hidden"><img style="position:absolute;top:-${from}px" src="data:image/png;base64,${readFileSync(file).toString('base64')}">`);
await p.waitForTimeout(300);
await p.screenshot({ path: out });
await b.close();
