// Brings a file of many rows in through the pages of /impor and takes the records out again as CSV and workbook, as a browser would.
// node web_rows.mjs PORT SERVER_PID SESSION ROWS.csv PLACE INSTRUMENT [ITEM]: prints a line of NAME=value; memory in MB is the server's, the
// most of each part. What the columns of the file mean is what Pilar guesses: name them as the items are named.
import { createReadStream, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import { basename } from 'node:path';

const [port, pid, session, file, place, instrument, item] = process.argv.slice(2);
const cookie = `pilar_sesi=${session}`;
const kWaitMillis = 100;
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const plain = (text) => text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);
const attribute = (tag, name) => plain(new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

/** Sends a request; the reply's body is read to its end and kept only where it is a page. */
function ask(method, path, { headers = {}, body, stream } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ port, host: '127.0.0.1', method, path, headers: { cookie, ...headers } }, (reply) => {
      const page = String(reply.headers['content-type']).startsWith('text/html');
      let bytes = 0, lines = 0;
      const parts = [];
      reply.on('data', (piece) => {
        bytes += piece.length;
        if (page) parts.push(piece);
        else for (let at = piece.indexOf(10); at >= 0; at = piece.indexOf(10, at + 1)) ++lines;
      });
      reply.on('end', () => {
        if (reply.statusCode >= 400) return reject(new Error(`${method} ${path}: ${reply.statusCode} ${Buffer.concat(parts).toString().slice(0, 2000)}`));
        resolve({ location: reply.headers.location, again: reply.headers.refresh !== undefined, text: Buffer.concat(parts).toString(), bytes, lines });
      });
    });
    request.on('error', reject);
    if (stream) stream(request);
    else request.end(body);
  });
}

/** Runs the part and notes its seconds, and the most memory that the server held meanwhile. */
async function measured(name, part) {
  let most = memory();
  const watch = setInterval(() => { most = Math.max(most, memory()); }, kWaitMillis);
  const began = performance.now();
  const result = await part();
  clearInterval(watch);
  process.stdout.write(`${name}_s=${((performance.now() - began) / 1000).toFixed(1)} ${name}_mb=${Math.max(most, memory()).toFixed(0)} `);
  return result;
}

/** The fields of the page's form with this action, as a browser would send them untouched. */
function fieldsOf(page, action) {
  const form = page.split('<form').find((part) => attribute(part.slice(0, part.indexOf('>')), 'action') === action);
  const fields = new URLSearchParams();
  for (const [tag, kind, rest] of form.matchAll(/<(input|select)\b([^>]*)>/g)) {
    const name = attribute(tag, 'name');
    if (name === '') continue;
    if (kind === 'input') {
      if (!/type="(checkbox|radio)"/.test(rest) || /\schecked/.test(rest)) fields.append(name, attribute(tag, 'value'));
      continue;
    }
    const options = [...form.slice(form.indexOf(tag)).split('</select>')[0].matchAll(/<option\b[^>]*>/g)].map(([option]) => option);
    fields.append(name, attribute(options.find((option) => /\sselected/.test(option)) ?? options[0] ?? '', 'value'));
  }
  return fields;
}

const post = (path, fields) =>
  ask('POST', path, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: fields.toString() });

/** Reads the page of the import until it asks for no further reading. */
async function settled(path) {
  for (;;) {
    const { text, again } = await ask('GET', path);
    if (!again) return text;
    await new Promise((resolve) => setTimeout(resolve, kWaitMillis));
  }
}

function upload(csrf) {
  const boundary = 'batas-bangku';
  const head = ['csrf', 'tempat'].map((name, i) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${[csrf, place][i]}\r\n`).join('')
    + `--${boundary}\r\nContent-Disposition: form-data; name="berkas"; filename="${basename(file)}"\r\nContent-Type: text/csv\r\n\r\n`;
  const tail = `\r\n--${boundary}--\r\n`;
  return ask('POST', '/impor', {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': head.length + statSync(file).size + tail.length },
    stream: (request) => {
      request.write(head);
      createReadStream(file).on('end', () => request.end(tail)).pipe(request, { end: false });
    },
  });
}

const door = (await ask('GET', '/impor')).text;
const { location } = await measured('upload', () => upload(attribute(door.slice(door.indexOf('name="csrf"') - 40), 'value')));
let page = (await ask('GET', location)).text;
let fields = fieldsOf(page, location);
if (fields.get('instrumen') !== instrument) {
  fields.set('instrumen', instrument);
  await post(location, fields);
  page = (await ask('GET', `${location}?atur=1`)).text;
  fields = fieldsOf(page, location);
}
fields.set('aksi', 'periksa');
page = await measured('check', async () => {
  await post(location, fields);
  return settled(location);
});
page = await measured('save', async () => {
  await post(`${location}/simpan`, fieldsOf(page, `${location}/simpan`));
  return settled(location);
});
const saved = /Baru tersimpan\s*([\d.]+)/.exec(page.replaceAll(/<[^>]*>/g, ' '))?.[1] ?? '0';
process.stdout.write(`saved=${saved.replaceAll('.', '')} `);
const list = `/catatan/${instrument}/data`, asked = `?tempat=${place}&dari=2000-01-01&sampai=${new Date().toISOString().slice(0, 10)}${item ? `&butir=${item}` : ''}`;
for (const kind of ['csv', 'xlsx']) {
  const { bytes, lines } = await measured(kind, () => ask('GET', `${list}.${kind}${asked}`));
  process.stdout.write(`${kind}_bytes=${bytes} ${kind === 'csv' ? `csv_lines=${lines} ` : ''}`);
}
process.stdout.write('\n');
