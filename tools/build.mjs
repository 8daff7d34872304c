// Builds the pages' scripts and styles into src/luukku/web/ui/static/built.
// Every room may have ts/<room>.ts and styles/<room>.css; they become built/<room>.js and built/<room>.css.
import { build, context } from "esbuild";
import { access, copyFile, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const web = path.join(root, "src/luukku/web");
const built = path.join(web, "ui/static/built");
const exists = (file) => access(file).then(() => true, () => false);

const entryPoints = {};
for (const room of await readdir(web)) {
  if (await exists(path.join(web, room, "ts", `${room}.ts`))) entryPoints[room] = path.join(web, room, "ts", `${room}.ts`);
  if (await exists(path.join(web, room, "styles", `${room}.css`)))
    entryPoints[`${room}-style`] = path.join(web, room, "styles", `${room}.css`);
}

const options = {
  entryPoints: Object.entries(entryPoints).map(([name, file]) => ({ in: file, out: name.replace(/-style$/, "") })),
  outdir: built,
  absWorkingDir: root,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox121", "safari16.4"],
  loader: { ".woff2": "file" },
  assetNames: "[name]",
  legalComments: "linked",
  logLevel: "info",
};

await mkdir(built, { recursive: true });
// The map's worker is a file of its own, so that the content security policy needs no blob: addresses.
const worker = "maplibre-gl-worker.mjs";
await copyFile(path.join(root, "node_modules/maplibre-gl/dist", worker), path.join(built, worker));

if (process.argv.includes("--watch")) await (await context(options)).watch();
else {
  const { metafile } = await build({ ...options, metafile: true });
  // Files of rooms that are gone go last: a server beside this build never misses one that is needed.
  const made = new Set([worker, ...Object.keys(metafile.outputs).map((file) => path.basename(file))]);
  for (const name of await readdir(built)) if (!made.has(name)) await rm(path.join(built, name), { recursive: true });
}
