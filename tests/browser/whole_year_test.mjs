// The main job in one: a decree goes in and is fixed, a proof is sent from a phone, another person verifies it, and the office, the
// province, the nation and the public see it move; on three days of the year what is late is what the months say.
// The decree is a real one where the founders' folder stands beside the project, otherwise our own sample.
import test from 'node:test';
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, newPage, signIn, checkPage, closeBrowser, settleAll, json, desktop, phone, project } from './support.mjs';

const real = process.env.KPUHUB_DECREES ?? join(project, '../shared/decrees');
const decree = existsSync(real) ? join(real, readdirSync(real).find((name) => name.startsWith('001_'))) : join(project, 'definitions/samples/kabupaten.xlsx');
const year = 2027;      // one that the demonstration leaves free
const plan = `/units/7571/plans/${year}`;
const allAreas = '?open=1.2.3.4.5.6.7.8';

/** Every place where progress is shown, as [verified, due]. */
async function shownEverywhere(reader, nation) {
    const office = await json(reader, `/units/7571/dashboard?year=${year}`);
    const province = await json(nation, `/units/75/dashboard?year=${year}`);
    const country = await json(nation, `/units/00/dashboard?year=${year}`);
    return { office: office.to_date, province: province.to_date, country: country.to_date };
}

/** Rows of the board with their months: [{text, dues: ['2025-03-31', ...]}]. */
function rowsOf(board) {
    return board.areas.flatMap((area) => area.activities.flatMap((activity) => activity.rows.map((row) => ({
        text: `${row.text} ${row.indicators?.arguments?.join(' ') ?? ''}`, flags: row.flags ?? [],
        marks: row.cells.flatMap((cell) => cell.marks), dues: row.cells.flatMap((cell) => cell.marks.map((mark) => mark.due)).filter(Boolean),
    }))));
}

const isLate = (mark) => mark.css.split(' ').includes('L');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'Mei', 'Jun', 'Jul', 'Agt', 'Sept', 'Okt', 'Nov', 'Des'];
const endOf = (month) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

/** The day in the office: the day of a demonstration is that of Jakarta, and Gorontalo begins the next one an hour before (16.00 UTC). */
const officeDay = (today) => new Date(Date.parse(`${today}T00:00:00Z`) + (new Date().getUTCHours() === 16 ? 86_400_000 : 0)).toISOString().slice(0, 10);

test('from a decree to the nation', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'kpuhub-whole-year-'));
    let server = await startServer({ folder, today: `${year}-04-15` });
    t.after(async () => { await closeBrowser(); await server.stop(); rmSync(folder, { recursive: true, force: true }); });
    const operator = await newPage();
    await signIn(operator, server, 'operator');

    await t.test('the decree is imported, settled and fixed', async () => {
        await operator.goto(`${server.url}/units/7571/imports`);
        await operator.setInputFiles('#file', decree);
        await operator.click('main form button[type=submit]');
        await operator.waitForSelector('#sumber', { timeout: 60000 });
        assert.ok(await settleAll(operator) <= 15);
        await operator.locator('.k-act a.btn-primary').click();
        await operator.waitForSelector('#year');
        await operator.fill('#year', String(year));
        await operator.fill('#number', `12 TAHUN ${year}`);
        await operator.fill('#date', `${year}-01-11`);
        await operator.click('button[value=fix]');
        await operator.waitForURL(`**${plan}`);
    });

    await t.test('its rows get an owner in one action', async () => {
        await operator.goto(`${server.url}${plan}/schedule`);
        for (const box of await operator.locator('li.k-l0 input[name=row]').all()) await box.check();
        await operator.selectOption('#owner', 's:4');
        await Promise.all([operator.waitForNavigation(), operator.click('.k-act .btn-primary')]);
        assert.equal(await operator.locator('[role=alert].k-errsum').count(), 0);
    });

    let sent = '';
    let before;
    const nation = await newPage();
    await t.test('a member of the staff sends a proof from a phone', async () => {
        await signIn(nation, server, 'kpuri');
        const staff = await newPage({ viewport: phone });
        await signIn(staff, server, 'staf1');
        before = await shownEverywhere(operator, nation);
        const board = await json(staff, plan + allAreas);
        sent = rowsOf(board).flatMap((row) => row.marks).find((mark) => isLate(mark) && mark.link)?.link ?? '';
        assert.notEqual(sent, '', 'something is late');
        await staff.goto(server.url + sent);
        await checkPage(staff, 'tahun-panel-360');
        await staff.fill('#note', 'Dokumen ditetapkan.');
        await Promise.all([staff.waitForURL('**?done=submitted'), staff.click('.k-act .btn-primary')]);
        await staff.context().close();
    });

    await t.test('another person verifies it, and every dashboard moves by one', async () => {
        let verified = false;
        for (const user of ['kasubbag.sdm', 'kasubbag.hukum', 'kasubbag.keuangan', 'sekretaris', 'operator']) {
            const page = await newPage({ viewport: phone });
            await signIn(page, server, user);
            await page.goto(`${server.url}/verification`);
            if (await page.locator(`a[href="${sent}"]`).count() > 0) {
                await page.locator('li', { has: page.locator(`a[href="${sent}"]`) }).locator('input[type=checkbox]').first().check();
                await Promise.all([page.waitForURL('**/verification?verified=1'), page.locator('.k-act .btn-primary').click()]);
                verified = true;
            }
            await page.context().close();
            if (verified) break;
        }
        assert.ok(verified, 'somebody verifies');
        const after = await shownEverywhere(operator, nation);
        for (const place of ['office', 'province', 'country'])
            assert.deepEqual([after[place].numerator, after[place].denominator], [before[place].numerator + 1, before[place].denominator], place);
        await operator.goto(`${server.url}/units/7571/dashboard?year=${year}`);
        await checkPage(operator, 'tahun-dasbor-1280');
        await nation.goto(`${server.url}/units/00/dashboard?year=${year}`);
        await checkPage(nation, 'tahun-nasional-1280');
        const nobody = await newPage({ viewport: phone, script: false });
        await nobody.goto(`${server.url}/public/units/7571?year=${year}`);
        assert.match(await nobody.textContent('main'), new RegExp(`Dari ${after.office.denominator} .* ${after.office.numerator} sudah`));
        await nobody.context().close();
    });

    await t.test('a run of months is owed once, at its end, and what goes on all year once a quarter', async () => {
        const page = await newPage();
        await signIn(page, server, 'operator');
        const schedule = await json(page, `${plan}/schedule`);
        const rows = rowsOf(await json(page, plan + allAreas));
        const runs = schedule.rows.filter((row) => /^\p{L}+-\p{L}+$/u.test(row.row_months ?? ''));
        let tried = 0;
        for (const run of runs) {
            const [from, to] = run.row_months.split('-').map((name) => months.indexOf(name) + 1);
            const words = run.text.replace(/^\S+ /, '').slice(0, 80);
            const named = rows.filter((each) => each.dues.length > 0 && each.text.startsWith(words));
            const row = named.length === 1 && words.length > 30 && runs.filter((each) => each.text.includes(words)).length === 1 ? named[0] : undefined;
            if (!row || /setiap bulan|bulanan/i.test(row.text)) continue;       // not to be told apart by its words; or owed each month
            const owed = from === 1 && to === 12 ? [3, 6, 9, 12].map(endOf) : [endOf(to)];
            assert.deepEqual(row.dues, owed, `${run.row_months}: ${row.text}`);
            tried++;
        }
        assert.ok(tried > 0, 'the decree has runs of months');
        await page.context().close();
    });

    await t.test('on three days what is late is what the months say', async () => {
        await operator.context().close();
        await nation.context().close();
        for (const today of [`${year}-04-30`, `${year}-07-10`, `${year + 1}-01-05`]) {
            await server.stop();
            server = await startServer({ folder, today });
            const page = await newPage();
            await signIn(page, server, 'operator');
            const rows = rowsOf(await json(page, plan + allAreas));
            for (const row of rows) {
                assert.equal(new Set(row.dues).size, row.dues.length, `each day once: ${row.text}`);
                for (const due of row.dues) assert.equal(due, endOf(Number(due.slice(5, 7))), `a month's end: ${row.text}`);
                for (const mark of row.marks)
                    if (isLate(mark)) assert.ok(mark.due < officeDay(today), `late only after its day: ${row.text}`);
            }
            const late = rows.flatMap((row) => row.marks).filter(isLate).length;
            const dashboard = await json(page, `/units/7571/dashboard?year=${year}`);
            assert.equal(dashboard.late, late, `late on ${today}`);
            await page.context().close();
        }
    });
});
