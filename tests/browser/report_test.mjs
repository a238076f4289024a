// The package of a quarter goes up, the province receives it, and its receipt proves the row; the province asks its offices for a
// figure and sees the matrix. Looked at on a desktop and on a phone.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, newPage, signIn, checkPage, closeBrowser, desktop, phone } from './support.mjs';

async function look(page, name) {
    for (const [width, viewport] of [['1280', desktop], ['360', phone]]) {
        await page.setViewportSize(viewport);
        await checkPage(page, `${name}-${width}`);
    }
    await page.setViewportSize(desktop);
}

test('reports between offices', async (t) => {
    const server = await startServer({ today: '2026-07-03' });
    t.after(async () => { await closeBrowser(); await server.stop(); });
    const office = await newPage();
    await signIn(office, server, 'operator');
    const province = await newPage();
    await signIn(province, server, 'provinsi');
    let address;
    let row;

    await t.test('the office puts the package of the quarter together and sends it', async () => {
        await office.goto(`${server.url}/units/7571/packages`);
        await look(office, 'paket-daftar');
        await Promise.all([office.waitForURL(/\/packages\/\d+$/), office.click('form:has(#period) [type=submit]')]);
        address = office.url();
        const tick = office.locator('input[name=row]').first();
        row = await tick.getAttribute('value');
        await tick.check();
        await look(office, 'paket-isi');
        await Promise.all([office.waitForResponse((answer) => answer.request().method() === 'POST'), office.click('#isi form[method=post] [type=submit]')]);
        await office.goto(address);
        assert.equal(await office.locator(`input[name=row][value="${row}"]`).isChecked(), true);
        await Promise.all([office.waitForResponse((answer) => answer.request().method() === 'POST'), office.click('#kirim [type=submit]')]);
        for (let tries = 0; tries < 60; tries++) {
            await office.goto(address);
            if (await office.getByText('Unduh ZIP').count()) break;
            await new Promise((done) => setTimeout(done, 500));
        }
        await office.getByText('Unduh ZIP').waitFor();
        await look(office, 'paket-terkirim');
    });

    await t.test('the province receives it and the receipt proves the row', async () => {
        await province.goto(`${server.url}/units/75/packages`);
        await look(province, 'paket-masuk');
        await province.click('#masuk .k-list a');
        await province.getByRole('button', { name: 'Terima dan beri tanda terima' }).click();
        await province.getByRole('button', { name: 'Setujui' }).waitFor();
        await look(province, 'paket-diterima');
        await office.goto(`${server.url}/deliverables/${row}`);
        await office.getByText('Tanda terima').first().waitFor();
        await province.goto(`${server.url}/units/75/offices?period=Q2`);
        await look(province, 'satker-saya');
    });

    await t.test('the province asks for a figure, the office answers, the matrix shows it', async () => {
        await province.goto(`${server.url}/units/75/requests`);
        await province.fill('#title', 'Jumlah pegawai yang mengikuti pelatihan');
        await province.check('input[name=wants][value=share]');
        await province.fill('#measure', 'orang');
        await look(province, 'permintaan-baru');
        await Promise.all([province.waitForURL(/\/requests\/\d+$/), province.click('#baru [type=submit]')]);
        const request = province.url();
        await office.goto(`${server.url}/units/7571/requests`);
        await look(office, 'permintaan-masuk');
        await office.click('#masuk .k-list a');
        await office.fill('#numerator', '12');
        await office.fill('#denominator', '15');
        await look(office, 'permintaan-jawab');
        await Promise.all([office.waitForURL(/\/answers\/\d+$/), office.click('main form[method=post] [type=submit]')]);
        await office.getByText('Dijawab', { exact: true }).waitFor();
        await province.goto(request);
        await province.getByText('80 %').first().waitFor();
        await look(province, 'permintaan-matriks');
        await office.goto(`${server.url}/language?to=en`);
        await office.goto(`${server.url}/units/7571/requests`);
    });
});
