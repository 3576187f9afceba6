// Builds dist/: styles, scripts and the font, minified, named by their content, each text also as .gz.
// Only those rules of Tabler are kept whose class names the pages or scripts use.
import { build } from 'esbuild';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { purge } from './purge.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, 'dist');

/// Every word inside a string literal of the pages and scripts: a superset of the class names in use.
async function wordsInUse() {
  const words = new Set();
  for (const folder of ['../src/web', 'src']) {
    const full = path.join(here, folder);
    for (const name of await readdir(full)) {
      const text = await readFile(path.join(full, name), 'utf8');
      for (const [, double, single] of text.matchAll(/"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/g))
        for (const word of (double ?? single).split(/[^A-Za-z0-9_-]+/)) words.add(word);
    }
  }
  return words;
}

const tabler = {
  name: 'tabler',
  setup(build) {
    build.onResolve({ filter: /^tabler$/ }, () => ({ path: 'tabler', namespace: 'tabler' }));
    build.onLoad({ filter: /.*/, namespace: 'tabler' }, async () => {
      const css = await readFile(path.join(here, 'node_modules/@tabler/core/dist/css/tabler.min.css'), 'utf8');
      return { contents: purge(css, await wordsInUse()), loader: 'css' };
    });
  },
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: ['styles/staff.css', 'styles/public.css', 'src/staff.ts', 'src/chart.ts', 'src/entry.ts', 'src/worker.ts', 'styles/icon.svg'],
  outdir: 'dist',
  entryNames: '[name].[hash]',
  assetNames: '[name].[hash]',
  bundle: true,
  minify: true,
  legalComments: 'none',
  target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
  format: 'iife',
  loader: { '.woff2': 'file', '.svg': 'copy' },
  plugins: [tabler],
  logLevel: 'warning',
});

let scripts = 0;
for (const name of (await readdir(dist)).sort()) {
  const file = path.join(dist, name);
  const bytes = await readFile(file);
  if (!/\.(css|js|svg)$/.test(name)) continue;
  const packed = gzipSync(bytes, { level: 9 });
  await writeFile(`${file}.gz`, packed);
  if (name.endsWith('.js')) scripts += packed.length;
  console.log(`${name}  ${bytes.length} B, ${packed.length} B compressed`);
}
const limit = 250_000;
if (scripts > limit) throw new Error(`scripts are ${scripts} B compressed, over ${limit}`);
