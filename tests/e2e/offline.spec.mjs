// Forms and counting go on without a network: nothing that was shown as saved is lost, and all of it is sent once.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessibilityFaults, enter, looksRight, openDevice, picture, press, signIn, stage, until } from './support.mjs';

const { pilar, ways } = stage({ both: true });
const kForm = '/isi/kunjungan-bulanan';
const kTally = '/isi/kebersihan-tangan/hitung';

/** Something is done with a device that can be closed and opened again; its profile is removed behind it. */
async function withDevice(width, act) {
  const folder = mkdtempSync(join(tmpdir(), 'pilar-device-'));
  let device = await openDevice(folder, width);
  const again = async () => {
    await device.close();
    device = await openDevice(folder, width);
    return device;
  };
  try {
    await act(device, again);
  } finally {
    await device.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a form and waits until it can be opened without a network. */
async function prepare(page, { url }, path) {
  await page.goto(url + path);
  const place = await page.inputValue('[name=_tempat]');
  await until(page, async (addresses) => {
    if (!navigator.serviceWorker.controller) return false;
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      const found = await Promise.all(addresses.map((address) => cache.match(address)));
      if (found.every(Boolean)) return true;
    }
    return false;
  }, [`${path}?tempat=${place}`, '/antrean']);
}

async function fillVisits(page, outpatients, at) {
  await page.selectOption('[name=_unit]', { index: 1 });
  if (at) await page.fill('[name=_waktu]', at);
  await page.fill('[name=rawat_jalan]', String(outpatients));
  await page.fill('[name=rawat_inap]', '3');
}
async function saveOffline(page, waiting) {
  await page.click('form.entry-form .btn-primary');
  await page.waitForFunction(() => /Tersimpan di perangkat ini/.test(document.querySelector('[data-draft-state]').textContent));
  await page.waitForFunction((count) => document.querySelector('.waiting:not([hidden])')?.textContent.includes(`${count} isian menunggu`), waiting);
}
const inState = (page, state, count) => page.waitForFunction(([of, n]) => document.querySelectorAll(`[data-entry][data-state=${of}]`).length === n, [state, count]);
const rowOf = (page, state) => page.locator(`[data-entry][data-state=${state}]`).first();
/** How many records of the instrument say just this. */
async function countOf(page, { url }, outpatients) {
  await page.goto(`${url}/catatan/kunjungan-bulanan?hal=1&butir=rawat_jalan&min=${outpatients}&maks=${outpatients}`);
  return page.locator('tbody tr:has([name=pilih])').count();
}

for (const { width, pilar, on } of ways)
  test(`forms saved without a network outlive the browser and are each sent once at ${width} px on ${on}`, () =>
    withDevice(width, async (first, again) => {
      const [good, late, gone] = [width * 10 + 1, width * 10 + 2, width * 10 + 3];
      let { page, context, faults } = first;
      await enter(page, pilar, 'sari');
      await prepare(page, pilar, kForm);
      await looksRight(page, faults, 'the form with a network');

      await context.setOffline(true);
      await page.goto(pilar.url + kForm);
      await page.click('form.entry-form .btn-primary');
      await page.waitForFunction(() => /Pilih unit yang diisi/.test(document.querySelector('.entry-where').textContent)); // said without a server
      await fillVisits(page, good);
      await saveOffline(page, 1);
      assert.equal(await page.inputValue('[name=rawat_jalan]'), '', 'an empty form for the next one');
      await fillVisits(page, late, '2099-01-01T08:00');
      await saveOffline(page, 2);
      await fillVisits(page, gone);
      await saveOffline(page, 3);
      assert.deepEqual(await accessibilityFaults(page), [], 'the form without a network');
      await picture(page, `isi-tanpa-jaringan-${width}`);

      ({ page, context, faults } = await again());
      await context.setOffline(true);
      await page.goto(`${pilar.url}/beranda`);
      await inState(page, 'waiting', 3);
      assert.match(await page.textContent('main'), /Halaman itu tidak tersedia tanpa jaringan/);
      await page.goto(`${pilar.url}/antrean`);
      await inState(page, 'waiting', 3);
      assert.deepEqual(await accessibilityFaults(page), [], 'the queue');
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'no sideways scroll');
      assert.match(await page.textContent('[data-forms]'), /Kunjungan/);
      assert.match(await rowOf(page, 'waiting').textContent(), /Puskesmas Melati \(contoh\) · Seluruh fasilitas/, 'which one it is');
      await picture(page, `antrean-${width}`);

      const [download] = await Promise.all([page.waitForEvent('download'), rowOf(page, 'waiting').getByText('Simpan ke berkas').click()]);
      const file = JSON.parse(readFileSync(await download.path(), 'utf8'));
      assert.equal(Object.fromEntries(file.fields).rawat_jalan, String(gone), 'the latest stands on top');
      await rowOf(page, 'waiting').getByText('Hapus').click();
      await inState(page, 'waiting', 2);
      await page.click('[data-said] button');
      await inState(page, 'waiting', 3);
      await rowOf(page, 'waiting').getByText('Hapus').click();
      await inState(page, 'waiting', 2);

      await context.setOffline(false);
      await inState(page, 'sent', 1);
      await inState(page, 'refused', 1);
      faults.splice(0); // the console tells of the network that went away and of the refusal
      assert.match(await rowOf(page, 'sent').textContent(), /Diterima .+ Nomor [0-9a-f-]{36}/);
      assert.match(await rowOf(page, 'refused').textContent(), /Waktu kejadian: .*masa depan/);
      await page.waitForFunction(() => /1 isian ditolak server/.test(document.querySelector('.waiting:not([hidden])')?.textContent ?? ''));
      await looksRight(page, faults, 'receipts and refusals');
      await picture(page, `antrean-dijawab-${width}`);

      await press(page, '[data-state=refused] a:text-is("Perbaiki")');
      await page.waitForFunction((wanted) => document.querySelector('[name=rawat_jalan]').value === wanted, String(late));
      await page.waitForFunction(() => /masa depan/.test(document.querySelector('.entry-where').textContent));
      await page.fill('[name=_waktu]', new Date(Date.now() + 7 * 3_600_000 - 60_000).toISOString().slice(0, 16)); // a minute ago in Jakarta
      await press(page, 'form.entry-form .btn-primary');
      assert.match(await page.textContent('#notices'), /Tersimpan\./);
      for (const [outpatients, count] of [[good, 1], [late, 1], [gone, 0]]) assert.equal(await countOf(page, pilar, outpatients), count, String(outpatients));
      await page.goto(`${pilar.url}/antrean`);
      await inState(page, 'sent', 1);
      await inState(page, 'refused', 0);
      assert.equal(await page.isHidden('.waiting'), true);
      await press(page, '[data-state=sent] a:text-is("Lihat catatan")');
      assert.match(await page.textContent('main'), new RegExp(new Intl.NumberFormat('id').format(good)));
    }));

test('when the session has ended nothing is lost, and signing in sends it', () =>
  withDevice(390, async ({ page, context }) => {
    await enter(page, pilar, 'sari');
    await prepare(page, pilar, kForm);
    await page.goto(`${pilar.url}/isi`);
    const ready = page.locator('[data-keep^="/isi/kebersihan-tangan?"]');
    await ready.click();
    await page.waitForFunction(() => /Siap tanpa jaringan/.test(document.querySelector('[data-keep^="/isi/kebersihan-tangan?"]').textContent));
    await context.setOffline(true);
    await page.goto(pilar.url + kTally);
    assert.equal(await page.locator('.press').count(), 2, 'a page that was only got ready opens');
    await page.goto(pilar.url + kForm);
    await fillVisits(page, 777001);
    await saveOffline(page, 1);
    await context.clearCookies();
    await context.setOffline(false);
    await page.waitForFunction(() => /1 isian menunggu\. Masuk lagi untuk mengirim/.test(document.querySelector('.waiting:not([hidden])')?.textContent ?? ''));
    await signIn(page, pilar, 'sari');
    await page.goto(`${pilar.url}/antrean`);
    await inState(page, 'sent', 1);
    assert.equal(await countOf(page, pilar, 777001), 1);
  }));

test('signing out takes the pages and the key along; what was not sent stays for its person alone', () =>
  withDevice(390, async ({ page, context }) => {
    await enter(page, pilar, 'sari');
    await prepare(page, pilar, kForm);
    await context.setOffline(true);
    await page.goto(pilar.url + kForm);
    await fillVisits(page, 777002);
    await saveOffline(page, 1);
    await page.evaluate(async () => {
      // As if its time had not come yet: signing out goes before sending.
      const database = await new Promise((resolve) => (indexedDB.open('pilar-antrean').onsuccess = (event) => resolve(event.target.result)));
      const entries = database.transaction('entries', 'readwrite').objectStore('entries');
      entries.getAll().onsuccess = (event) => event.target.result.forEach((entry) => entries.put({ ...entry, hold: Date.now() + 3_600_000 }));
      await new Promise((resolve) => (entries.transaction.oncomplete = resolve));
    });
    await context.setOffline(false);
    await page.goto(`${pilar.url}/akun`);
    await press(page, 'form[action="/keluar"] button');
    await until(page, async () => {
      const database = await new Promise((resolve) => (indexedDB.open('pilar-antrean').onsuccess = (event) => resolve(event.target.result)));
      const count = (store) => new Promise((resolve) => (database.transaction(store).objectStore(store).count().onsuccess = (event) => resolve(event.target.result)));
      return (await count('keys')) === 0 && (await count('entries')) === 1 && (await caches.keys()).length === 0;
    });
    await context.setOffline(true);
    await assert.rejects(page.goto(pilar.url + kForm), 'no page of the person is left');
    await context.setOffline(false);
    await signIn(page, pilar, 'kepala');
    await page.goto(`${pilar.url}/antrean`);
    await page.waitForFunction(() => /1 isian akun lain menunggu/.test(document.querySelector('main').textContent));
    assert.equal(await page.locator('[data-entry]').count(), 0);
    await page.goto(`${pilar.url}/akun`);
    await press(page, 'form[action="/keluar"] button');
    await signIn(page, pilar, 'sari');
    await page.goto(`${pilar.url}/antrean`);
    await page.getByText('Kirim sekarang').click();
    await inState(page, 'sent', 1);
    assert.equal(await countOf(page, pilar, 777002), 1);
  }));

for (const { width, pilar, on } of ways)
  test(`opportunities are counted with one thumb, undone and sent later at ${width} px on ${on}`, () =>
    withDevice(width, async ({ page, context, faults }) => {
      const said = (words) => page.waitForFunction((wanted) => document.querySelector('[data-count]').textContent.includes(wanted), words);
      const choose = (name, value) => page.check(`[name=${name}][value=${value}]`);
      await enter(page, pilar, 'sari');
      await prepare(page, pilar, kTally);
      await looksRight(page, faults, 'the tally');
      await page.selectOption('[name=_unit]', { index: 1 });
      await page.click('[name=_hasil][value=ya]');
      assert.match(await page.textContent('.question[data-item=saat]'), /Pilih satu jawaban/);
      await said('Belum ada peluang');
      await choose('profesi', 'perawat');
      await choose('tindakan', 'alkohol');
      await choose('saat', 'sebelum_pasien');
      await page.click('[name=_hasil][value=ya]');
      await said('1 dari 1 peluang dilakukan: 100,0%');
      await page.waitForFunction(() => !document.querySelector('[name=saat]:checked')); // the next opportunity is another one

      await context.setOffline(true);
      await page.reload();
      await said('1 dari 1 peluang dilakukan');
      await page.selectOption('[name=_unit]', { index: 1 });
      await choose('profesi', 'dokter');
      await choose('saat', 'sesudah_pasien');
      await page.click('[name=_hasil][value=tidak]');
      await said('1 dari 2 peluang dilakukan: 50,0%');
      assert.match(await page.textContent('[data-count]'), /Baru sedikit/);
      await choose('saat', 'sesudah_sekitar');
      await page.click('[name=_hasil][value=tidak]');
      await said('1 dari 3 peluang dilakukan: 33,3%');
      await page.click('[data-undo]');
      await said('1 dari 2 peluang dilakukan: 50,0%');
      await page.focus('[name=saat]');
      await page.keyboard.press('4');
      assert.equal(await page.locator('[name=saat]:checked').getAttribute('value'), 'sesudah_pasien');
      const buttons = await page.locator('.press').evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).map(({ height, bottom }) => ({ height, isSeen: bottom <= innerHeight })));
      assert.ok(buttons.every(({ height, isSeen }) => height >= 48 && isSeen), 'the two buttons are large and always in reach');
      assert.deepEqual(await accessibilityFaults(page), [], 'the tally without a network');
      await picture(page, `hitung-${width}`, false);

      await context.setOffline(false);
      await page.click('[data-end]');
      await page.waitForFunction(() => /Pengamatan selesai: 1 dari 2 peluang dilakukan/.test(document.querySelector('[data-draft-state]').textContent));
      await said('Belum ada peluang');
      await page.goto(`${pilar.url}/antrean`);
      await inState(page, 'sent', 2);
      assert.equal(await page.isHidden('.waiting'), true);
    }));
