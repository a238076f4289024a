// The whole way in one: a scanned decree comes in, its findings are settled, the plan is fixed, the decree is issued and signed, the QR
// code on its paper leads to the public page, the signed paper goes up with the package of the quarter, and the receipt proves the row.
import test from 'node:test';
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, newPage, signIn, checkPage, closeBrowser, desktop, phone, project } from './support.mjs';

const office = '/units/7571';

async function look(page, name) {
    for (const [width, viewport] of [['1280', desktop], ['360', phone]]) {
        await page.setViewportSize(viewport);
        await checkPage(page, `${name}-${width}`);
    }
    await page.setViewportSize(desktop);
}

/** Takes the proposal of each open group. */
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

/** Loads the page again until what it waits for stands there. */
async function untilThere(page, selector) {
    for (let tries = 0; tries < 120; tries++) {
        if (await page.locator(selector).count()) return;
        await new Promise((done) => setTimeout(done, 500));
        await page.goto(page.url());
    }
    assert.fail(`${selector} never came on ${page.url()}`);
}

async function press(page, label) {
    await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST'), page.getByRole('button', { name: label, exact: true }).click()]);
    await page.waitForLoadState('load');
}

/** The printed pages as a scanner gives them. */
function scanned(pdf, folder) {
    execFileSync('pdftoppm', ['-r', '150', '-png', '-gray', pdf, join(folder, 'halaman')]);
    return readdirSync(folder).filter((name) => name.startsWith('halaman')).sort().map((name) => join(folder, name));
}

/** What the QR codes of the pictures say. */
function codesIn(pictures) {
    return pictures.flatMap((picture) => {
        try {
            return execFileSync('zbarimg', ['--raw', '--nodbus', '-q', picture], { encoding: 'utf8' }).trim().split('\n');
        } catch {
            return [];      // zbarimg ends with 4 where there is none
        }
    });
}

test('a decree comes in on paper and goes out on paper', { timeout: 600000 }, async (t) => {
    const server = await startServer({ today: '2026-07-03' });
    const folder = mkdtempSync(join(tmpdir(), 'kpuhub-paper-'));
    t.after(async () => { await closeBrowser(); await server.stop(); rmSync(folder, { recursive: true, force: true }); });
    const operator = await newPage();
    await signIn(operator, server, 'operator');
    const guest = await newPage();
    let paper;          // address of the paper
    let verification;   // address inside the QR code
    let pictures;       // of the printed decree
    let copy;           // SHA-256 of the certified copy

    await t.test('the scan is read, its findings are settled and the plan is fixed', async () => {
        await operator.goto(`${server.url}${office}/imports`);
        await operator.setInputFiles('#file', join(project, 'tests/fixtures/paper/scan.pdf'));
        await operator.click('main form button[type=submit]');
        await operator.waitForURL('**/imports/*');
        await operator.waitForSelector('main progress');
        await operator.waitForSelector('#sumber', { timeout: 180000 });
        await settleAll(operator);
        await operator.locator('.k-act a.btn-primary').click();
        await operator.waitForSelector('#year');
        await operator.fill('#year', '2027');
        await operator.fill('#number', '9 TAHUN 2027');
        await operator.fill('#date', '2026-07-01');
        await operator.click('button[value=fix]');
        await operator.waitForURL('**/plans/2027');
    });

    await t.test('the decree is written, initialled, agreed by the plenary, and numbered', async () => {
        await operator.goto(`${server.url}${office}/plans/2027/decree`);
        await operator.click('main form button[type=submit]');
        await operator.waitForURL(/\/papers\/\d+$/);
        paper = operator.url();
        await look(operator, 'naskah-konsep');
        const secretary = await newPage();
        await signIn(secretary, server, 'sekretaris');
        await secretary.goto(paper);
        await press(secretary, 'Paraf');
        await operator.goto(paper);
        await operator.getByText('Karmila Otoluwa').first().waitFor();
        await operator.fill('#minutes_number', '12/PK.01-BA/7571/2026');
        await operator.fill('#minutes_on', '2026-07-02');
        await operator.locator('form[action$="/minutes"] button').click();
        await operator.waitForSelector('#dated_on');
        await operator.fill('#dated_on', '2026-07-03');
        await operator.fill('#place', 'Gorontalo');
        await operator.locator('form[action$="/number"] button').click();
        await untilThere(operator, 'a[href$="/files/final.pdf"]');
        await look(operator, 'naskah-bernomor');
    });

    await t.test('the QR code on the paper leads to the page that verifies it', async () => {
        const pdf = join(folder, 'keputusan.pdf');
        writeFileSync(pdf, await (await operator.context().request.get(`${paper}/files/final.pdf`)).body());
        const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
        assert.match(text, /12\/PK\.01-BA\/7571\/2026/, 'the berita acara stands on the paper');
        assert.match(text, /3 Juli 2026/);
        pictures = scanned(pdf, folder);
        const codes = codesIn(pictures);
        assert.equal(codes.length, 1, `one QR code, found ${codes}`);
        [verification] = codes;
        assert.match(verification, new RegExp(`^${server.url}/verify/[0-9A-Z]{12}$`));
        await guest.goto(verification);
        await guest.getByText('Belum ditandatangani').first().waitFor();
        await look(guest, 'periksa-belum-ditandatangani');
        await guest.goto(`${verification}/file`);
        await guest.setInputFiles('input[type=file]', pdf);
        await guest.click('main form [type=submit]');
        await guest.getByText('sama dengan yang diterbitkan').first().waitFor();
    });

    await t.test('the scan of the signed paper makes it valid', async () => {
        await operator.goto(paper);
        await operator.setInputFiles('#file', pictures[0]);
        await operator.locator('form[action$="/original"] button').click();
        await untilThere(operator, 'a[href$="/files/copy.pdf"]');
        await guest.goto(verification);
        await guest.getByText('Berlaku').first().waitFor();
        await look(guest, 'periksa-berlaku');
        copy = await operator.locator('li:has(a[href$="/files/copy.pdf"]) .k-hash').innerText();
        copy = copy.match(/[0-9a-f]{64}/)[0];
        assert.ok((await guest.locator('main').innerText()).includes(copy), 'the public page names the copy');
    });

    let packet;
    let row;
    await t.test('the package of the quarter takes the signed paper along', async () => {
        await operator.goto(`${server.url}${office}/packages`);
        await Promise.all([operator.waitForURL(/\/packages\/\d+$/), operator.click('form:has(#period) [type=submit]')]);
        packet = operator.url();
        await operator.locator('input[name=paper]').first().check();
        row = await operator.locator('input[name=row]').first().getAttribute('value');
        await operator.locator('input[name=row]').first().check();
        await Promise.all([operator.waitForResponse((answer) => answer.request().method() === 'POST'), operator.click('#isi form[method=post] [type=submit]')]);
        await operator.goto(packet);
        assert.equal(await operator.locator('input[name=paper]').first().isChecked(), true);
        await Promise.all([operator.waitForResponse((answer) => answer.request().method() === 'POST'), operator.click('#kirim [type=submit]')]);
        await untilThere(operator, 'a[href$="/archive"]');
        assert.ok((await operator.locator('main').innerText()).includes(copy), 'the very bytes of the copy are in the package');
        const archive = join(folder, 'paket.zip');
        writeFileSync(archive, await (await operator.context().request.get(await operator.locator('a[href$="/archive"]').evaluate((link) => link.href))).body());
        const parts = execFileSync('python3', ['-m', 'zipfile', '-l', archive], { encoding: 'utf8' });
        assert.match(parts, /01 Naskah\/01 .*\.pdf/);
        assert.match(parts, /00 Daftar isi\.pdf/);
        assert.match(parts, /manifest\.json/);
    });

    await t.test('the province receives it, and the receipt with its number proves the row', async () => {
        const province = await newPage();
        await signIn(province, server, 'provinsi');
        await province.goto(`${server.url}/units/75/packages`);
        await province.click('#masuk .k-list a');
        await press(province, 'Terima dan beri tanda terima');
        await province.getByRole('button', { name: 'Setujui' }).waitFor();
        const [number] = (await province.locator('main').innerText()).match(/Tanda terima [^\n,]*\d[^\n,]*/);
        await operator.goto(packet);
        assert.ok((await operator.locator('main').innerText()).includes(number), `${number} stands at the office as well`);
        await operator.goto(`${server.url}/deliverables/${row}`);
        await operator.getByText('Tanda terima').first().waitFor();
        await look(operator, 'keluaran-dengan-tanda-terima');
    });
});
