// A month's indicators as DHIS2 and FHIR take them, judged by validators that know nothing of Pilar: ajv with a schema from the DHIS2 manual,
// npm `fhir` and the official JSON schema of R4; and by what IHE mADX 3.0.0 asks beyond R4. Planted errors are found.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { addCodedIndicator, call, kFacility, monthsAgo, newId, startApi } from './support.mjs';

const require = createRequire(import.meta.url);
const { Fhir, Versions } = require('fhir');
const { ParseConformance } = require('fhir/parseConformance');
const SchemaValidator = require('@asymmetrik/fhir-json-schema-validator');

let api;
const fhir = new Fhir(new ParseConformance(true, Versions.R4));
const schema = new SchemaValidator();
const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
addFormats(ajv);
const isDhis2 = ajv.compile(JSON.parse(readFileSync(new URL('dhis2.schema.json', import.meta.url), 'utf8')));
before(async () => { api = await startApi(); });
after(() => api.stop());

const lead = () => api.token('ketua_tim_mutu');
const branch = () => api.token('petugas_cabang_bpjs', 'cabang-contoh');
async function get(path, token = lead()) {
  const reply = await call(api.url, 'GET', `/api/v1/${path}`, { token });
  assert.equal(reply.status, 200, reply.text.slice(0, 400));
  return reply.json();
}

/** What either validator of FHIR has against the resource. */
function faults(resource) {
  const told = fhir.validate(structuredClone(resource), { errorOnUnexpected: true });
  return [...told.messages.filter(({ severity }) => severity === 'error' || severity === 'fatal').map(({ location, message }) => `fhir ${location}: ${message}`),
    ...schema.validate(resource).map((error) => `schema ${error.dataPath ?? error.instancePath}: ${error.message}`)];
}

/** What the profile mADX-MeasureReport or mADX-Measure asks for and the resource lacks. */
function madxFaults(resource) {
  const bad = [];
  const need = (path, found) => { if (found === undefined || found.length === 0) bad.push(path); };
  const coded = (path, thing) => need(path, thing?.coding?.[0]?.code);
  if (!resource.meta?.profile?.includes(`https://profiles.ihe.net/QRPH/mADX/StructureDefinition/mADX-${resource.resourceType}`)) bad.push('meta.profile');
  coded('improvementNotation', resource.improvementNotation);
  need('group', resource.group);
  if (resource.resourceType === 'MeasureReport') {
    need('subject', resource.subject?.identifier?.value);
  } else {
    for (const name of ['url', 'version', 'name', 'status', 'publisher', 'description']) need(name, resource[name]);
    if (typeof resource.experimental !== 'boolean') bad.push('experimental');
    coded('subjectCodeableConcept', resource.subjectCodeableConcept);
  }
  for (const group of resource.group ?? []) {
    coded('group.code', group.code);
    need('group.population', group.population);
    if (resource.resourceType === 'Measure') need('group.description', group.description);
    for (const one of group.population ?? []) {
      coded('group.population.code', one.code);
      if (resource.resourceType === 'MeasureReport' && one.count === undefined && !one._count?.extension) bad.push('group.population.count');
    }
  }
  return bad;
}
const changed = (resource, change) => {
  const copy = structuredClone(resource);
  change(copy);
  return copy;
};

test('every indicator is a valid Measure, also after mADX', async () => {
  const bundle = await get('fhir/Measure');
  assert.ok(bundle.total > 20);
  for (const { resource } of bundle.entry) {
    assert.deepEqual(faults(resource), [], resource.id);
    assert.deepEqual(madxFaults(resource), [], resource.id);
  }
  assert.deepEqual(faults({ ...bundle, entry: bundle.entry.slice(0, 2) }), []);
  const [{ resource }] = bundle.entry;
  assert.deepEqual(await get(`fhir/Measure/${resource.url.split(':').at(-1)}`), resource);
  const kinds = new Set(bundle.entry.map((one) => one.resource.scoring.coding[0].code));
  assert.ok(kinds.has('proportion') && kinds.has('ratio') && kinds.has('continuous-variable'), [...kinds].join());
});

test('planted errors in a Measure are found', async () => {
  const measure = await get('fhir/Measure/inm-kebersihan-tangan');
  assert.deepEqual(faults(measure), []);
  const planted = [(one) => { one.status = 7; }, (one) => { one.nonsense = 1; }, (one) => { one.group[0].population[0].criteria.language = 'text/pilar'; },
    (one) => { one.effectivePeriod = { start: 'kemarin' }; }];
  for (const change of planted) assert.ok(faults(changed(measure, change)).length > 0, String(change));
  for (const change of [(one) => { delete one.publisher; }, (one) => { delete one.group[0].code; }, (one) => { delete one.improvementNotation; }])
    assert.ok(madxFaults(changed(measure, change)).length > 0, String(change));
});

test('a month of a facility and of an office is a valid bundle of MeasureReports with their Measures', async () => {
  const month = monthsAgo(1);
  for (const [place, token] of [[kFacility, lead()], ['cabang-contoh', branch()]]) {
    const bundle = await get(`fhir/MeasureReport?place=${place}&month=${month}`, token);
    assert.equal(bundle.type, 'searchset');
    const reports = bundle.entry.filter(({ search }) => search.mode === 'match').map(({ resource }) => resource);
    const measures = new Set(bundle.entry.filter(({ search }) => search.mode === 'include').map(({ resource }) => `${resource.url}|${resource.version}`));
    assert.equal(reports.length, bundle.total);
    assert.ok(reports.length > 5);
    assert.equal(new Set(reports.map(({ id }) => id)).size, reports.length);
    for (const report of reports.slice(0, 40)) {
      assert.deepEqual(faults(report), [], report.id);
      assert.deepEqual(madxFaults(report), [], report.id);
      assert.ok(measures.has(report.measure), report.measure);
      assert.equal(report.reporter.identifier.value, place);
      assert.equal(report.period.start, `${month}-01`);
    }
    assert.equal(new Set(reports.map(({ subject }) => subject.identifier.value)).size > 1, place !== kFacility);
  }
});

test('counts and scores are those of the indicators', async () => {
  const month = monthsAgo(1);
  const report = await get(`month-reports/${month}`);
  const bundle = await get(`fhir/MeasureReport?month=${month}`);
  const isSent = report.state === 'sent' || report.state === 'accepted';
  let compared = 0;
  for (const { resource } of bundle.entry.filter(({ search }) => search.mode === 'match')) {
    const [group] = resource.group;
    const { now, sent } = report.values.find(({ indicator }) => indicator === group.code.coding[0].code);
    const value = isSent ? sent : now;
    const counts = Object.fromEntries(group.population.map(({ code, count }) => [code.coding[0].code, count]));
    if (value.numerator !== null) assert.deepEqual([counts.numerator, counts.denominator], [value.numerator, value.denominator]);
    if (value.value === null) assert.equal(group.measureScore, undefined);
    else assert.ok(Math.abs(group.measureScore.value - value.value) < 1e-6);
    ++compared;
  }
  assert.equal(compared, report.values.filter(({ now, sent }) => ((isSent ? sent : now)?.state ?? 'not_collected') !== 'not_collected').length);
});

test('planted errors in a MeasureReport are found', async () => {
  const { entry: [{ resource: report }] } = await get(`fhir/MeasureReport?month=${monthsAgo(1)}`);
  assert.deepEqual([...faults(report), ...madxFaults(report)], []);
  for (const change of [(one) => { one.status = 'done'; }, (one) => { one.type = undefined; }, (one) => { one.group[0].population[0].count = 'tiga'; },
    (one) => { one.period = '2026-10'; }, (one) => { one.group[0].score = 1; }])
    assert.ok(faults(JSON.parse(JSON.stringify(changed(report, change)))).length > 0, String(change));
  for (const change of [(one) => { delete one.subject; }, (one) => { delete one.group[0].population; }, (one) => { delete one.group[0].population[0].count; },
    (one) => { delete one.improvementNotation; }])
    assert.ok(madxFaults(changed(report, change)).length > 0, String(change));
});

test('a month for DHIS2 is what its manual describes', async () => {
  await addCodedIndicator(api);
  const month = monthsAgo(0);
  const body = { id: newId(), instrument: 'laboratorium', facility: kFacility, at: new Date().toISOString(),
    answers: { jenis: 'darah', diterima: '2026-01-05T08:00:00+07:00', dilaporkan: '2026-01-05T09:00:00+07:00' } };
  assert.equal((await call(api.url, 'POST', '/api/v1/records', { token: lead(), body })).status, 201);
  const set = await get(`dhis2/dataValueSets?month=${month}&data_set=UJI`);
  assert.ok(isDhis2(set), ajv.errorsText(isDhis2.errors));
  assert.equal(set.period, month.replace('-', ''));
  assert.deepEqual(set.dataValues.map(({ dataElement }) => dataElement), ['UJI_N', 'UJI_D']);
  for (const change of [(one) => { one.period = month; }, (one) => { delete one.orgUnit; }, (one) => { one.dataValues[0].value = 3; },
    (one) => { delete one.dataValues[0].value; }, (one) => { one.dataValues[0].period = one.period; }, (one) => { one.dataValues[0].elemen = 'X'; },
    (one) => { one.completeDate = '3 November'; }, (one) => { one.dataValues[0].value = 'NaN'; }])
    assert.equal(isDhis2(changed(set, change)), false, String(change));
  // Of several facilities, each value says whose it is (tests/unit/exchange_test.cpp writes such a one).
  const bulk = { dataValues: [{ dataElement: 'A', period: '202610', orgUnit: 'OU', comment: 'tak ada kasus' }] };
  assert.ok(isDhis2(bulk), ajv.errorsText(isDhis2.errors));
  assert.equal(isDhis2({ ...bulk, completeDate: '2026-11-03' }), false, 'complete is a facility, not a bulk');
});
