// The commands of docs/api.md, run as they stand there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { startApi } from './support.mjs';

const kGuide = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
let api;
before(async () => { api = await startApi(); });
after(() => api.stop());

test('every command of the guide works', () => {
  const blocks = [...kGuide.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text]) => text);
  assert.ok(blocks.length >= 10);
  const env = { ...process.env, PILAR: api.url, TOKEN: api.token('ketua_tim_mutu') };
  for (const block of blocks) {
    if (block.startsWith('pilar ')) continue;  // what made the token above
    const said = execFileSync('bash', ['-euo', 'pipefail', '-c', block], { env, encoding: 'utf8' });
    assert.ok(said.trim().length > 0, block);
    if (block.includes('rawat_jalan": -1')) assert.match(said, /answers\.rawat_jalan/);
    if (block.includes('/api/v1/changes')) assert.ok(JSON.parse(said).changes.length > 0 && JSON.parse(said).cursor);
  }
});
