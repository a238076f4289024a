// Paper in: a scanned decree is read, its reading can be cancelled, and the draft is looked at beside its pages.
import test from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startServer, newPage, signIn, checkPage, closeBrowser, desktop, phone, project } from './support.mjs';

const office = '/units/7571';

/** Every picture of the page that stands in an SVG has been drawn. */
async function picturesDrawn(page) {
    return page.evaluate(async () => {
        const addresses = [...document.querySelectorAll('.k-paper image')].map((image) => image.getAttribute('href'));
        const sizes = await Promise.all(addresses.map((address) => new Promise((done) => {
            const picture = new Image();
            picture.onload = () => done(picture.naturalWidth);
            picture.onerror = () => done(0);
            picture.src = address;
        })));
        return sizes.length > 0 && sizes.every((width) => width === 1200);
    });
}

async function upload(page, server) {
    await page.goto(`${server.url}${office}/imports`);
    await page.setInputFiles('#file', join(project, 'tests/fixtures/paper/scan.pdf'));
    await page.click('main form button[type=submit]');
    await page.waitForURL('**/imports/*');
}

test('a scanned decree comes in as paper', async (t) => {
    const server = await startServer({ today: '2026-06-15' });
    t.after(async () => { await closeBrowser(); await server.stop(); });
    const page = await newPage();
    await signIn(page, server, 'operator');

    await t.test('reading is followed, and can be cancelled', async () => {
        await upload(page, server);
        await page.waitForSelector('main progress');
        await checkPage(page, 'impor-membaca-1280');
        await page.getByRole('button', { name: 'Batalkan' }).click();
        await page.waitForURL(`**${office}/imports`);
        assert.equal(await page.locator('main .k-list').filter({ hasText: 'scan.pdf' }).count(), 0);
        await upload(page, server);
        await page.waitForSelector('#sumber', { timeout: 120000 });
    });

    await t.test('the page stands beside the draft and marks the doubtful cell', async () => {
        await page.locator('#low_confidence a.btn-link').click();
        await page.waitForSelector('#low_confidence li a[href*="row="]');
        await page.locator('#low_confidence li a[href*="row="]').first().press('Enter');
        await page.waitForURL(/row=\d+/);
        assert.ok(await picturesDrawn(page));
        assert.match(await page.locator('.k-paper figcaption').innerText(), /Halaman 2 dari 2[\s\S]*Terbaca ragu: \d+ %/);
        // both at one moment: the page may still be scrolling to the mark
        const [mark, picture] = await page.evaluate(() => ['.k-paper a rect.on', '.k-paper a svg']
            .map((each) => { const { x, y, width, height } = document.querySelector(each).getBoundingClientRect(); return { x, y, width, height }; }));
        assert.ok(mark.x > picture.x + picture.width * 0.25 && mark.x < picture.x + picture.width * 0.35, 'the fourth column');
        assert.ok(mark.y > picture.y + picture.height * 0.5 && mark.y < picture.y + picture.height * 0.65, 'the last row');
        await checkPage(page, 'impor-tinjau-kertas-1280');
        await page.setViewportSize(phone);
        await checkPage(page, 'impor-tinjau-kertas-360');
        await page.setViewportSize(desktop);
        const row = page.locator('#low_confidence li a[href*="/rows/"]').first();
        await row.click();
        await page.waitForSelector('#text');
        assert.ok(await picturesDrawn(page));
        await checkPage(page, 'impor-baris-kertas-1280');
    });
});
