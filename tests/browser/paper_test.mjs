// Paper in, paper out: a scanned decree is read, looked at beside its pages, fixed, issued again and verified by the public.
import test from 'node:test';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startServer, newPage, signIn, checkPage, closeBrowser, desktop, phone, project } from './support.mjs';

const office = '/units/7571';
const year = 2027;

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

/** Presses the proposal of the first open group until none is left. */
async function settleAll(page) {
    const openGroups = 'article.k-fnd:not(.ok)';
    for (let decisions = 0; decisions < 15; decisions++) {
        const open = await page.locator(openGroups).count();
        if (open === 0) return;
        await page.locator(`${openGroups} form button[type=submit]`).first().click();
        await page.waitForFunction(([groups, before]) => document.querySelectorAll(groups).length < before, [openGroups, open]);
    }
    assert.fail('more than 15 decisions');
}

async function upload(page, server) {
    await page.goto(`${server.url}${office}/imports`);
    await page.setInputFiles('#file', join(project, 'tests/fixtures/paper/scan.pdf'));
    await page.click('main form button[type=submit]');
    await page.waitForURL('**/imports/*');
}

test('a scanned decree comes in as paper and goes out as paper', async (t) => {
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
        await page.waitForSelector('#sumber', { timeout: 60000 });
    });

    await t.test('the page stands beside the draft and marks the doubtful cell', async () => {
        await page.locator('#low_confidence a.btn-link').click();
        await page.waitForSelector('#low_confidence li a[href*="row="]');
        await page.locator('#low_confidence li a[href*="row="]').first().press('Enter');
        await page.waitForURL(/row=\d+/);
        assert.ok(await picturesDrawn(page));
        assert.match(await page.locator('.k-paper figcaption').innerText(), /Halaman 2 dari 2[\s\S]*Terbaca ragu: \d+ %/);
        const mark = await page.locator('.k-paper a rect.on').first().boundingBox();
        const picture = await page.locator('.k-paper a svg').boundingBox();
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
        await page.fill('#text', 'Mengunggah produk hukum baru ke JDIH dan media sosial kantor');
        await page.locator('form:has(#text) button').click();
        await page.waitForFunction(() => !document.querySelector('#text') || document.querySelector('#text').defaultValue.startsWith('Mengunggah'));
        await page.locator('a.btn', { hasText: 'Kembali' }).last().click();
        await page.waitForSelector('#sumber');
        assert.match(await page.locator('#low_confidence h3').innerText(), /^2 /, 'the doubt about this text is settled');
    });

    await t.test('it becomes a plan', async () => {
        await settleAll(page);
        await page.locator('.k-act a.btn-primary').click();
        await page.waitForSelector('#year');
        await page.fill('#year', String(year));
        await page.fill('#number', '9 TAHUN 2027');
        await page.fill('#date', '2027-01-11');
        await page.click('button[value=fix]');
        await page.waitForURL(`**/plans/${year}`);
    });

    await t.test('its decree is prepared, agreed, numbered', async () => {
        await page.goto(`${server.url}${office}/plans/${year}/decree`);
        await page.click('main form button[type=submit]');
        await page.waitForURL('**/papers/*');
        for (const [form, fields] of [['initials', {}], ['minutes', { minutes_number: '4/BA/2026' }], ['number', { place: 'Gorontalo' }]]) {
            const here = page.locator(`form[action$="/${form}"]`);
            for (const [name, value] of Object.entries(fields)) await here.locator(`[name=${name}]`).fill(value);
            await here.locator('button[type=submit]').click();
            await page.locator(`form[action$="/${form}"]`).waitFor({ state: 'detached' });
        }
        await page.waitForSelector('#berkas .k-list', { timeout: 60000 }).catch(async () => { await page.reload(); await page.waitForSelector('#berkas .k-list'); });
        await checkPage(page, 'keputusan-bernomor-1280');
    });

    await t.test('the public finds it by its code and compares the file', async () => {
        const link = page.locator('#berkas .k-list a').filter({ hasText: 'PDF' }).first();
        const file = await page.request.get(server.url + await link.getAttribute('href'));
        assert.equal(file.status(), 200);
        const bytes = await file.body();
        const verify = await page.locator('#berkas footer a').getAttribute('href');
        assert.match(verify, /\/verify\//);
        const stranger = await newPage({ viewport: phone, script: false });
        await stranger.goto(new URL(new URL(verify, server.url).pathname, server.url).href);
        assert.match(await stranger.locator('main').innerText(), /Keputusan[\s\S]*Gorontalo/);
        await stranger.getByRole('link', { name: 'Bandingkan' }).first().click();
        await stranger.setInputFiles('#file', { name: 'salinan.pdf', mimeType: 'application/pdf', buffer: bytes });
        await stranger.click('main form button[type=submit]');
        await stranger.waitForSelector('.alert-success');
        await checkPage(stranger, 'verifikasi-cocok-360');
        await stranger.getByRole('link', { name: 'Bandingkan' }).first().click();
        await stranger.setInputFiles('#file', { name: 'salinan.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([bytes, Buffer.from(' ')]) });
        await stranger.click('main form button[type=submit]');
        await stranger.waitForSelector('.alert-danger');
    });
});
