// The scripts of the pages, loaded as they are for tests.
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const kFrontend = fileURLToPath(new URL('../../frontend/', import.meta.url));
const { build } = createRequire(join(kFrontend, 'package.json'))('esbuild');

/** The module frontend/src/NAME.ts with what it imports. */
export async function load(name) {
  const folder = mkdtempSync(join(tmpdir(), 'pilar-frontend-'));
  const outfile = join(folder, `${name}.mjs`);
  await build({ absWorkingDir: kFrontend, entryPoints: [`src/${name}.ts`], outfile, bundle: true, format: 'esm', target: 'es2022', logLevel: 'warning' });
  const module = await import(pathToFileURL(outfile));
  rmSync(folder, { recursive: true });
  return module;
}

/** A value as tests/data/expression_cases.json writes it, for the evaluator and back. */
export function reader({ parseDecimal, textOf }) {
  return {
    read: (written) => (written === null || Array.isArray(written) ? written : written.n !== undefined ? parseDecimal(written.n) : written.d !== undefined ? { day: written.d } : written.s ?? written.b),
    write: (value) => {
      if (value === null || Array.isArray(value)) return value;
      if (typeof value === 'string') return { s: value };
      if (typeof value === 'boolean') return { b: value };
      return 'day' in value ? { d: value.day } : { n: textOf(value) };
    },
  };
}

/** The cases whose value differs: [{source, expected, got}]. */
export function differences(expression, corpus) {
  const { read, write } = reader(expression);
  const values = corpus.symbols.map(({ value }) => read(value));
  return corpus.cases
    .map(({ source, tree, value }) => ({ source, expected: value, got: write(expression.evaluate(tree, values, corpus.today)) }))
    .filter(({ expected, got }) => JSON.stringify(expected) !== JSON.stringify(got));
}
