// The year board, a deliverable sent from a phone by keyboard, and its verification by another person.
import test from 'node:test';
import assert from 'node:assert/strict';
import { startServer, newPage, signIn, checkPage, closeBrowser, desktop, phone } from './support.mjs';

const year = 2026;
const office = '/units/7571/plans';

/** The plan of the office: begun from the built-in model plan and fixed, when the demonstration brings none. */
async function fixedPlan(server) {
    const page = await newPage();
    await signIn(page, server, 'operator');
    const answer = await page.goto(`${server.url}${office}/${year}`);
    if (answer.status() === 404) {
        await checkPage(page, 'plan-none-1280');
        await page.goto(`${server.url}${office}`);
        await checkPage(page, 'plan-list-1280');
        await page.fill('#year', String(year));
        await page.check('input[name=from][value=shape]');
        await Promise.all([page.waitForURL(`**${office}/${year}`), page.click('main form button.btn-primary')]);
        await checkPage(page, 'plan-board-draft-1280');
    }
    await page.goto(`${server.url}${office}/${year}/fixing`);
    if (page.url().endsWith('/fixing')) {
        await page.fill('#number', '12 TAHUN 2026');
        await page.fill('#decided_on', '2026-01-09');
        await Promise.all([page.waitForURL(`**${office}/${year}`), page.click('main form button.btn-primary')]);
    }
    for (const [name, path] of [['schedule', '/schedule'], ['rows', '/rows'], ['compare', '/compare'], ['reminder', '/reminder']]) {
        await page.goto(`${server.url}${office}/${year}${path}`);
        await checkPage(page, `plan-${name}-1280`);
        await page.setViewportSize(phone);
        await checkPage(page, `plan-${name}-360`);
        await page.setViewportSize(desktop);
    }
    await page.context().close();
}

test('plan pages', async (t) => {
    const server = await startServer({ today: '2026-06-15' });
    t.after(async () => { await closeBrowser(); await server.stop(); });
    await fixedPlan(server);

    await t.test('the board at both widths, light and dark', async () => {
        for (const dark of [false, true]) {
            const page = await newPage({ dark });
            await signIn(page, server, 'operator');
            for (const [name, query] of [['month', ''], ['quarter', '?view=quarter'], ['semester', '?view=semester'], ['late', '?state=late']]) {
                await page.setViewportSize(desktop);
                await page.goto(`${server.url}${office}/${year}${query}`);
                await checkPage(page, `plan-board-${name}-1280${dark ? '-dark' : ''}`);
                await page.setViewportSize(phone);
                await checkPage(page, `plan-board-${name}-360${dark ? '-dark' : ''}`);
            }
            await page.context().close();
        }
    });

    await t.test('arrows move between the cells of the board and Enter opens one', async () => {
        const page = await newPage();
        await signIn(page, server, 'operator');
        await page.goto(`${server.url}${office}/${year}`);
        await page.locator('td.b a').first().focus();
        await page.keyboard.press('ArrowDown');
        const there = await page.evaluate(() => document.activeElement.closest('td')?.className ?? '');
        assert.match(there, /\bb\b/);
        await Promise.all([page.waitForURL('**/deliverables/*'), page.keyboard.press('Enter')]);
        await page.context().close();
    });

    let sent = '';
    await t.test('a deliverable is filled in and sent from a phone by keyboard', async () => {
        const page = await newPage({ viewport: phone });
        await signIn(page, server, 'staf1');
        await page.goto(`${server.url}${office}/${year}`);
        await checkPage(page, 'plan-board-staff-360');
        sent = await page.evaluate(() => [...document.querySelectorAll('td.b.kini a')].find((a) => a.offsetParent && /^[TKD]/.test(a.textContent.trim()))?.getAttribute('href') ?? '');
        assert.notEqual(sent, '', 'something is owed this month');
        await page.goto(server.url + sent);
        await checkPage(page, 'plan-panel-360');
        await page.setViewportSize(desktop);
        await checkPage(page, 'plan-panel-1280');
        await page.setViewportSize(phone);
        await page.focus('#note');
        await page.keyboard.type('Dilaksanakan pada 12 Juni 2026.');
        await page.locator('.k-act .btn-primary').focus();
        await Promise.all([page.waitForURL('**?done=submitted'), page.keyboard.press('Enter')]);
        await checkPage(page, 'plan-panel-sent-360');
        await page.context().close();
    });

    await t.test('it is verified by another with the keys of the sheet', async () => {
        let found = false;
        for (const user of ['kasubbag.sdm', 'kasubbag.hukum', 'kasubbag.keuangan', 'operator', 'sekretaris']) {
            const page = await newPage();
            await signIn(page, server, user);
            await page.goto(`${server.url}/verification`);
            if (await page.locator(`a[href="${sent}"]`).count() > 0) {
                found = true;
                await checkPage(page, 'plan-sheet-1280');
                await page.setViewportSize(phone);
                await checkPage(page, 'plan-sheet-360');
                const here = () => page.evaluate((address) => !!document.activeElement.closest('li')?.querySelector(`a[href="${address}"]`), sent);
                for (let moves = 0; moves < 60 && !(await here()); moves++) await page.keyboard.press('j');
                await page.keyboard.press('Space');
                await page.locator('.k-act .btn-primary').focus();
                await Promise.all([page.waitForURL('**/verification?verified=1'), page.keyboard.press('Enter')]);
                await checkPage(page, 'plan-sheet-done-360');
                await page.goto(server.url + sent);
                await checkPage(page, 'plan-panel-verified-360');
                assert.match(await page.textContent('main'), /Terverifikasi/);
            } else {
                await checkPage(page, `plan-sheet-empty-${user}`);
            }
            await page.context().close();
            if (found) break;
        }
        assert.ok(found, 'somebody verifies');
    });
});
