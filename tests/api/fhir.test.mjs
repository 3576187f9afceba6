// FHIR R4 in and out, judged by two validators that know nothing of Pilar and of each other: npm `fhir` and the official JSON schema.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { call, kFacility, newId, startApi } from './support.mjs';

const require = createRequire(import.meta.url);
const { Fhir, Versions } = require('fhir');
const { ParseConformance } = require('fhir/parseConformance');
const SchemaValidator = require('@asymmetrik/fhir-json-schema-validator');

let api;
const fhir = new Fhir(new ParseConformance(true, Versions.R4));
const schema = new SchemaValidator();
before(async () => { api = await startApi(); });
after(() => api.stop());

/** What either validator has against the resource. */
function faults(resource) {
  const told = fhir.validate(structuredClone(resource), { errorOnUnexpected: true });
  return [...told.messages.filter(({ severity }) => severity === 'error' || severity === 'fatal').map(({ location, message }) => `fhir ${location}: ${message}`),
    ...schema.validate(resource).map((error) => `schema ${error.dataPath ?? error.instancePath}: ${error.message}`)];
}
const lead = () => api.token('ketua_tim_mutu');
const get = async (path) => (await call(api.url, 'GET', `/api/v1/fhir/${path}`, { token: lead() })).json();

test('the validators find planted errors', async () => {
  const resource = await get('Questionnaire/kessan');
  assert.ok(faults({ ...resource, status: undefined }).length > 0 || faults({ ...resource, status: 7 }).length > 0);
  assert.ok(faults({ ...resource, nonsense: 1 }).length > 0);
});

test('every instrument is a valid Questionnaire, and comes back as a pack', async () => {
  const bundle = await get('Questionnaire');
  assert.deepEqual(faults(bundle), []);
  assert.ok(bundle.entry.length >= 3);
  for (const { resource } of bundle.entry) {
    assert.deepEqual(faults(resource), [], resource.id);
    assert.deepEqual(await get(`Questionnaire/${resource.id}`), resource);
    const file = join(api.folder, `${resource.id}.json`);
    writeFileSync(file, JSON.stringify(resource));
    const pack = execFileSync(process.env.PILAR ?? new URL('../../build/release/pilar', import.meta.url).pathname, ['pack', 'import', file], { encoding: 'utf8' });
    assert.match(pack, new RegExp(`^"instrument": "${resource.id}"$`, 'm'));
  }
});

test('a record goes in and out as a valid QuestionnaireResponse', async () => {
  const id = newId();
  const resource = {
    resourceType: 'QuestionnaireResponse', identifier: { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` },
    questionnaire: 'urn:pilar:instrument:kunjungan-bulanan|1', status: 'completed', authored: '2026-01-31T14:00:00+07:00',
    subject: { identifier: { system: 'urn:pilar:place', value: kFacility } },
    item: [{ linkId: 'rawat_jalan', answer: [{ valueInteger: 12 }] }, { linkId: 'rawat_inap', answer: [{ valueDecimal: 3 }] }],
  };
  const send = (body) => call(api.url, 'POST', '/api/v1/fhir/QuestionnaireResponse', { token: lead(), body, type: 'application/fhir+json' });
  assert.equal((await send(resource)).status, 201);
  assert.equal((await send(resource)).status, 200);
  const back = await get(`QuestionnaireResponse/${id}?facility=${kFacility}`);
  assert.deepEqual(faults(back), []);
  assert.deepEqual(back.item[0].item.map(({ linkId, answer }) => [linkId, answer[0].valueDecimal]),
    [['rawat_jalan', 12], ['rawat_inap', 3], ['kunjungan', 15]]);
  assert.equal((await send(back)).status, 200, 'what was read can be sent again');
  const wrong = await send({ ...resource, item: [{ linkId: 'nothing', answer: [{ valueString: 'x' }] }] });
  assert.equal(wrong.status, 422);
  assert.equal(wrong.json().errors[0].field, 'item nothing');
});

test('pilar export --format fhir writes a valid response a line, with every kind of empty', async () => {
  const file = join(api.folder, 'out.ndjson');
  api.pilar('export', '--instrument', 'kessan', '--place', kFacility, '--from', '2025-01', '--to', '2027-12', '--format', 'fhir', '--to-file', file);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  assert.ok(lines.length > 50);
  for (const line of lines.slice(0, 40)) assert.deepEqual(faults(JSON.parse(line)), []);
  assert.ok(lines.some((line) => line.includes('data-absent-reason')));
});
