// The operator's job end to end: a decree goes in, its findings are settled by groups, the plan is fixed, the board stands.
import test from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startServer, newPage, signIn, checkPage, closeBrowser, settleAll, desktop, phone, project } from './support.mjs';

const office = '/units/7571';

test('a decree becomes a plan', async (t) => {
    const server = await startServer({ today: '2026-06-15' });
    t.after(async () => { await closeBrowser(); await server.stop(); });
    const page = await newPage();
    await signIn(page, server, 'operator');

    await t.test('upload, progress, review', async () => {
        await page.goto(`${server.url}${office}/imports`);
        await checkPage(page, 'impor-unggah-1280');
        await page.setInputFiles('#file', join(project, 'definitions/samples/kota.txt'));
        await page.click('main form button[type=submit]');
        await page.waitForSelector('#sumber', { timeout: 30000 });
        await checkPage(page, 'impor-tinjau-1280');
        await page.setViewportSize(phone);
        await checkPage(page, 'impor-tinjau-360');
        await page.setViewportSize(desktop);
    });

    await t.test('a decision can be taken back', async () => {
        const open = await page.locator('article.k-fnd:not(.ok)').count();
        await page.locator('article.k-fnd:not(.ok) form button[type=submit]').first().click();
        await page.waitForSelector('article.k-fnd.ok form button');
        await page.locator('article.k-fnd.ok form button').first().click();
        await page.waitForFunction((n) => document.querySelectorAll('article.k-fnd:not(.ok)').length === n, open);
    });

    await t.test('a row is edited in place', async () => {
        const review = page.url();
        await page.locator('#rancangan li a').first().click();
        await page.waitForSelector('#rancangan li.l3 a');
        await page.locator('#rancangan li.l3 a').first().click();
        await page.waitForSelector('#text');
        await checkPage(page, 'impor-baris-1280');
        await page.goto(review);
    });

    await t.test('at most 15 decisions, then the plan is fixed and stands on its board', async () => {
        const decisions = await settleAll(page);
        assert.ok(decisions <= 15, `${decisions} decisions`);
        await page.locator('.k-act a.btn-primary').click();
        await page.waitForSelector('#year');
        await checkPage(page, 'impor-tetapkan-1280');
        await page.fill('#year', '2027');
        await page.fill('#number', '9 TAHUN 2027');
        await page.fill('#date', '2027-01-11');
        await page.click('button[value=fix]');
        await page.waitForURL('**/plans/2027');
        assert.match(await page.locator('h1').innerText(), /2027/);
    });

    await t.test('a file that is no decree is told so and writes nothing', async () => {
        await page.goto(`${server.url}${office}/imports`);
        await page.setInputFiles('#file', { name: 'surat.txt', mimeType: 'text/plain', buffer: Buffer.from('Selamat pagi.\n') });
        await page.click('main form button[type=submit]');
        await page.waitForSelector('.alert-danger', { timeout: 30000 });
        await checkPage(page, 'impor-gagal-1280');
    });
});
