// The main pages as people see them: no sideways scrolling, no violation of policy, axe clean, desktop and phone. With
// KPUHUB_PICTURES=folder a picture of each is kept.
import test from 'node:test';
import { startServer, newPage, signIn, checkPage, closeBrowser, desktop, phone } from './support.mjs';

const pages = [
    ['masuk', null, '/sign-in'],
    ['beranda-staf', 'staf1', '/'],
    ['beranda-kasubbag', 'kasubbag.hukum', '/'],
    ['beranda-operator', 'operator', '/'],
    ['beranda-ketua', 'ketua', '/'],
    ['papan', 'operator', '/units/7571/plans/2026'],
    ['verifikasi', 'kasubbag.hukum', '/verification'],
    ['kotak-bukti', 'operator', '/evidence'],
    ['dasbor-kantor', 'ketua', '/units/7571/dashboard'],
    ['dasbor-provinsi', 'provinsi', '/units/75/dashboard'],
    ['dasbor-nasional', 'kpuri', '/units/00/dashboard'],
    ['pegawai', 'admin', '/units/7571/people'],
    ['tutup-rencana', 'operator', '/units/7571/plans/2026/closing'],
    ['jadwal', 'operator', '/units/7571/plans/2026/schedule'],
    ['pengaturan', 'operator', '/units/7571/settings'],
    ['jabatan', 'admin', '/units/7571/posts/7'],
    ['tutup-jabatan', 'admin', '/units/7571/posts/7/closing'],
    ['publik', null, '/public/units/7571'],
    ['kampanye', 'operator', '/units/7571/campaigns', '#berjalan a'],
    ['indikator', 'operator', '/units/7571/indicators/event_reports_share'],
    ['permohonan', null, '/public/units/7571/information-request'],
    ['batas-waktu', 'staf1', '/clocks', 'main li a[href^="/clocks/"]'],
];

test('main pages', async (t) => {
    const server = await startServer({ today: '2026-06-15' });
    t.after(async () => { await closeBrowser(); await server.stop(); });
    for (const [name, user, path, link] of pages) {        // with a link: the page that it leads to
        await t.test(name, async () => {
            const page = await newPage();
            if (user) await signIn(page, server, user);
            for (const [width, viewport] of [['1280', desktop], ['360', phone]]) {
                await page.setViewportSize(viewport);
                await page.goto(server.url + path);
                if (link) await page.goto(new URL(await page.locator(link).first().getAttribute('href'), server.url).href);
                await checkPage(page, `${name}-${width}`);
            }
            await page.context().close();
        });
    }
    await t.test('the public page at 320 px without script', async () => {
        const page = await newPage({ viewport: { width: 320, height: 640 }, script: false });
        await page.goto(`${server.url}/public/units/7571`);
        await page.locator('h1').waitFor();
        const wide = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth).catch(() => 0);
        if (wide > 0) throw new Error(`scrolls sideways by ${wide} px`);
        await page.context().close();
    });
});
