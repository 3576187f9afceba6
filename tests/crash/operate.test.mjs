// What an operator sees: figures that Prometheus reads, a stop that finishes what is under way, refusals that say what to do.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { request as ask } from 'node:https';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../support/eventually.mjs';
import { Postgres } from '../support/postgres.mjs';
import { kPilar, serve } from '../support/server.mjs';
import { Load, Pilar, makeFolder, newRecord, removeFolder } from './support.mjs';

const kEnglish = ['--bahasa', 'en'];
const pilar = (...words) => spawnSync(kPilar, [...words, ...kEnglish], { encoding: 'utf8' });

function temporary(t) {
  const folder = makeFolder();
  t.after(() => removeFolder(folder));
  return folder;
}

test('Prometheus reads the figures, which grow with the work', async (t) => {
  const server = Pilar.make(temporary(t));
  await server.start('--metrics', 'loopback');
  const read = async () => (await server.ask('GET', '/metrics')).text;
  const figure = (text, name) => Number(new RegExp(`^${name.replace(/[{}]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);
  const load = new Load(server);
  await eventually('records are taken', () => load.count(201) > 50);
  await load.stop();
  const stored = load.count(201);
  await server.post({ ...newRecord(), answers: {} });
  const text = await read();
  const judged = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  assert.equal(judged.error, undefined, 'promtool of the package prometheus is there');
  assert.equal(judged.status, 0, judged.stdout + judged.stderr);
  assert.equal(figure(text, 'pilar_records_total{outcome="stored"}'), stored);
  assert.equal(figure(text, 'pilar_records_total{outcome="refused"}'), 1);
  assert.equal(figure(text, 'pilar_http_requests_total{method="POST",route="/api/v1/records",status="201"}'), stored);
  assert.ok(figure(text, 'pilar_writer_writes_total') >= stored);
  assert.ok(figure(text, 'pilar_writer_batches_total') <= figure(text, 'pilar_writer_writes_total'));
  assert.ok(figure(text, 'pilar_store_wal_bytes') > 0);
  assert.ok(figure(text, 'process_resident_memory_bytes') > 1e6);
  await server.stop();
});

test('a stop finishes a slow request and its commit, and takes no new one', async (t) => {
  const server = Pilar.make(temporary(t));
  await server.start();
  const record = newRecord();
  const body = JSON.stringify(record);
  const slow = connect(server.port, '127.0.0.1');
  let answer = '';
  slow.on('data', (bytes) => (answer += bytes));
  const closed = new Promise((resolve) => slow.on('close', resolve));
  slow.write(`POST /api/v1/records HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${server.token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 20)}`);
  await sleep(300);
  server.process.kill('SIGTERM');
  await eventually('the door is closed', () => new Promise((resolve) => connect(server.port, '127.0.0.1').on('error', () => resolve(true)).on('connect', function () {
    this.destroy();
    resolve(false);
  })));
  slow.write(body.slice(20));
  await closed;
  assert.match(answer, /^HTTP\/1\.1 201 /);
  assert.match(answer, /\r\nConnection: close\r\n/i);
  assert.equal(await server.ended, 0);
  assertKept(server, record);
});

const kHead = 'HTTP/1.1\r\nHost: x\r\n';
/** A connection that is never closed by this side. */
function connectedFor(t, server) {
  const socket = connect(server.port, '127.0.0.1').on('error', () => {});
  t.after(() => socket.destroy());
  return socket;
}

/** Two clients whose requests never end: one sends half of a body and stays, the other asks for much and takes nothing. */
async function hangOn(t, server) {
  connectedFor(t, server).write(`POST /api/v1/records ${kHead}Content-Length: 100\r\n\r\n{`);
  const asset = /"(\/assets\/[^"]+\.css)"/.exec((await server.ask('GET', '/masuk')).text)[1];
  connectedFor(t, server).pause().write(`GET ${asset} ${kHead}\r\n`.repeat(1000));
  await sleep(1000);
}

/** The exit code; fails when the server goes on long after it should have ended. */
async function endOf(server) {
  const ended = await Promise.race([server.ended, sleep(60_000, 'still running', { ref: false })]);
  if (ended !== 'still running') await server.logEnded;
  return ended;
}

function assertKept(server, record) {
  const { ids, wrong } = server.check();
  assert.equal(wrong, '');
  assert.ok(ids.has(record.id), 'what was acknowledged is kept');
}

test('requests that never end do not hold up a stop beyond its limit', async (t) => {
  const server = Pilar.make(temporary(t));
  await server.startLogged('--drain-seconds', '1');
  const record = newRecord();
  assert.equal((await server.post(record)).status, 201);
  await hangOn(t, server);
  const began = Date.now();
  server.process.kill('SIGTERM');
  assert.equal(await endOf(server), 0);
  assert.ok(Date.now() - began < 5000);
  assert.match(server.log, /event=serve\.stop cut=2\n/);
  assertKept(server, record);
});

test('a second signal ends the waiting', async (t) => {
  const server = Pilar.make(temporary(t));
  await server.startLogged('--drain-seconds', '600');
  const record = newRecord();
  assert.equal((await server.post(record)).status, 201);
  await hangOn(t, server);
  server.process.kill('SIGTERM');
  await eventually('the first is heard', () => server.log.includes('event=serve.drain'));
  await sleep(500);
  assert.doesNotMatch(server.log, /serve\.stop/, 'the first one waits');
  server.process.kill('SIGINT');
  assert.equal(await endOf(server), 0);
  assert.match(server.log, /event=serve\.stop cut=2\n/);
  assert.doesNotMatch(server.log, /serve\.abandoned/, 'everything ended by itself');
  assertKept(server, record);
});

test('a database that answers no more does not hold up a stop', async (t) => {
  const postgres = await Postgres.make();
  t.after(() => postgres.end());
  const server = Pilar.make(temporary(t), postgres.url);
  await server.startLogged('--drain-seconds', '1');
  const record = newRecord();
  assert.equal((await server.post(record)).status, 201);
  postgres.freeze();
  try {
    const body = JSON.stringify(newRecord());
    connectedFor(t, server).write(`POST /api/v1/records ${kHead}Authorization: Bearer ${server.token}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    await sleep(500);
    server.process.kill('SIGTERM');
    await eventually('its connection is cut', () => /event=serve\.stop cut=1\n/.test(server.log));
    server.process.kill('SIGTERM');
    assert.equal(await endOf(server), 0);
    assert.match(server.log, /level=warning event=serve\.abandoned/);
  } finally {
    postgres.free();
  }
  assertKept(server, record);
});

test('pilar tls makes what a server and a client accept, once, and says so', async (t) => {
  const folder = temporary(t);
  const told = JSON.parse(pilar('tls', 'localhost,127.0.0.1', '--data', folder, '--json').stdout);
  assert.deepEqual(told.names, ['localhost', '127.0.0.1']);
  for (const file of [told.key, join(folder, 'tls/authority.key')]) assert.equal(statSync(file).mode & 0o777, 0o600, file);
  assert.equal(statSync(join(folder, 'tls')).mode & 0o777, 0o700);
  const before = readFileSync(told.certificate, 'utf8');
  assert.equal(JSON.parse(pilar('tls', 'localhost,127.0.0.1', '--data', folder, '--json').stdout).renewed, false);
  assert.equal(readFileSync(told.certificate, 'utf8'), before, 'a good one is left alone');
  assert.equal(JSON.parse(pilar('tls', 'localhost,127.0.0.1', '--data', folder, '--json', '--renew-days', '500').stdout).renewed, true);
  writeFileSync(join(folder, 'pilar.yaml'), 'certificate: tls/server.crt\nkey: tls/server.key\nauthority: tls/authority.crt\n');
  const server = await serve(['--data', folder]);
  const ca = readFileSync(told.authority);
  const get = (path) =>
    new Promise((resolve, reject) =>
      ask({ host: 'localhost', port: server.port, path, ca, agent: false }, (reply) => {
        const parts = [];
        reply.on('data', (part) => parts.push(part)).on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, text: Buffer.concat(parts).toString() }));
      }).on('error', reject).end());
  const page = await get('/percaya');
  assert.equal(page.status, 200);
  assert.equal(page.headers['strict-transport-security'], 'max-age=2592000');
  assert.ok(page.text.includes(told.fingerprint.replaceAll(':', ' ')), 'the fingerprint can be compared');
  const offered = await get('/percaya/pilar.crt');
  assert.equal(offered.headers['content-type'], 'application/x-x509-ca-cert');
  assert.equal(offered.text, ca.toString());
  server.process.kill('SIGTERM');
  assert.equal(await server.ended, 0);
});

test('what cannot be served is refused with words', async (t) => {
  const folder = temporary(t);
  const at = ['--data', folder];
  pilar('tls', 'localhost', ...at);
  const [certificate, key, other] = ['server.crt', 'server.key', 'authority.key'].map((name) => join(folder, 'tls', name));
  const refused = (...words) => {
    const told = pilar('serve', ...at, ...words);
    assert.equal(told.status, 2, told.stderr);
    return told.stderr;
  };
  assert.match(refused('--address', '0.0.0.0'), /without TLS/);
  assert.match(refused('--certificate', certificate), /together/);
  assert.match(refused('--certificate', certificate, '--key', other), /does not belong/);
  assert.match(refused('--certificate', key, '--key', key), /no PEM certificate/);
  assert.match(refused('--certificate', join(folder, 'none.crt'), '--key', key), /cannot be read/);
  assert.match(refused('--config', join(folder, '../../../etc/none.yaml')), /cannot be read/);
  writeFileSync(join(folder, 'pilar.yaml'), 'port: 0\nport: 1\n');
  assert.match(refused(), /pilar\.yaml:2:1: .*twice/);
  writeFileSync(join(folder, 'pilar.yaml'), '');
  assert.match(pilar('tls', 'localhost/../x', ...at).stderr, /no name or address/);
  const taken = await serve(at);
  const second = pilar('serve', ...at, '--port', String(taken.port));
  assert.equal(second.status, 1);
  assert.match(second.stderr, /port \d+.*in use/i);
  taken.process.kill('SIGTERM');
  assert.equal(await taken.ended, 0);
});

test('an expired certificate and an open key are what the doctor finds', async (t) => {
  const folder = temporary(t);
  const at = ['--data', folder];
  execFileSync(kPilar, ['migrate', ...at], { stdio: 'ignore' });
  const [certificate, key, wish] = ['old.crt', 'old.key', 'old.csr'].map((name) => join(folder, name));
  execFileSync('openssl', ['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=old', '-keyout', key, '-out', wish], { stdio: 'ignore' });
  execFileSync('openssl', ['x509', '-req', '-in', wish, '-signkey', key, '-days', '-1', '-out', certificate], { stdio: 'ignore' });
  chmodSync(key, 0o644);
  const told = pilar('doctor', '--security', '--json', ...at, '--certificate', certificate, '--key', key);
  assert.equal(told.status, 3, told.stderr);
  const health = Object.fromEntries(JSON.parse(told.stdout).map((one) => [one.check, one.health]));
  assert.equal(health.tls, 'fail');
  assert.equal(health.secrets, 'fail');
  assert.equal(health.address, 'ok');
});
