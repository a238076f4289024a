// A register from its list to a decision: a report is made on the phone by one person and checked by another.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { checkPage, closeBrowser, desktop, newPage, phone, signIn, startServer } from './support.mjs';

let server;
before(async () => { server = await startServer({ today: '2026-04-18' }); });
after(async () => { await closeBrowser(); await server.stop(); });

const registers = async (page) => {
    await page.goto(`${server.url}/registers`);
    return new URL(page.url()).pathname;
};

test('a visitor is written down on the phone, found, and noted as gone', async () => {
    const page = await newPage({ viewport: phone });
    await signIn(page, server, 'staf1');
    const base = await registers(page);
    await checkPage(page, 'register-daftar-360');
    await page.goto(`${server.url}${base}/visitor_book/new`);
    assert.equal(await page.isVisible('[name="f.need_other"]'), false, 'asked only for another need');
    await page.check('input[name="f.need"][value=other]');
    assert.equal(await page.isVisible('[name="f.need_other"]'), true);
    await page.fill('[name="f.visitor"]', 'Ahmad Dahlan');
    await page.click('button[value=complete]');
    await page.waitForSelector('.k-errsum');
    await checkPage(page, 'register-formulir-salah-360');
    assert.equal(await page.inputValue('[name="f.visitor"]'), 'Ahmad Dahlan', 'what was typed stays');
    await page.fill('[name="f.need_other"]', 'Magang');
    await page.fill('[name="f.arrived_at"]', '2026-04-18T09:30');
    await page.click('button[value=complete]');
    await page.waitForSelector('text=T-');
    await checkPage(page, 'register-catatan-360');
    await page.goto(`${server.url}${base}/visitor_book?q=dahlan`);
    await page.waitForSelector('text=Ahmad Dahlan');
    await checkPage(page, 'register-isi-360');
});

test('a gratification report is read and decided by the officer only', async () => {
    const maker = await newPage({ viewport: desktop });
    await signIn(maker, server, 'staf1');
    const base = await registers(maker);
    await maker.goto(`${server.url}${base}/gratification_report/new`);
    await checkPage(maker, 'register-formulir-1280');
    await maker.fill('[name="f.received_on"]', '2026-03-13');
    await maker.check('input[name="f.report_kind"][value=received]');
    await maker.selectOption('[name="f.form"]', 'goods');
    await maker.fill('[name="f.description"]', 'Parsel makanan');
    await maker.fill('[name="f.estimate"]', 'Rp 450.000');
    await maker.fill('[name="f.giver"]', 'CV Contoh');
    await maker.check('input[name="f.giver_relation"][value=supplier]');
    await maker.fill('[name="f.chronology"]', 'Diantar ke kantor');
    await maker.click('button[value=complete]');
    await maker.waitForURL(/\/records\/\d+/);
    await checkPage(maker, 'register-catatan-1280');
    const record = new URL(maker.url()).pathname;

    const officer = await newPage({ viewport: desktop });
    await signIn(officer, server, 'staf2');
    await officer.goto(`${server.url}${base}/gratification_report`);
    await checkPage(officer, 'register-isi-1280');
    await officer.goto(`${server.url}${record}`);
    await officer.click('.k-act >> text=Verifikasi');
    await officer.fill('[name="f.completeness"]', 'Lengkap');
    await officer.click('button[value=complete]');
    await officer.waitForSelector('text=Terverifikasi');

    const other = await newPage({ viewport: phone });
    await signIn(other, server, 'staf3');
    assert.equal((await other.goto(`${server.url}${record}`)).status(), 404);
    assert.equal((await other.goto(`${server.url}${base}/gratification_report?f.giver=CV`)).status(), 422);
});
