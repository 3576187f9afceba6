// The description of the API, judged by two validators that know nothing of Pilar.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { call, startApi } from './support.mjs';

let api;
before(async () => { api = await startApi(); });
after(() => api.stop());

const kRedocly = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js');

for (const language of ['id', 'en']) {
  test(`@seriousme/openapi-schema-validator accepts the document (${language})`, async () => {
    const document = (await call(api.url, 'GET', `/api/v1/openapi.json?bahasa=${language}`)).json();
    const found = await new Validator().validate(structuredClone(document));
    assert.ok(found.valid, JSON.stringify(found.errors, null, 1));
    const broken = structuredClone(document);
    delete broken.info.title;
    assert.equal((await new Validator().validate(broken)).valid, false);
  });

  test(`redocly lint accepts the document (${language})`, async () => {
    const file = join(api.folder, `openapi-${language}.json`);
    writeFileSync(file, (await call(api.url, 'GET', `/api/v1/openapi.json?bahasa=${language}`)).text);
    const said = execFileSync(process.execPath, [kRedocly, 'lint', '--format=json', '--extends=recommended', file], {
      encoding: 'utf8', cwd: api.folder, maxBuffer: 1 << 28,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: '1' },
    });
    const { totals, problems } = JSON.parse(said);
    // A schema may require one of several sets of its own members, and the lines of NDJSON have their schema beside the media type.
    const known = ({ ruleId, message }) => ruleId === 'operation-4xx-response' || ruleId === 'no-required-schema-properties-undefined' ||
      (ruleId === 'no-unused-components' && message.includes('"SavedLine"'));
    const serious = problems.filter((problem) => !known(problem));
    assert.equal(totals.errors, 0, said);
    assert.deepEqual(serious.map(({ ruleId, message, location }) => `${ruleId}: ${message} ${location?.[0]?.pointer}`), []);
  });
}

test('the page for people names every route of the document', async () => {
  const document = (await call(api.url, 'GET', '/api/v1/openapi.json')).json();
  for (const language of ['id', 'en']) {
    const page = (await call(api.url, 'GET', `/api?bahasa=${language}`)).text;
    for (const [path, item] of Object.entries(document.paths))
      for (const method of Object.keys(item)) assert.ok(page.includes(`${method.toUpperCase()} ${path}`), `${method} ${path}`);
  }
});
