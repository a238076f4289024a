// The end of a plan's year on a 360 px screen: next year's plan from what is unfinished, rows moved by the keyboard, the old
// plan closed and opened again.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, newPage, signIn, checkPage, closeBrowser, phone } from './support.mjs';

test('the end of a year', async (t) => {
    const server = await startServer({ today: '2026-12-15' });
    t.after(async () => { await closeBrowser(); await server.stop(); });
    const page = await newPage({ viewport: phone });
    await signIn(page, server, 'operator');

    await t.test('unfinished rows go into the plan of next year', async () => {
        await page.goto(`${server.url}/units/7571/plans/2026/closing`);
        await checkPage(page, 'tutup-rencana-360');
        await page.check('input[value^="unfinished:"]');
        await Promise.all([page.waitForURL(/plans\/2027/), page.click('#next button')]);
        await page.goto(`${server.url}/units/7571/plans/2027?open=1.2.3.4.5.6.7.8&m=12`);
        assert.ok(await page.getByText('Dibawa dari tahun lalu').count() > 0);
        await checkPage(page, 'papan-2027-360');
    });
    await t.test('a row moves down and up by the keyboard, which stays at it', async () => {
        await page.goto(`${server.url}/units/7571/plans/2027/rows`);
        await checkPage(page, 'baris-360');
        const texts = () => page.locator('.k-l2 .k-editrow > :first-child').allInnerTexts();
        const before = await texts();
        await page.locator('.k-l2 button[value^="down:"]').first().focus();
        await Promise.all([page.waitForURL(/moved=/), page.keyboard.press('Enter')]);
        const moved = await texts();
        assert.deepEqual([moved[0], moved[1]], [before[1], before[0]]);
        assert.match(await page.evaluate(() => document.activeElement.value), /^down:/);
        await page.keyboard.press('Shift+Tab');
        await Promise.all([page.waitForURL(/by=up/), page.keyboard.press('Enter')]);
        assert.deepEqual(await texts(), before);
    });
    await t.test('a closed plan is read, and opened again with a reason', async () => {
        await page.goto(`${server.url}/units/7571/plans/2026/closing`);
        await Promise.all([page.waitForURL(/done=closed/), page.getByRole('button', { name: 'Tutup rencana' }).click()]);
        await checkPage(page, 'rencana-ditutup-360');
        await page.fill('#reason', 'Laporan triwulan IV menyusul');
        await Promise.all([page.waitForURL(/plans\/2026$/), page.getByRole('button', { name: 'Buka kembali' }).click()]);
    });
    await page.context().close();
});
