// One demonstration server for the run, one browser, and what every test asks of every page:
// no policy violation, no sideways scrolling, no finding of axe.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import assert from 'node:assert/strict';

const here = dirname(fileURLToPath(import.meta.url));
export const project = join(here, '..', '..');
const fromWeb = createRequire(join(project, 'web', 'package.json'));
const { chromium } = fromWeb('playwright-core');
const axeSource = readFileSync(fromWeb.resolve('axe-core/axe.min.js'), 'utf8');

export const password = 'peragaan-kpu-hub-2026';
export const desktop = { width: 1280, height: 900 };
export const phone = { width: 360, height: 740 };

/** Starts `kpuhub serve --demo` on a port of its own in a fresh folder, or on one that the caller keeps; resolves with {url, stop}. */
export async function startServer({ today, folder, more = [] } = {}) {
    const data = folder ?? mkdtempSync(join(tmpdir(), 'kpuhub-browser-'));
    const port = 20000 + Math.floor(Math.random() * 20000);
    const program = process.env.KPUHUB_PROGRAM ?? join(project, 'build/release/bin/kpuhub');
    const words = ['serve', '--demo', '--data', data, '--listen', `127.0.0.1:${port}`, ...(today ? ['--today', today] : []), ...more];
    const server = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    server.stdout.on('data', (bytes) => { said += bytes; });
    server.stderr.on('data', (bytes) => { said += bytes; });
    const url = `http://127.0.0.1:${port}`;
    for (let tries = 0; ; tries++) {
        if (server.exitCode !== null || tries > 300) {
            throw new Error(`the server did not start:\n${said}`);
        }
        try {
            if ((await fetch(`${url}/healthz`)).ok) break;
        } catch {
            await new Promise((done) => setTimeout(done, 100));
        }
    }
    return {
        url,
        log: () => said,
        stop: () => new Promise((done) => {
            server.on('exit', () => { if (!folder) rmSync(data, { recursive: true, force: true }); done(); });
            server.kill('SIGTERM');
        }),
    };
}

let shared;
/** The one browser of this run. */
export async function browser() {
    shared ??= await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
            '--disable-component-update', '--disable-sync'],
    });
    return shared;
}
export async function closeBrowser() {
    await shared?.close();
    shared = undefined;
}

/** A fresh page (own cookies) that remembers every violation of the content security policy and every script error. */
export async function newPage({ viewport = desktop, dark = false, script = true } = {}) {
    const context = await (await browser()).newContext({
        viewport, javaScriptEnabled: script, locale: 'id-ID', colorScheme: dark ? 'dark' : 'light', bypassCSP: false,
    });
    const page = await context.newPage();
    page.faults = [];
    page.on('console', (message) => {
        if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) page.faults.push(message.text());
    });
    page.on('pageerror', (error) => page.faults.push(String(error)));
    return page;
}

export async function signIn(page, server, userName) {
    await page.goto(`${server.url}/sign-in`);
    await page.fill('input[name=user_name]', userName);
    await page.fill('input[name=password]', password);
    await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/sign-in')), page.click('main form [type=submit]')]);
}

/** The same page as JSON, with the session of the page. */
export async function json(page, path) {
    const answer = await page.request.get(new URL(path, page.url()).href, { headers: { accept: 'application/json' } });
    assert.equal(answer.status(), 200, path);
    return answer.json();
}

/** Presses the proposal of the first open group of findings until none is left; each press must make the list one shorter. */
export async function settleAll(page) {
    const openGroups = 'article.k-fnd:not(.ok)';
    let decisions = 0;
    for (; decisions < 15; decisions++) {
        const open = await page.locator(openGroups).count();
        if (open === 0) break;
        await page.locator(`${openGroups} form button[type=submit]`).first().click();
        await page.waitForFunction(([groups, before]) => document.querySelectorAll(groups).length < before, [openGroups, open]);
    }
    return decisions;
}

/** What must hold on every page: asserts and, when KPUHUB_PICTURES is set, keeps a picture. */
export async function checkPage(page, name) {
    await page.waitForFunction(() => !document.documentElement.hasAttribute('aria-busy'));     // Turbo is still on its way
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${name}: scrolls sideways by ${wide} px`);
    assert.deepEqual(page.faults, [], `${name}: console`);
    const text = await page.evaluate(() => document.body.innerText);
    assert.doesNotMatch(text, /\[\[[a-z_0-9]+\.[a-z_0-9.]+\]\]/, `${name}: a key without words`);
    const found = await axe(page);
    assert.deepEqual(found.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(' | ')}`), [], `${name}: axe`);
    if (process.env.KPUHUB_PICTURES) {
        await page.screenshot({ path: join(process.env.KPUHUB_PICTURES, `${name}.png`), fullPage: true, caret: 'initial' });
    }
}

/** axe runs in a world that the page's policy does not reach. */
async function axe(page) {
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id, worldName: 'axe' });
    await session.send('Runtime.evaluate', { contextId: executionContextId, expression: axeSource });
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        contextId: executionContextId, awaitPromise: true, returnByValue: true,
        expression: `axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','best-practice']}).then(r => r.violations.map(v => ({id: v.id, nodes: v.nodes.map(n => ({target: n.target}))})))`,
    });
    await session.detach();
    if (exceptionDetails) throw new Error(`axe: ${exceptionDetails.text}`);
    return result.value;
}
