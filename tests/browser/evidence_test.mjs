// Sending proofs from a phone: pieces that survive a broken line, the note that stays, and the same without script.
import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { checkPage, closeBrowser, newPage, phone, signIn, startServer } from './support.mjs';

let server;
before(async () => { server = await startServer(); });
after(async () => { await closeBrowser(); await server.stop(); });

/** A photo of the size, full of noise so that it stays large, made by the browser itself. */
async function photo(page, side) {
    const bytes = await page.evaluate(async (length) => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = length;
        const context = canvas.getContext('2d');
        const picture = context.createImageData(length, length);
        for (let i = 0; i < picture.data.length; i++) picture.data[i] = i % 4 === 3 ? 255 : Math.random() * 255;
        context.putImageData(picture, 0, 0);
        const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.9));
        return [...new Uint8Array(await blob.arrayBuffer())];
    }, side);
    const path = join(mkdtempSync(join(tmpdir(), 'kpuhub-photo-')), 'sosialisasi.jpg');
    writeFileSync(path, Buffer.from(bytes));
    return { path, bytes: bytes.length };
}

test('a photo over a bad line goes on where it stopped, and its note is not lost', async () => {
    const page = await newPage({ viewport: phone });
    await signIn(page, server, 'staf1');
    await page.goto(`${server.url}/evidence/new?kind=camera`);
    await checkPage(page, 'bukti-kirim-360');
    const chosen = await photo(page, 1100);
    assert.ok(chosen.bytes > 600_000);
    await page.fill('#title', 'Sosialisasi di pasar');
    let pieces = 0;
    let broken = true;
    await page.route('**/pieces?*', (route) => (++pieces > 2 && broken ? route.abort() : route.continue()));
    await page.setInputFiles('#file', chosen.path);
    await page.getByText('Sambungan terputus').waitFor({ timeout: 30_000 });
    page.faults.length = 0;     // the broken line itself is written to the console
    await page.reload();
    assert.equal(await page.inputValue('#title'), 'Sosialisasi di pasar');
    broken = false;
    const before = pieces;
    await page.setInputFiles('#file', chosen.path);
    await page.getByText('sudah tersimpan di server').waitFor();
    assert.ok(pieces - before < Math.ceil(chosen.bytes / 262144), 'what had arrived was not sent again');
    await page.click('.k-formact .btn-primary');
    await page.getByText('1 bukti tersimpan.').waitFor();
    await page.getByRole('link', { name: 'Sosialisasi di pasar' }).waitFor();
    page.faults.length = 0;
    await checkPage(page, 'kotak-bukti-360');
    await page.click('text=Sosialisasi di pasar');
    await page.locator('img.k-preview').waitFor();
    assert.ok(await page.evaluate(() => document.querySelector('img.k-preview').naturalWidth > 0));
    await checkPage(page, 'bukti-360');
});

test('a large photo is made smaller first, unless the original size is asked for', async () => {
    const page = await newPage({ viewport: phone });
    await signIn(page, server, 'staf2');
    await page.goto(`${server.url}/evidence/new?kind=camera`);
    const chosen = await photo(page, 1800);
    assert.ok(chosen.bytes > 2_000_000);
    await page.setInputFiles('#file', chosen.path);
    await page.getByText('diperkecil dari').waitFor({ timeout: 60_000 });
    await page.click('.k-formact .btn-primary');
    await page.getByText('1 bukti tersimpan.').waitFor({ timeout: 60_000 });
    assert.deepEqual(page.faults, []);
});

test('without script a file and a link are sent by the plain form', async () => {
    const page = await newPage({ viewport: phone, script: false });
    await signIn(page, server, 'staf3');
    await page.goto(`${server.url}/evidence/new?kind=file`);
    await page.setInputFiles('#file', { name: 'notulen.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF') });
    await page.click('.k-formact .btn-primary');
    await page.getByText('notulen.pdf').waitFor();
    await page.goto(`${server.url}/evidence/new?kind=link`);
    await page.fill('#address', 'javascript:alert(1)');
    await page.click('.k-formact .btn-primary');
    await page.getByText('Alamat harus diawali').first().waitFor();
    await page.fill('#address', 'jdih.kpu.go.id');
    await page.click('.k-formact .btn-primary');
    await page.getByRole('link', { name: 'jdih.kpu.go.id' }).waitFor();
});

test('the forms of a link and of a reference hold on a phone', async () => {
    const page = await newPage({ viewport: phone });
    await signIn(page, server, 'staf1');
    for (const kind of ['link', 'reference', 'file']) {
        await page.goto(`${server.url}/evidence/new?kind=${kind}`);
        await checkPage(page, `bukti-kirim-${kind}-360`);
    }
});
