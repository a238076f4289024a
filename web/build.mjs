// Bundles the elements and styles: node build.mjs OUT. Names are fixed; the program adds the hash to the address.
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const common = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', absWorkingDir: here };

// Turbo puts the look of its progress bar into the page as a <style> element, which our content security policy
// refuses. The rules for it stand in styles/office.css; here the element is left out.
const turboWithoutStyle = {
  name: 'turbo-without-style',
  setup(bundle) {
    bundle.onLoad({ filter: /@hotwired[\\/]turbo[\\/]dist[\\/].*\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const call = 'this.installStylesheetElement();';
      if (source.split(call).length !== 2) throw new Error(`${path}: expected ${call} once`);
      return { contents: source.replace(call, ''), loader: 'js' };
    });
  },
};

await build({ ...common, entryPoints: { app: 'elements/app.ts', chart: 'elements/chart.ts' }, format: 'esm', target: 'es2020', outdir: out, plugins: [turboWithoutStyle] });
await build({ ...common, entryPoints: { app: 'styles/app.css', public: 'styles/public.css' }, outdir: out });
