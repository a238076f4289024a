// Messages in the browser: asked for on the page of one's reminders, shown by the worker, ended again. The push service itself is not there
// without the internet: what the browser would get from it is given, and what it would be sent is delivered by the browser's own tools.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { checkPage, closeBrowser, desktop, newPage, phone, signIn, startServer } from './support.mjs';

let server;
before(async () => { server = await startServer({ today: '2026-06-15', more: ['--push', 'on'] }); });
after(async () => { await closeBrowser(); await server?.stop(); });

/** A page whose push service says yes, and gives this address and keys. */
async function pageWithPush(viewport, endpoint) {
    const page = await newPage({ viewport });
    await page.context().grantPermissions(['notifications'], { origin: server.url });
    const browser = createECDH('prime256v1');
    const given = { endpoint, p256dh: browser.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') };
    await page.addInitScript((made) => {
        Notification.requestPermission = async () => 'granted';
        const subscription = { endpoint: made.endpoint, toJSON: () => ({ endpoint: made.endpoint, keys: { p256dh: made.p256dh, auth: made.auth } }), unsubscribe: async () => true };
        PushManager.prototype.getSubscription = async () => (sessionStorage.getItem('asked') ? subscription : null);
        PushManager.prototype.subscribe = async (wish) => {
            if (wish.applicationServerKey.length !== 65 || !wish.userVisibleOnly) throw new Error('a key of P-256 is asked for');
            sessionStorage.setItem('asked', '1');
            return subscription;
        };
    }, given);
    return page;
}

for (const [size, viewport] of [['wide', desktop], ['phone', phone]]) {
    test(`messages are switched on and off in this browser (${size})`, async () => {
        const page = await pageWithPush(viewport, `http://127.0.0.1:9/push/${size}`);
        await signIn(page, server, size === 'wide' ? 'staf1' : 'kasubbag.hukum');
        await page.goto(`${server.url}/account/reminders`);
        await checkPage(page, `push-off-${size}`);
        await page.getByRole('button', { name: 'Nyalakan di peramban ini' }).click();
        await page.waitForURL(/push=on/);
        await page.getByText('Sudah menyala di peramban ini.').waitFor();
        assert.equal(await page.getByRole('button', { name: 'Nyalakan di peramban ini' }).isVisible(), false);
        await checkPage(page, `push-on-${size}`);
        await page.locator('#peramban li').getByRole('button', { name: 'Matikan' }).click();
        await page.waitForURL(/push=off/);
        assert.equal(await page.locator('#peramban li').count(), 0);
    });
}

test('the worker shows heading and link, and only pages of ours are opened', async () => {
    const page = await pageWithPush(desktop, 'http://127.0.0.1:9/push/worker');
    await signIn(page, server, 'staf2');
    await page.goto(`${server.url}/account/reminders`);
    await page.getByRole('button', { name: 'Nyalakan di peramban ini' }).click();
    await page.waitForURL(/push=on/);
    const tools = await page.context().newCDPSession(page);
    const registered = new Promise((done) => tools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => { if (registrations.length > 0) done(registrations[0].registrationId); }));
    await tools.send('ServiceWorker.enable');
    const registrationId = await registered;
    const shown = () => page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map((each) => [each.title, each.body, each.data.url]));
    const deliver = async (data) => {
        await tools.send('ServiceWorker.deliverPushMessage', { origin: server.url, registrationId, data });
        for (let tries = 0; tries < 50 && (await shown()).length === 0; tries++) await page.waitForTimeout(100);
    };
    await deliver(JSON.stringify({ title: 'Batas waktu mendekat', body: 'Pemberitahuan tertulis', url: '/clocks/7', tag: 'clock:7' }));
    assert.deepEqual(await shown(), [['Batas waktu mendekat', 'Pemberitahuan tertulis', '/clocks/7']]);
    await page.evaluate(async () => { for (const each of await (await navigator.serviceWorker.ready).getNotifications()) each.close(); });
    await deliver('not JSON');
    assert.deepEqual(await shown(), [['KPU HUB', '', '/']]);
});
