// A request for public information, from the citizen's phone to the objection, over a holiday and a month.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPage, closeBrowser, newPage, phone, desktop, signIn, startServer } from './support.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kpuhub-ppid-'));
let server;
after(async () => { await closeBrowser(); await server?.stop(); rmSync(folder, { recursive: true, force: true }); });

/** The same office on another day. */
const onDay = async (today) => {
    await server?.stop();
    server = await startServer({ today, folder });
};
const office = '/public/units/7571';

test('a citizen files at 360 px, is asked back, gets a late answer, objects, and is counted', async () => {
    await onDay('2026-02-09');
    const citizen = await newPage({ viewport: phone });
    await citizen.goto(`${server.url}${office}`);
    await citizen.click('text=Minta informasi publik');
    assert.equal(await citizen.locator('script').count(), 0, 'the page has no script at all');
    await checkPage(citizen, 'ppid-formulir-360');
    await citizen.setViewportSize({ width: 320, height: 640 });
    await checkPage(citizen, 'ppid-formulir-320');
    await citizen.setViewportSize(phone);
    await citizen.fill('[name="f.information"]', 'Rekap daftar pemilih berkelanjutan triwulan IV 2025 per kecamatan');
    await citizen.click('text=Kirim permohonan');
    await citizen.waitForSelector('.k-errsum');
    await checkPage(citizen, 'ppid-formulir-salah-360');
    assert.match(await citizen.inputValue('[name="f.information"]'), /Rekap daftar pemilih/, 'what was typed stays');
    await citizen.fill('[name="f.aim"]', 'Penelitian skripsi');
    await citizen.check('input[name="f.obtaining"][value=copy]');
    await citizen.check('input[name="f.copy_form"][value=soft]');
    await citizen.check('input[name="f.applicant_kind"][value=person]');
    await citizen.fill('[name="f.name"]', 'Budi Santoso');
    await citizen.fill('[name="f.address"]', 'Jl. Contoh 1, Gorontalo');
    await citizen.fill('[name="f.email"]', 'budi@example.id');
    await citizen.click('text=Kirim permohonan');
    await citizen.waitForURL(/\/track/);
    const shape = /\d{3}\/PPID\/7571\/II\/2026/;         // requests of the demonstration came before
    const number = (await citizen.locator(`text=${shape}`).first().textContent()).match(shape)[0];
    await checkPage(citizen, 'ppid-terkirim-360');
    assert.match(citizen.url(), /\/track\?sent=1$/, 'the code stands in no address');
    const code = await citizen.textContent('.k-code b');
    await citizen.click('summary:has-text("Hari yang tidak dihitung")');
    await citizen.waitForSelector('text=Imlek');

    await onDay('2026-02-11');
    const officer = await newPage({ viewport: desktop });
    await signIn(officer, server, 'staf1');
    await officer.goto(`${server.url}/units/7571/registers/ppid_request`);
    await checkPage(officer, 'ppid-daftar-1280');
    await officer.click(`text=${number}`);
    await officer.waitForURL(/\/records\/\d+/);
    await checkPage(officer, 'ppid-catatan-1280');
    const record = new URL(officer.url()).pathname;
    await officer.click('.k-act >> text=Minta kelengkapan');
    await officer.fill('[name=reason]', 'Sebutkan kecamatan yang diminta');
    await officer.click('button[value=complete]');
    await officer.waitForSelector('text=Perlu kelengkapan');
    await checkPage(officer, 'ppid-jeda-1280');
    await officer.click('section >> text=Pemberitahuan tertulis');
    await officer.waitForURL(/\/clocks\//);
    await checkPage(officer, 'ppid-penjelasan-1280');

    await onDay('2026-02-13');
    await citizen.goto(`${server.url}/track`);
    await citizen.waitForSelector('text=Sebutkan kecamatan yang diminta');
    await checkPage(citizen, 'ppid-kelengkapan-360');
    await citizen.fill('[name="f.completion"]', 'Kota Timur dan Kota Selatan');
    await citizen.click('button:has-text("Kirim kelengkapan")');
    await citizen.waitForSelector('text=Diproses');

    await onDay('2026-03-05');
    await signIn(officer, server, 'staf1');
    await officer.goto(`${server.url}/units/7571/registers/ppid_request?late=1`);
    await officer.waitForSelector('text=Terlambat');
    await checkPage(officer, 'ppid-terlambat-1280');
    await officer.goto(`${server.url}${record}`);
    await officer.click('.k-act >> text="Penuhi"');
    await officer.fill('[name="f.notice_on"]', '2026-03-05');
    await officer.fill('[name="f.answer"]', 'Rekap terlampir; kami mohon maaf atas keterlambatan.');
    await officer.setInputFiles('[name="f.given"]', { name: 'rekap.pdf', mimeType: 'application/pdf', buffer: pdf() });
    await checkPage(officer, 'ppid-jawab-1280');
    await officer.click('button[value=complete]');
    await officer.waitForSelector('text=Dipenuhi');
    await checkPage(officer, 'ppid-dijawab-1280');

    await citizen.goto(`${server.url}/track`);
    await citizen.waitForSelector('text=terlambat');
    await citizen.waitForSelector('text=rekap.pdf');
    await checkPage(citizen, 'ppid-jawaban-360');
    await citizen.click('summary:has-text("Ajukan keberatan")');
    await citizen.selectOption('[name="f.objection_ground"]', 'g_late');
    await citizen.fill('[name="f.objection_case"]', 'Jawaban lewat batas waktu dan tidak lengkap');
    await citizen.click('button:has-text("Ajukan keberatan")');
    await citizen.waitForSelector('text=KB-7571-2026-001');
    await checkPage(citizen, 'ppid-keberatan-360');

    await onDay('2026-03-10');
    const superior = await newPage({ viewport: phone });
    await signIn(superior, server, 'sekretaris');
    await superior.goto(`${server.url}${record}`);
    await checkPage(superior, 'ppid-atasan-360');
    assert.equal(await superior.locator('text=Jl. Contoh 1').count(), 0, 'the address is for the PPID officer');
    await superior.click('.k-act >> text=Tanggapi keberatan');
    await superior.fill('[name="f.superior_answer"]', 'Keberatan diterima; rekap lengkap dikirim.');
    await superior.check('input[name="f.superior_decision"][value=accepted]');
    await superior.click('button[value=complete]');
    await superior.waitForSelector('text=Tanggapan keberatan');

    const later = await newPage({ viewport: phone });
    await later.goto(`${server.url}/track`);
    await checkPage(later, 'ppid-lacak-360');
    await later.fill('[name=code]', code.toLowerCase().replaceAll('-', ' '));
    await later.click('button:has-text("Lihat")');
    await later.waitForSelector('text=Keberatan diterima');
    await checkPage(later, 'ppid-tanggapan-360');

    await onDay('2026-03-11');
    await citizen.goto(`${server.url}${office}/registers/ppid_request?year=2026`);
    await citizen.waitForSelector('text=tidak ditampilkan');
    await checkPage(citizen, 'ppid-angka-360');
});

/** A PDF of one empty page. */
function pdf() {
    const parts = ['%PDF-1.4\n'];
    const at = [];
    const add = (text) => { at.push(parts.join('').length); parts.push(text); };
    add('1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n');
    add('2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n');
    add('3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n');
    const start = parts.join('').length;
    parts.push(`xref\n0 4\n0000000000 65535 f \n${at.map((n) => `${String(n).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
    return Buffer.from(parts.join(''));
}
