// Every route of the API is called on a real server, with good input and with bad, and each reply is held against what the document
// says of it: a status, a media type or a shape that is not declared fails. An operation without calls fails too.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { signedIn } from '../support/person.mjs';
import { addCodedIndicator, call, kFacility, monthsAgo, newId, startApi } from './support.mjs';

let api, document, ajv;
const called = new Map();  // operationId -> statuses seen

before(async () => {
  api = await startApi();
  document = (await call(api.url, 'GET', '/api/v1/openapi.json')).json();
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema({ $id: 'pilar:openapi', components: document.components });
});
after(() => api.stop());

const follow = (thing) => (thing.$ref ? thing.$ref.slice(2).split('/').reduce((at, key) => at[key], document) : thing);
const compiled = new Map();
function check(schema, value, where) {
  const text = JSON.stringify(schema);
  if (!compiled.has(text)) compiled.set(text, ajv.compile(JSON.parse(text.replaceAll('"#/components/', '"pilar:openapi#/components/'))));
  const validate = compiled.get(text);
  assert.ok(validate(value), `${where}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value).slice(0, 600)}`);
}

const operations = () => Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
const find = (id) => operations().find(({ operation }) => operation.operationId === id);

/** Calls the operation and holds the reply against the document. */
async function ask(id, { path: values = {}, query = {}, expect, ...options } = {}) {
  const { path, method, operation } = find(id);
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name] ?? operation.parameters.find((one) => one.name === name).example));
  const search = new URLSearchParams(query).toString();
  const reply = await call(api.url, method, filled + (search ? `?${search}` : ''), options);
  const where = `${id} ${method} ${filled}?${search} -> ${reply.status}`;
  if (expect !== undefined) assert.equal(reply.status, expect, `${where}: ${reply.text.slice(0, 400)}`);
  assert.ok(operation.responses[reply.status], `${where}: the status is not declared: ${reply.text.slice(0, 400)}`);
  const declared = follow(operation.responses[reply.status]);
  const media = declared.content?.[reply.type];
  assert.ok(media, `${where}: ${reply.type} is not declared`);
  for (const name of Object.keys(declared.headers ?? {})) assert.ok(reply.headers.get(name), `${where}: no ${name}`);
  if (media['x-line-schema'])
    for (const line of reply.text.trim().split('\n')) check(media['x-line-schema'], JSON.parse(line), where);
  else if (/json$/.test(reply.type)) check(media.schema, reply.json(), where);
  called.set(id, (called.get(id) ?? new Set()).add(reply.status));
  return reply;
}

const lead = () => api.token('ketua_tim_mutu');
const visits = (outpatients, id = newId()) => ({
  id, instrument: 'kunjungan-bulanan', facility: kFacility, at: '2026-01-31T14:00:00+07:00', answers: { rawat_jalan: outpatients, rawat_inap: 3 },
});
const ifMatch = (revision) => ({ 'If-Match': `"${revision}"` });

test('a record is added once, however often it is sent', async () => {
  const body = visits(812);
  await ask('addRecords', { token: lead(), body, expect: 201 });
  const again = await ask('addRecords', { token: lead(), body, expect: 200 });
  assert.equal(again.json().repeated, true);
  await ask('addRecords', { token: lead(), body: { ...body, answers: { rawat_jalan: 1, rawat_inap: 0 } }, expect: 409 });
});

test('many records travel one a line, and each gets its own answer', async () => {
  const lines = [JSON.stringify(visits(1)), '{"broken', JSON.stringify({ ...visits(2), facility: 'tidak-ada' })].join('\n');
  const reply = await ask('addRecords', { token: lead(), body: lines, type: 'application/x-ndjson', expect: 200 });
  assert.deepEqual(reply.text.trim().split('\n').map((line) => JSON.parse(line).status), [201, 422, 422]);
});

test('what is wrong with a record is said all at once, by key', async () => {
  const reply = await ask('addRecords', { token: lead(), expect: 422,
    body: { instrument: 'kunjungan-bulanan', facility: kFacility, answers: { rawat_jalan: -1, tidak_ada: 2 } } });
  const fields = reply.json().errors.map(({ field }) => field);
  assert.ok(fields.includes('answers.rawat_jalan') && fields.includes('answers.tidak_ada'), fields.join());
  for (const body of ['', '[]', 'null', '{"a": 1, "a": 2}', 'x'.repeat(1000)]) await ask('addRecords', { token: lead(), body, expect: 422 });
});

test('a record is read as it was sent, and can be sent back as it was read', async () => {
  const body = visits(55);
  await ask('addRecords', { token: lead(), body, expect: 201 });
  const path = { facility: kFacility, id: body.id };
  const read = await ask('readRecord', { token: lead(), path, expect: 200 });
  const record = read.json();
  assert.deepEqual(record.answers, body.answers);
  assert.deepEqual(record.calculated, { kunjungan: 58 });
  assert.equal(read.headers.get('etag'), '"1"');
  const corrected = { ...record, answers: { ...record.answers, rawat_jalan: 56 }, reason: 'Salah hitung' };
  await ask('correctRecord', { token: lead(), path, body: corrected, expect: 428 });
  const saved = await ask('correctRecord', { token: lead(), path, body: corrected, headers: ifMatch(1), expect: 200 });
  assert.equal(saved.headers.get('etag'), '"2"');
  const repeated = await ask('correctRecord', { token: lead(), path, body: corrected, headers: ifMatch(1), expect: 200 });
  assert.equal(repeated.json().repeated, true);
  await ask('correctRecord', { token: lead(), path, body: { ...corrected, answers: { rawat_jalan: 57, rawat_inap: 3 } }, headers: ifMatch(1), expect: 412 });
  await ask('correctRecord', { token: lead(), path, body: { ...corrected, facility: 'lain' }, headers: ifMatch(2), expect: 422 });
  await ask('correctRecord', { token: lead(), path, body: { answers: corrected.answers }, headers: ifMatch(2), expect: 422 });
  assert.deepEqual((await ask('readRecord', { token: lead(), path })).json().calculated, { kunjungan: 59 });
});

test('a voided record says so and stays', async () => {
  const body = visits(77);
  await ask('addRecords', { token: lead(), body, expect: 201 });
  const path = { facility: kFacility, id: body.id };
  await ask('voidRecord', { token: lead(), path, body: { reason: ' ' }, headers: ifMatch(1), expect: 422 });
  await ask('voidRecord', { token: lead(), path, body: { reason: 'Data ganda', extra: 1 }, headers: ifMatch(1), expect: 422 });
  await ask('voidRecord', { token: lead(), path, body: { reason: 'Data ganda' }, expect: 428 });
  const saved = await ask('voidRecord', { token: lead(), path, body: { reason: 'Data ganda' }, headers: ifMatch(1), expect: 200 });
  assert.equal(saved.json().revision, 2);
  const again = await ask('voidRecord', { token: lead(), path, body: { reason: 'Data ganda' }, headers: ifMatch(1), expect: 200 });
  assert.equal(again.json().repeated, true);
  await ask('voidRecord', { token: lead(), path, body: { reason: 'Lain' }, headers: ifMatch(2), expect: 409 });
  assert.equal((await ask('readRecord', { token: lead(), path })).json().state, 'voided');
  await ask('voidRecord', { token: lead(), path: { facility: kFacility, id: newId() }, body: { reason: 'x' }, headers: ifMatch(1), expect: 404 });
});

test('records are listed page by page, each once', async () => {
  const month = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 7);
  const query = { instrument: 'kunjungan-bulanan', place: 'cabang-contoh', from: month, to: month, limit: 7 };
  const verifier = api.token('verifikator_bpjs', 'cabang-contoh');
  const all = (await ask('listRecords', { token: verifier, query: { ...query, limit: 1000 }, expect: 200 })).json();
  assert.equal(all.next, null);
  const ids = [];
  for (let cursor = ''; cursor !== null;) {
    const page = (await ask('listRecords', { token: verifier, query: { ...query, ...(cursor && { cursor }) }, expect: 200 })).json();
    ids.push(...page.records.map(({ id }) => id));
    cursor = page.next;
  }
  assert.ok(ids.length > 14);
  assert.deepEqual(ids, all.records.map(({ id }) => id));
  assert.equal(new Set(ids).size, ids.length);
  const voided = (await ask('listRecords', { token: lead(), query: { instrument: 'kunjungan-bulanan', state: 'voided' } })).json();
  assert.ok(voided.records.every(({ state }) => state === 'voided') && voided.records.length > 0);
});

test('answers of the public are read by item only, without id and moment', async () => {
  await ask('listRecords', { token: lead(), query: { instrument: 'kessan' }, expect: 403 });
  const { items } = (await ask('readInstrument', { token: lead(), path: { instrument: 'kessan' }, expect: 200 })).json();
  const item = items.find(({ type }) => type === 'scale').key;
  const page = (await ask('listRecords', { token: lead(), query: { instrument: 'kessan', item, limit: 20 }, expect: 200 })).json();
  assert.ok(page.records.length > 0);
  for (const line of page.records) assert.deepEqual(Object.keys(line.answers), [item]);
  assert.ok(!JSON.stringify(page).includes('"id"'));
});

test('a query that cannot be meant is refused', async () => {
  const base = { instrument: 'kunjungan-bulanan' };
  for (const query of [{}, { ...base, limit: 0 }, { ...base, limit: 'x' }, { ...base, from: '2026-13' }, { ...base, from: '2026-02', to: '2026-01' },
    { ...base, cursor: '???' }, { ...base, state: 'gone' }, { ...base, statee: 'valid' }, { ...base, item: 'rawat_jalan', cursor: 'x' }])
    await ask('listRecords', { token: lead(), query, expect: 422 });
  for (const query of [{ instrument: 'tidak-ada' }, { ...base, place: 'tidak-ada' }, { ...base, unit: 'tidak-ada' }])
    await ask('listRecords', { token: lead(), query, expect: 404 });
  await ask('readChanges', { token: lead(), query: { after: '1.zz' }, expect: 422 });
  await ask('readResult', { token: lead(), path: { instrument: 'kessan' }, query: { months: 0 }, expect: 422 });
  await ask('readResult', { token: lead(), path: { instrument: 'kessan' }, query: { breakdown: 'x' }, expect: 422 });
  await ask('readInstrument', { token: lead(), path: { instrument: 'kessan' }, query: { version: 999 }, expect: 404 });
  await ask('readPack', { token: lead(), path: { instrument: 'kessan' }, query: { versi: 1 }, expect: 422 });
  await ask('listPlaces', { token: lead(), query: { kind: 'planet' }, expect: 422 });
  await ask('listPlaces', { token: lead(), query: { below: 'tidak-ada' }, expect: 404 });
});

test('the feed tells of every change once, and of nothing when nothing changed', async () => {
  const seen = [];
  let after;
  const drain = async () => {
    for (let more = true; more;) {
      const page = (await ask('readChanges', { token: lead(), query: { limit: 50, ...(after && { after }) }, expect: 200 })).json();
      seen.push(...page.changes);
      ({ more, cursor: after } = page);
    }
  };
  await drain();
  assert.ok(seen.some(({ type }) => type === 'place') && seen.some(({ type }) => type === 'record') && seen.some(({ type }) => type === 'answers'));
  seen.length = 0;
  await drain();
  assert.deepEqual(seen, []);
  const body = visits(9);
  await ask('addRecords', { token: lead(), body, expect: 201 });
  await ask('voidRecord', { token: lead(), path: { facility: kFacility, id: body.id }, body: { reason: 'Uji' }, headers: ifMatch(1), expect: 200 });
  await drain();
  assert.deepEqual(seen.map(({ record }) => [record.id, record.state, record.revision]), [[body.id, 'voided', 2]]);
});

test('a result is that of its page', async () => {
  const month = '2026-01';
  const before = (await ask('readResult', { token: lead(), path: { instrument: 'kunjungan-bulanan' }, query: { from: month, to: month }, expect: 200 })).json();
  await ask('addRecords', { token: lead(), body: visits(1000), expect: 201 });
  const now = (await ask('readResult', { token: lead(), path: { instrument: 'kunjungan-bulanan' }, query: { from: month, to: month } })).json();
  const value = ({ measures }) => measures.find(({ measure }) => measure === 'rawat_jalan').value ?? 0;
  assert.equal(value(now) - value(before), 1000);
  for (const instrument of ['kessan', 'skm'])
    await ask('readResult', { token: api.token('petugas_cabang_bpjs', 'cabang-contoh'), path: { instrument }, query: { place: 'cabang-contoh', from: '2025-01' }, expect: 200 });
});

test('places and instruments', async () => {
  const branch = api.token('petugas_cabang_bpjs', 'cabang-contoh');
  const all = [];
  for (let cursor = ''; cursor !== null;) {
    const page = (await ask('listPlaces', { token: branch, query: { kind: 'facility', limit: 2, ...(cursor && { cursor }) }, expect: 200 })).json();
    all.push(...page.places.map(({ code }) => code));
    cursor = page.next;
  }
  assert.ok(all.includes(kFacility) && new Set(all).size === all.length);
  assert.ok((await ask('listPlaces', { token: lead(), query: { search: 'MELATI' } })).json().places.length > 0);
  const place = (await ask('readPlace', { token: lead(), path: { place: kFacility }, expect: 200 })).json();
  assert.ok(place.units.length > 0);
  await ask('readPlace', { token: lead(), path: { place: 'tidak-ada' }, expect: 404 });
  await ask('readPlace', { token: lead(), path: { place: 'bpjs-contoh' }, expect: 403 });
  const list = (await ask('listInstruments', { token: api.token('mesin'), expect: 200 })).json();
  for (const { key } of list.instruments) {
    await ask('readInstrument', { token: lead(), path: { instrument: key }, expect: 200 });
    const pack = await ask('readPack', { token: lead(), path: { instrument: key }, expect: 200 });
    assert.match(pack.text, new RegExp(`^instrument: ${key}$`, 'm'));
  }
});

test('FHIR resources go in and out', async () => {
  const body = { ...find('addResponse').operation.requestBody.content['application/json'].example };
  const id = newId();
  body.identifier = { ...body.identifier, value: `urn:uuid:${id}` };
  await ask('addResponse', { token: lead(), body, expect: 201 });
  await ask('addResponse', { token: lead(), body, type: 'application/fhir+json', expect: 200 });
  await ask('addResponse', { token: lead(), body: { ...body, item: [] }, expect: 422 });
  await ask('addResponse', { token: lead(), body: '{', expect: 422 });
  await ask('addResponse', { token: lead(), body: { ...body, questionnaire: 'x' }, expect: 422 });
  await ask('readResponse', { token: lead(), path: { id }, query: { facility: kFacility }, expect: 200 });
  await ask('readResponse', { token: lead(), path: { id: newId() }, query: { facility: kFacility }, expect: 404 });
  await ask('readResponse', { token: lead(), path: { id }, expect: 422 });
  await ask('listQuestionnaires', { token: lead(), expect: 200 });
  await ask('readQuestionnaire', { token: lead(), expect: 200 });
  await ask('readQuestionnaire', { token: lead(), path: { instrument: 'tidak-ada' }, expect: 404 });
});

test('indicators with their versions', async () => {
  const { indicators } = (await ask('listIndicators', { token: lead(), expect: 200 })).json();
  assert.ok(indicators.length > 20 && indicators.some(({ mandatory, used }) => mandatory && used));
  for (const { key, version } of indicators.slice(0, 25)) {
    const one = (await ask('readIndicator', { token: lead(), path: { indicator: key }, query: { version }, expect: 200 })).json();
    assert.deepEqual([one.key, one.version], [key, version]);
    assert.ok(one.versions.some((any) => any.version === version));
  }
  const areas = (await ask('listIndicators', { token: lead(), query: { area: 'admen' }, expect: 200 })).json().indicators;
  assert.ok(areas.length > 0 && areas.every(({ area }) => area === 'admen'));
  const branch = api.token('petugas_cabang_bpjs', 'cabang-contoh');
  const above = (await ask('listIndicators', { token: branch, query: { place: 'cabang-contoh' }, expect: 200 })).json().indicators;
  assert.ok(above.every(({ used }) => used === null), 'an office uses none itself');
  await ask('listIndicators', { token: lead(), query: { area: 'lain' }, expect: 422 });
  await ask('listIndicators', { token: lead(), query: { place: 'tidak-ada' }, expect: 404 });
  await ask('readIndicator', { token: lead(), path: { indicator: 'tidak-ada' }, expect: 404 });
  for (const version of ['999', 'x']) await ask('readIndicator', { token: lead(), query: { version }, expect: 404 });
});

test('values of indicators say which of the four states they are in', async () => {
  const all = (await ask('listIndicatorValues', { token: lead(), query: { months: 6 }, expect: 200 })).json();
  assert.ok(all.indicators.length > 5);
  for (const { indicator, months } of all.indicators) {
    assert.deepEqual(months.map(({ month }) => month), [5, 4, 3, 2, 1, 0].map(monthsAgo), indicator);
    for (const { state, value, numerator, denominator, met } of months) {
      assert.equal(value === null, state === 'no_cases' || state === 'not_collected', indicator);
      if (state === 'zero') assert.equal(value, 0);
      if (value === null) assert.deepEqual([numerator, denominator, met], [null, null, null]);
      if (numerator !== null) assert.ok(Math.abs(100 * numerator / denominator - value) < 1e-9, indicator);
    }
  }
  assert.ok(all.indicators.some(({ months }) => months.some(({ state }) => state === 'value')));
  const { indicator } = all.indicators[0];
  const one = (await ask('listIndicatorValues', { token: lead(), query: { indicator, months: 6 } })).json();
  assert.deepEqual(one.indicators, [all.indicators[0]]);
  const unit = (await ask('readPlace', { token: lead(), path: { place: kFacility } })).json().units[0].code;
  assert.equal((await ask('listIndicatorValues', { token: lead(), query: { unit }, expect: 200 })).json().unit, unit);
  for (const query of [{ months: 25 }, { months: 0 }, { until: '2099-01' }, { until: 'kemarin' }, { bulan: '2026-01' }])
    await ask('listIndicatorValues', { token: lead(), query, expect: 422 });
  for (const query of [{ indicator: 'tidak-ada' }, { place: 'tidak-ada' }, { unit: 'tidak-ada' }])
    await ask('listIndicatorValues', { token: lead(), query, expect: 404 });
  const branch = api.token('petugas_cabang_bpjs', 'cabang-contoh');
  await ask('listIndicatorValues', { token: branch, query: { place: 'cabang-contoh' }, expect: 422 });
});

test('monthly reports tell what was sent from what holds now', async () => {
  const { reports } = (await ask('listMonthReports', { token: lead(), query: { months: 24 }, expect: 200 })).json();
  assert.equal(reports.length, 24);
  assert.equal(reports[0].month, monthsAgo(0));
  const sent = reports.find(({ state }) => state === 'sent' || state === 'accepted');
  assert.ok(sent, 'the demonstration has sent some');
  const report = (await ask('readMonthReport', { token: lead(), path: { month: sent.month }, expect: 200 })).json();
  assert.deepEqual(report.events.map(({ step }) => step).slice(0, 1), ['send']);
  assert.ok(report.values.some(({ sent: was }) => was?.state === 'value'));
  for (const { indicator, now, sent: was } of report.values)
    if (was && !report.changed.includes(indicator)) assert.deepEqual(was, now, indicator);
  await ask('readMonthReport', { token: lead(), path: { month: '2099-01' }, expect: 404 });
  await ask('readMonthReport', { token: lead(), path: { month: 'kemarin' }, expect: 404 });
  await ask('readMonthReport', { token: lead(), path: { month: sent.month }, query: { place: 'tidak-ada' }, expect: 404 });
  await ask('listMonthReports', { token: lead(), query: { until: '2099-01' }, expect: 422 });
});

test('a month goes to DHIS2 and FHIR', async () => {
  const month = monthsAgo(0);
  const branch = api.token('petugas_cabang_bpjs', 'cabang-contoh');
  await ask('readDataValueSet', { token: branch, query: { month, place: 'edelweis-contoh' }, expect: 422 });
  const key = await addCodedIndicator(api);
  const body = { id: newId(), instrument: 'laboratorium', facility: kFacility, at: new Date().toISOString(),
    answers: { jenis: 'darah', diterima: '2026-01-05T08:00:00+07:00', dilaporkan: '2026-01-05T09:00:00+07:00' } };
  await ask('addRecords', { token: lead(), body, expect: 201 });
  const [values] = (await ask('listIndicatorValues', { token: lead(), query: { indicator: key, months: 1 } })).json().indicators;
  const everything = (await ask('readDataValueSet', { token: lead(), query: { month: monthsAgo(1) }, expect: 200 })).json();
  assert.ok(everything.dataValues.some(({ dataElement }) => dataElement.startsWith('CONTOH_')), 'the demonstration has codes of its own');
  const set = (await ask('readDataValueSet', { token: lead(), query: { month, data_set: 'UJI' }, expect: 200 })).json();
  assert.equal(set.orgUnit, 'OU_MELATI');
  assert.equal(set.dataSet, 'UJI');
  assert.equal(set.completeDate, undefined, 'the running month was not sent');
  assert.deepEqual(set.dataValues.map(({ dataElement, value }) => [dataElement, Number(value)]),
    [['UJI_N', values.months[0].numerator], ['UJI_D', values.months[0].denominator]]);
  await ask('readDataValueSet', { token: lead(), query: { month, data_set: 'LAIN' }, expect: 422 });
  await ask('readDataValueSet', { token: branch, query: { month, place: 'cabang-contoh' }, expect: 422 });
  const bundle = (await ask('listMeasureReports', { token: lead(), query: { month }, expect: 200 })).json();
  assert.ok(bundle.total > 0);
  for (const query of [{}, { month: 'x' }, { month: '2099-01' }]) {
    await ask('readDataValueSet', { token: lead(), query, expect: 422 });
    await ask('listMeasureReports', { token: lead(), query, expect: 422 });
  }
  assert.ok((await ask('listMeasures', { token: lead(), expect: 200 })).json().total > 20);
  await ask('listMeasures', { token: lead(), query: { place: 'tidak-ada' }, expect: 404 });
  assert.equal((await ask('readMeasure', { token: lead(), path: { indicator: key }, expect: 200 })).json().version, '1');
  await ask('readMeasure', { token: lead(), path: { indicator: 'tidak-ada' }, expect: 404 });
  await ask('readMeasure', { token: lead(), path: { indicator: key }, query: { version: '9' }, expect: 404 });
});

test('a picture is kept once, however often it is sent, and what is no picture is refused', async () => {
  const query = { facility: kFacility };
  const body = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGM4YWQEAALyAS2saifrAAAAAElFTkSuQmCC', 'base64');
  const kept = (await ask('addPhoto', { token: lead(), query, body, type: 'image/png', expect: 201 })).json();
  assert.match(kept.photo, /^[0-9a-f]{64}$/);
  assert.deepEqual((await ask('addPhoto', { token: lead(), query, body, type: 'image/png', expect: 200 })).json(), { ...kept, repeated: true });
  await ask('addPhoto', { token: lead(), query, body: 'GIF89a', type: 'image/png', expect: 422 });
  await ask('addPhoto', { token: lead(), query: {}, body, type: 'image/png', expect: 422 });
});

test('a job is seen by who administers its place', async () => {
  api.pilar('user', 'add', 'uji-impor', '--role', 'administrator', '--place', kFacility, '--name', 'Uji Impor', '--password', 'melati di pagi hari');
  const person = await signedIn(api.url, 'uji-impor', 'melati di pagi hari');
  const file = new Blob(['Tanggal,Rawat Jalan,Rawat Inap\n2020-02-28,7,3\n'], { type: 'text/csv' });
  const form = await person.post('/impor', { tempat: kFacility, berkas: [file, 'kunjungan.csv'] });
  await person.post(form, { aksi: 'periksa', instrumen: 'kunjungan-bulanan', faskes: `t:${kFacility}`, waktu: 'k:Tanggal',
    'butir.rawat_jalan': 'k:Rawat Jalan', 'butir.rawat_inap': 'k:Rawat Inap' });
  const token = api.token('administrator');
  const { jobs } = (await ask('listJobs', { token, expect: 200 })).json();
  assert.deepEqual(jobs.map(({ kind, title, facility }) => [kind, title, facility]), [['import_check', 'kunjungan.csv', kFacility]]);
  assert.deepEqual((await ask('listJobs', { token, query: { before: jobs[0].id }, expect: 200 })).json().jobs, []);
  assert.equal((await ask('readJob', { token, path: { job: jobs[0].id }, expect: 200 })).json().id, jobs[0].id);
  await ask('readJob', { token: lead(), path: { job: jobs[0].id }, expect: 404 });
  await ask('readJob', { token, path: { job: newId() }, expect: 404 });
});

test('every calculation runs by its own examples', async () => {
  const { methods } = (await ask('listMethods', { expect: 200 })).json();
  for (const { method } of methods) {
    const schema = (await ask('readMethod', { path: { method }, expect: 200 })).json();
    for (const example of schema.examples ?? []) await ask('calculate', { path: { method }, body: example });
    await ask('calculate', { path: { method }, body: '{', expect: 422 });
    await ask('calculate', { path: { method }, body: { unknown: 1 }, expect: 422 });
  }
  await ask('readMethod', { path: { method: 'nothing' }, expect: 404 });
  await ask('calculate', { path: { method: 'nothing' }, body: {}, expect: 404 });
});

test('without a token, or with a wrong one, everything that needs one is refused', async () => {
  for (const { operation } of operations()) {
    const id = operation.operationId;
    if (operation.security.length === 0) {
      await ask(id, { ...(operation.requestBody && { body: Object.values(operation.requestBody.content)[0].example }) });
      continue;
    }
    const body = operation.requestBody ? '{}' : undefined;
    for (const token of [undefined, 'pilar_salah', 'x']) await ask(id, { token, body, expect: 401 });
  }
});

test('a role without the right is refused with 403, and what it lacks is named', async () => {
  for (const { operation } of operations()) {
    if (!operation['x-right']) continue;
    const role = operation['x-right'] === 'baca_hasil' ? 'mesin' : 'surveior';
    const reply = await ask(operation.operationId, { token: api.token(role), body: operation.requestBody ? '{}' : undefined, expect: 403 });
    assert.ok(reply.json().detail.length > 10);
  }
});

test('every operation was called, with a good end and with a refusal', () => {
  for (const { operation } of operations()) {
    const seen = [...(called.get(operation.operationId) ?? [])];
    assert.ok(seen.some((status) => status < 300), `${operation.operationId} never succeeded: ${seen}`);
    if (operation.security.length > 0) assert.ok(seen.some((status) => status >= 400), `${operation.operationId} was never refused`);
  }
});
