// Long lists of a register of personal data: a shared view, the recap of offices, who read, and what becomes of records past their retention.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPage, closeBrowser, desktop, newPage, phone, signIn, startServer } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kpuhub-lists-'));
const office = '/units/7571';
const book = `${office}/registers/visitor_book`;
let server;
before(async () => { server = await startServer({ today: '2026-04-18', folder }); });
after(async () => { await closeBrowser(); await server.stop(); rmSync(folder, { recursive: true, force: true }); });

/** Both widths of an address. */
async function look(page, path, name) {
    for (const [view, size] of [[desktop, 1280], [phone, 360]]) {
        await page.setViewportSize(view);
        await page.goto(server.url + path);
        await checkPage(page, `${name}-${size}`);
    }
}

async function as(user) {
    const page = await newPage({ viewport: desktop });
    await signIn(page, server, user);
    return page;
}

test('a view is shared, opened by a colleague, and the record that he reads is noted', async () => {
    const secretary = await as('operator');
    await secretary.goto(`${server.url}${office}/registers`);
    if (await secretary.locator('a[href$="/visitor_book"]').count() === 0) {
        await secretary.locator('li', { hasText: 'Buku tamu' }).locator('button[value=on]').click();
        await secretary.waitForSelector('a[href$="/visitor_book"]');
    }
    const maker = await as('staf1');
    await maker.goto(`${server.url}${book}/new`);
    await maker.fill('[name="f.visitor"]', 'Ibu Salmah');
    await maker.check('input[name="f.need"][value=service]');
    await maker.fill('[name="f.arrived_at"]', '2026-04-18T09:30');
    await Promise.all([maker.waitForURL(/\/records\/\d+/), maker.locator('main form.k-form button[type=submit], main form.k-form .btn-primary').first().click()]);
    const record = new URL(maker.url()).pathname;
    await maker.goto(`${server.url}${book}?f.need=service`);
    await maker.locator('summary:has-text("Saringan tersimpan")').click();
    await maker.fill('#name', 'Hanya layanan');
    await maker.check('input[name=share]');
    await maker.click('button:has-text("Simpan saringan")');
    await maker.waitForSelector('a:has-text("Hanya layanan")', { state: 'attached' });

    const colleague = await as('staf2');
    await look(colleague, book, 'daftar-bersama');
    await colleague.setViewportSize(desktop);
    await colleague.locator('a:has-text("Hanya layanan")').click();
    await colleague.waitForURL(/f\.need=service/);
    assert.equal(await colleague.locator('form[action*="/views/"]').count(), 0, 'a view of somebody else is not his to take away');
    await colleague.goto(server.url + record);
    const csv = await colleague.request.get(`${server.url}${book}/export?format=csv`);
    const lines = (await csv.text()).trim().split('\r\n');
    const rows = lines.length - 1;
    assert.equal(csv.headers()['x-row-count'], String(rows));
    assert.equal(lines.filter((line) => line.includes('Ibu Salmah')).length, 1);

    await look(secretary, `${record}/reads`, 'riwayat-baca');
    assert.ok(await secretary.isVisible('text=Moh. Taufik Ishak'));
    assert.ok(await secretary.isVisible('text=Membuka catatan'));
    await look(secretary, `${office}/reads`, 'riwayat-kantor');
    assert.ok(await secretary.isVisible(`text=Mengunduh ${rows} catatan`));
});

test('the province sees the register by office, rounded', async () => {
    const province = await as('sekretaris.provinsi');
    await look(province, '/units/75/registers/visitor_book/recap', 'rekap');
    assert.ok(await province.isVisible('text=dibulatkan'));
    assert.ok(await province.isVisible('text=KPU Kota Gorontalo'));
});

test('a year later the record is past its retention, and goes only when two persons want it', async () => {
    const officer = await as('staf5');
    await look(officer, `${office}/retention`, 'masa-simpan-kosong');
    assert.ok(await officer.isVisible('text=Tidak ada catatan yang lewat masa simpan'));
    await server.stop();
    server = await startServer({ today: '2027-06-01', folder });

    const later = await as('staf5');
    await look(later, `${office}/retention`, 'masa-simpan');
    await later.click('a:has-text("Buku tamu")');
    await later.waitForURL(/visitor_book\/2026$/);
    await checkPage(later, 'masa-simpan-kelompok-360');
    await later.check('input[value=destroy]');
    await later.fill('#reason', 'Berita acara penilaian arsip 4/2027');
    await later.click('button:has-text("Catat keputusan")');
    await later.waitForSelector('text=Menunggu persetujuan');
    assert.equal(await later.locator('button:has-text("Setujui")').count(), 0, 'nobody approves his own');

    const leader = await as('sekretaris');
    await look(leader, `${office}/retention`, 'masa-simpan-pimpinan');
    await leader.click('button:has-text("Setujui pemusnahan")');
    for (let tries = 0; tries < 40; tries++) {
        await leader.goto(`${server.url}${office}/retention`);
        if (await leader.isVisible('text=/[1-9]\\d* musnah; 0 ditinggal/')) break;
        await new Promise((done) => setTimeout(done, 250));
    }
    assert.ok(await leader.isVisible('text=/[1-9]\\d* musnah; 0 ditinggal/'));
    await checkPage(leader, 'masa-simpan-musnah-360');
});
