// A province orders the decrees of its offices: the running order is followed, stopped, and taken up again.
import test from 'node:test';
import assert from 'node:assert/strict';
import { checkPage, closeBrowser, desktop, json, newPage, phone, signIn, startServer } from './support.mjs';

const address = '/units/75/decrees?year=2027';
const offices = [['operator', '7571'], ['operator.boalemo', '7502']];

test('the decrees of all offices below are ordered at once', async (t) => {
    const server = await startServer({ today: '2026-06-15' });
    t.after(async () => { await closeBrowser(); await server.stop(); });
    const page = await newPage();
    await t.test('each office takes its plan into the next year', async () => {
        for (const [person, unit] of offices) {
            const own = await newPage();
            await signIn(own, server, person);
            await own.goto(`${server.url}/units/${unit}/plans/2026/closing`);
            await Promise.all([own.waitForURL(/plans\/2027/), own.click('#next button')]);
            await own.context().close();
        }
    });

    await signIn(page, server, 'sekretaris.provinsi');
    await t.test('the offices without a decree stand in a list', async () => {
        await page.goto(`${server.url}${address}`);
        assert.equal((await json(page, address)).open, offices.length);
        await checkPage(page, 'surat-keputusan-massal-1280');
    });

    await t.test('what runs is shown with its progress and can be stopped', async () => {
        await page.locator('main form.k-form button[type=submit]').click();
        await page.waitForSelector('main progress');
        await checkPage(page, 'surat-keputusan-massal-berjalan-1280');
        await page.setViewportSize(phone);
        await checkPage(page, 'surat-keputusan-massal-berjalan-360');
        await page.setViewportSize(desktop);
        await page.locator('form[action*="/decrees/stop"] button').click();
        await page.waitForSelector('.alert-warning');
        await checkPage(page, 'surat-keputusan-massal-berhenti-1280');
    });

    await t.test('it goes on with those that are left, and each office has one number', async () => {
        await page.locator('main form.k-form button[type=submit]').click();
        let stand = {};
        for (let tries = 0; tries < 120; tries++) {
            stand = await json(page, address);
            if (!stand.running && stand.open === 0 && stand.written === stand.issued) break;
            await new Promise((done) => setTimeout(done, 500));
        }
        assert.deepEqual([stand.open, stand.issued, stand.written], [0, offices.length, offices.length]);
        await page.goto(`${server.url}${address}`);
        await page.waitForSelector('main .k-empty');
        await checkPage(page, 'surat-keputusan-massal-selesai-1280');
    });
});
