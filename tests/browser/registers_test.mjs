// Registers with pages of their own: relations of policies as a map, the public documents and their feed, the risk map, the control card.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { checkPage, closeBrowser, desktop, newPage, phone, signIn, startServer } from './support.mjs';

let server;
before(async () => { server = await startServer({ today: '2026-04-18' }); });
after(async () => { await closeBrowser(); await server.stop(); });

const office = '/units/7571/registers';

test('a policy shows its links, and the map leads from one document to the next by keyboard', async () => {
    const page = await newPage({ viewport: desktop });
    await signIn(page, server, 'staf2');
    await page.goto(`${server.url}${office}/regulation`);
    await checkPage(page, 'peraturan-daftar-1280');
    await page.goto(`${server.url}${office}/regulation/map`);
    await checkPage(page, 'peta-kantor-1280');
    assert.ok(await page.locator('.k-map a').count() >= 4, 'nodes are links');
    await page.click('.k-map a:has-text("KPT 3/2026")');
    await page.waitForURL(/\/records\/\d+$/);
    await checkPage(page, 'peraturan-catatan-1280');
    assert.ok(await page.isVisible('text=dilaksanakan dengan'), 'the other end says the inverse');
    await page.click('a:has-text("Peta keterkaitan")');
    await page.waitForURL(/\/relations$/);
    await checkPage(page, 'peta-dokumen-1280');
    const node = page.locator('.k-map a').first();
    await node.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/records\/\d+$/);
});

test('the map reads as a list on a phone, and every page fits', async () => {
    const page = await newPage({ viewport: phone });
    await signIn(page, server, 'staf2');
    for (const [path, name] of [['regulation', 'peraturan-daftar-360'], ['regulation/map', 'peta-kantor-360'], ['risk', 'risiko-daftar-360'], ['risk/matrix', 'peta-risiko-360'],
        ['risk_control/card?month=2026-03', 'kartu-kendali-360'], ['regulation/new', 'peraturan-formulir-360'], ['conflict_case', 'konflik-daftar-360']]) {
        await page.goto(`${server.url}${office}/${path}`);
        await checkPage(page, name);
    }
    await page.goto(`${server.url}${office}/regulation/map`);
    assert.ok(await page.isVisible('td[data-l="Dokumen"]'), 'the list says what the picture says');
});

test('the public finds a document without script, and the feed is what JDIHN fetches', async () => {
    for (const [viewport, size] of [[desktop, 1280], [phone, 360]]) {
        const page = await newPage({ viewport });
        const answer = await page.goto(`${server.url}/public/units/7571/jdih`);
        assert.ok(Number((await answer.body()).length) < 30_000);
        await checkPage(page, `jdih-daftar-${size}`);
        await page.fill('#q', 'standar pelayanan');
        await page.click('button:has-text("Cari")');
        await page.click('a:has-text("KPT 3/2026")');
        await page.waitForSelector('h1:has-text("KPT 3/2026")');
        await checkPage(page, `jdih-dokumen-${size}`);
        assert.equal(await page.isVisible('text=Analisis'), false, 'the review is not for the public');
    }
    const plain = await newPage({ viewport: { width: 320, height: 640 }, script: false });
    await plain.goto(`${server.url}/public/units/7571/jdih?q=standar+pelayanan`);
    await plain.click('a:has-text("KPT 3/2026")');
    await plain.locator('h1:has-text("KPT 3/2026")').waitFor();
    const feed = await fetch(`${server.url}/public/units/7571/jdih/feed.json`);
    const documents = await feed.json();
    assert.equal(documents.length, 5);
    assert.ok(documents.every((each) => Object.values(each).every((value) => typeof value === 'string')));
    const again = await fetch(`${server.url}/public/units/7571/jdih/feed.json`, { headers: { 'if-none-match': feed.headers.get('etag') } });
    assert.equal(again.status, 304);
});

test('the risk map opens the list of a cell', async () => {
    const page = await newPage({ viewport: desktop });
    await signIn(page, server, 'staf2');
    await page.goto(`${server.url}${office}/risk/matrix`);
    await checkPage(page, 'peta-risiko-1280');
    await page.emulateMedia({ media: 'print' });
    await checkPage(page, 'peta-risiko-cetak');
    await page.emulateMedia({ media: 'screen' });
    await page.click('.k-risk td a >> nth=0');
    await page.waitForURL(/f\.inherent_likelihood=/);
    assert.equal(await page.locator('tbody tr').count(), 1);
    await page.click('tbody a >> nth=0');
    await checkPage(page, 'risiko-catatan-1280');
});

test('a control is filled in on the card of the month, and the card says what is missing', async () => {
    const page = await newPage({ viewport: phone });
    await signIn(page, server, 'staf3');
    await page.goto(`${server.url}${office}/risk_control/card?month=2026-03`);
    assert.ok(await page.isVisible('text=1 dari 3 kendali sudah diisi'));
    await page.click('summary:has-text("Isi bulan ini")');
    await page.check('input[value=done]');
    await checkPage(page, 'kartu-kendali-isi-360');
    await page.click('button:has-text("Simpan isian")');
    await page.waitForSelector('text=2 dari 3 kendali sudah diisi');
    const paper = await newPage({ viewport: desktop });
    await signIn(paper, server, 'staf2');
    await paper.goto(`${server.url}${office}/risk_control/card?month=2026-02`);
    await checkPage(paper, 'kartu-kendali-1280');
    await paper.emulateMedia({ media: 'print' });
    assert.ok(await paper.isVisible('.k-sign >> text=Ketua'), 'places for signatures');
    await checkPage(paper, 'kartu-kendali-cetak');
});

test('a conflict case is seen by its maker, the superior and the officer only', async () => {
    const superior = await newPage({ viewport: desktop });
    await signIn(superior, server, 'kasubbag.keuangan');
    await superior.goto(`${server.url}${office}/conflict_case`);
    await superior.click('tbody a >> nth=0');
    await superior.waitForURL(/\/records\/\d+$/);
    await checkPage(superior, 'konflik-catatan-1280');
    const record = new URL(superior.url()).pathname;
    const other = await newPage({ viewport: phone });
    await signIn(other, server, 'kasubbag.hukum');
    assert.equal((await other.goto(`${server.url}${record}`)).status(), 404);
});
