// The LHKPN campaign of an office of fifteen, filed on phones; and an attendance list signed by the code on the wall.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { checkPage, closeBrowser, desktop, newPage, phone, signIn, startServer } from './support.mjs';

let server;
before(async () => { server = await startServer({ today: '2026-02-10' }); });
after(async () => { await closeBrowser(); await server.stop(); });

const office = '/units/7571';
const filers = ['ketua', 'anggota1', 'anggota2', 'sekretaris', 'kasubbag.hukum', 'staf1'];

test('LHKPN campaign for 15 people: six file on the phone, the officer sees 40 % and who is missing', async () => {
    const officer = await newPage({ viewport: desktop });
    await signIn(officer, server, 'operator');
    await officer.goto(`${server.url}${office}/duties/lhkpn`);
    await checkPage(officer, 'kewajiban-1280');
    for (const box of await officer.locator('input[name=person]').all()) await box.check();
    await officer.fill('#reason', 'Keputusan KPU 12 Tahun 2026');
    await officer.click('text=Simpan siapa yang wajib');
    await officer.waitForSelector('text=15 dari 15 orang wajib');

    await officer.goto(`${server.url}${office}/campaigns`);
    await checkPage(officer, 'kampanye-daftar-1280');
    await officer.check('input[name=matter][value=lhkpn]');
    await officer.click('button:has-text("Mulai kampanye")');
    await officer.waitForURL(/\/campaigns\/\d+/);
    const campaign = new URL(officer.url()).pathname;
    await officer.waitForSelector('text=0 dari 15 orang sudah', { timeout: 15000 });
    await checkPage(officer, 'kampanye-mulai-1280');

    for (const user of filers) {
        const person = await newPage({ viewport: phone });
        await signIn(person, server, user);
        await person.goto(`${server.url}/`);
        await person.click('#asked a:has-text("LHKPN 2026")');
        await person.waitForSelector('[name="f.receipt_number"]');
        if (user === filers[0]) await checkPage(person, 'kampanye-lapor-360');
        await person.fill('[name="f.receipt_number"]', `LHKPN-${user}`);
        await person.click('button:has-text("Catat tanda terima LHKPN")');
        await person.waitForSelector('text=Tercatat.');
        if (user === filers[0]) await checkPage(person, 'kampanye-tercatat-360');
        await person.context().close();
    }

    await officer.goto(`${server.url}${campaign}?show=missing`);
    await officer.waitForSelector('text=6 dari 15 orang sudah (40 %)');
    assert.equal(await officer.locator('#daftar tbody tr').count(), 9, 'nine are missing');
    await officer.waitForSelector('#daftar >> text=Selvi Abas');
    assert.equal(await officer.locator('#daftar >> text=Hasna Dunggio').count(), 0, 'who has filed is not among them');
    await checkPage(officer, 'kampanye-belum-1280');
    assert.match(await officer.inputValue('#teks'), /6 dari 15 orang sudah[\s\S]*- Selvi Abas[\s\S]*\/c\/\d+/);
    await officer.click('button:has-text("Ingatkan 9 orang")');
    await officer.waitForSelector('text=diingatkan lewat surel');

    await officer.goto(`${server.url}${campaign}`);
    await officer.check('[data-tick-all]');
    await officer.click('button:has-text("Terima")');
    await officer.waitForSelector('text=6 laporan diterima');
    let paper = await officer.request.get(`${server.url}${campaign}/list.pdf`);
    for (let tries = 0; paper.status() === 503 && tries < 4; tries++) paper = await officer.request.get(`${server.url}${campaign}/list.pdf`);   // a busy machine
    assert.equal(paper.status(), 200);
    assert.equal((await paper.body()).subarray(0, 4).toString(), '%PDF');
    assert.equal((await officer.request.get(`${server.url}${campaign}/sheet`)).status(), 200);

    const small = await newPage({ viewport: phone });
    await signIn(small, server, 'operator');
    await small.goto(`${server.url}${campaign}`);
    await checkPage(small, 'kampanye-360');
    await small.goto(`${server.url}${office}/campaigns`);
    await checkPage(small, 'kampanye-daftar-360');

    await officer.goto(`${server.url}${campaign}`);
    await officer.click('button:has-text("Tutup kampanye")');
    await officer.waitForSelector('button:has-text("Buka kembali")');
    await checkPage(officer, 'kampanye-ditutup-1280');
    await small.goto(`${server.url}${campaign}`);
    await checkPage(small, 'kampanye-ditutup-360');
    await officer.click('button:has-text("Buka kembali")');
    await officer.waitForSelector('button:has-text("Tutup kampanye")');
    await officer.waitForSelector('text=6 dari 15 orang sudah');

    const province = await newPage({ viewport: desktop });
    await signIn(province, server, 'provinsi');
    assert.equal((await province.goto(`${server.url}/units/75/campaigns/lhkpn/2026`)).status(), 200);
    await checkPage(province, 'kampanye-provinsi-1280');
    const nation = await newPage({ viewport: phone });
    await signIn(nation, server, 'kpuri');
    await nation.goto(`${server.url}/units/00/campaigns/lhkpn/2026`);
    await nation.waitForSelector('text=6 dari 15');
    await checkPage(nation, 'kampanye-nasional-360');
});

test('an event: the code on the wall, staff tap once, a guest types a name, the list is closed with its number', async () => {
    const host = await newPage({ viewport: desktop });
    await signIn(host, server, 'staf1');
    await host.goto(`${server.url}${office}/registers/event_attendance/new`);
    await host.fill('[name="f.name"]', 'Sosialisasi WBS');
    await host.selectOption('[name="f.event_kind"]', 'socialisation');
    await host.fill('[name="f.held_on"]', '2026-02-10');
    await host.fill('[name="f.place"]', 'Aula kantor');
    await host.click('button[value=complete]');
    await host.waitForURL(/\/records\/\d+/);
    const record = new URL(host.url()).pathname;
    await host.click(`a[href="${record}/attendance"]`);
    await host.click('button:has-text("Buka daftar hadir")');
    await host.waitForURL(/\/screen$/);
    await checkPage(host, 'daftar-hadir-layar-1280');
    const address = async () => new URL(await host.textContent('[data-address-text]')).pathname;

    const staff = await newPage({ viewport: phone });
    await signIn(staff, server, 'staf2');
    await staff.goto(`${server.url}${await address()}`);
    await checkPage(staff, 'daftar-hadir-pegawai-360');
    await staff.click('button:has-text("Saya hadir")');
    await staff.waitForSelector('text=Kehadiran Anda tercatat');

    const looking = await newPage({ viewport: phone });
    await looking.goto(`${server.url}${await address()}`);
    await checkPage(looking, 'daftar-hadir-tamu-360');
    const guest = await newPage({ viewport: phone, script: false });
    await guest.goto(`${server.url}${await address()}`);
    await guest.fill('#guest', 'Budi Tamu');
    await guest.fill('#institution', 'Dinas Kominfo');
    await guest.click('button');
    await guest.waitForSelector('text=Kehadiran Anda tercatat');

    await host.waitForSelector('[data-names] >> text=Budi Tamu', { timeout: 15000 });
    assert.equal((await host.textContent('[data-came]')).trim(), '2', 'the wall counts by itself');
    const old = await newPage({ viewport: phone, script: false });
    assert.equal((await old.goto(`${server.url}${record.replace('/records/', '/a/')}/AAAAAAAA`)).status(), 409);
    await old.waitForSelector('text=Kode ini sudah berganti');

    await host.goto(`${server.url}${record}/attendance`);
    await checkPage(host, 'daftar-hadir-1280');
    await host.click('button:has-text("Tutup daftar hadir")');
    await host.waitForSelector('text=Daftar ditutup: 2 orang hadir');
    await host.goto(`${server.url}${record}`);
    await host.waitForSelector('text=Jumlah hadir');
    const small = await newPage({ viewport: phone });
    await signIn(small, server, 'staf1');
    await small.goto(`${server.url}${record}/attendance`);
    await checkPage(small, 'daftar-hadir-360');
});
