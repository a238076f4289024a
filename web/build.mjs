// Bundles the elements and styles: node build.mjs OUT. Names are fixed; the program adds the hash to the address.
import { build } from 'esbuild';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const common = { bundle: true, minify: true, legalComments: 'none', logLevel: 'warning', absWorkingDir: here };

await build({ ...common, entryPoints: { app: 'elements/app.ts', chart: 'elements/chart.ts' }, format: 'esm', target: 'es2020', outdir: out });
await build({ ...common, entryPoints: { app: 'styles/app.css', public: 'styles/public.css' }, outdir: out });
