// From a row of the plan to its register and back: what is written there proposes itself as proof, is used, submitted and verified.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { checkPage, closeBrowser, desktop, newPage, phone, signIn, startServer } from './support.mjs';

let server;
before(async () => { server = await startServer({ today: '2026-04-18' }); });
after(async () => { await closeBrowser(); await server.stop(); });

const row = 'Melatih petugas layanan dan menata atribut pelayanan';

const panelOf = async (page) => {
    await page.goto(`${server.url}/tasks?list=mine`);
    await page.click(`a:has-text("${row}")`);
    await page.waitForURL(/\/deliverables\/\d+/);
    return new URL(page.url()).pathname;
};

test('a record made from the row proposes itself, is used as proof, submitted and verified', async () => {
    const staff = await newPage({ viewport: phone });
    await signIn(staff, server, 'staf1');
    const panel = await panelOf(staff);
    await checkPage(staff, 'hubungan-panel-360');
    const fill = staff.locator('#hubungan a:has-text("Isi sekarang")');
    assert.equal(await fill.count(), 2, 'one register for each of the two indicators');
    assert.match(await fill.last().getAttribute('href'), /visitor_book\/new\?row=\d+:\d+$/);

    const proposed = () => staff.locator('#usulan li').count();
    const before = await proposed();            // visitors of the demonstration

    await fill.last().click();
    await staff.waitForURL(/visitor_book\/new/);
    await staff.goto(`${server.url}${new URL(staff.url()).pathname}`);     // without the row: the record is to propose itself
    await staff.fill('[name="f.visitor"]', 'Ahmad Dahlan');
    await staff.check('input[name="f.need"][value=information]');
    await staff.fill('[name="f.arrived_at"]', '2026-04-17T09:30');
    await staff.click('button[value=complete]');
    await staff.waitForURL(/\/records\/\d+/);
    await staff.goto(`${server.url}${panel}`);
    assert.equal(await proposed(), before, 'the guest has not left yet');
    await staff.goBack();
    await staff.click('.k-act >> text=Catat pulang');
    await staff.click('button[value=complete]');
    await staff.waitForSelector('text=Sudah pulang');

    await staff.goto(server.url);
    await checkPage(staff, 'hubungan-beranda-360');
    await staff.click(`#proposed a[href^="${panel}"]`);
    await staff.waitForSelector('#usulan');
    await checkPage(staff, 'hubungan-usulan-360');
    assert.equal(await proposed(), before + 1);
    await staff.locator('#usulan button[value=confirm]').first().click();           // the newest stands first
    await staff.waitForSelector('text=Catatan dipakai sebagai bukti.');
    assert.equal(await proposed(), before);
    assert.ok(await staff.isVisible('#isi-daftar >> text=Buku tamu T-'));
    await staff.click('.k-act button.btn-primary');
    await staff.waitForSelector('text=Diajukan');

    const head = await newPage({ viewport: desktop });
    await signIn(head, server, 'kasubbag.sdm');
    await head.goto(`${server.url}${panel}`);
    await checkPage(head, 'hubungan-periksa-1280');
    await head.click('.k-act button.btn-primary');
    await head.waitForSelector('text=Terverifikasi');
});

test('who manages the plan changes what a row is about', async () => {
    const secretary = await newPage({ viewport: desktop });
    await signIn(secretary, server, 'operator');
    await secretary.goto(`${server.url}/`);
    const staff = await newPage({ viewport: phone });
    await signIn(staff, server, 'staf1');
    await staff.goto(`${server.url}/tasks?list=mine`);
    const panel = await staff.locator('a[href^="/deliverables/"]').first().getAttribute('href');
    await secretary.goto(`${server.url}${panel}`);
    await secretary.locator('#hubungan a:has-text("Ubah hubungan")').first().click();
    await secretary.waitForSelector('h1:has-text("Hubungan baris")');
    await secretary.fill('#q', 'arsip');
    await secretary.keyboard.press('Enter');
    await secretary.waitForSelector('text=Hasil pencarian');
    await checkPage(secretary, 'hubungan-pilih-1280');
    await secretary.check('input[value="system:archive"]');
    await secretary.click('button[value=save]');
    await secretary.waitForSelector('text=Hubungan baris tersimpan.');
    assert.ok(await secretary.isChecked('input[value="system:archive"]'));
    await secretary.setViewportSize(phone);
    await checkPage(secretary, 'hubungan-pilih-360');
    await secretary.click('button[value=reset]');
    await secretary.waitForSelector('text=Diusulkan dari kata-kata baris');
    assert.equal(await secretary.locator('input[value="system:archive"]:checked').count(), 0);
});
