// Bundles the page into the host's web root: one script, one style sheet, one document, nothing fetched from elsewhere.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../wwwroot/", import.meta.url));

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
// The page, and the reference of the API.
await build({
  absWorkingDir: here,
  entryPoints: { app: "src/main.ts", "reference/reference": "src/reference/main.ts" },
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  // The oldest living-room browsers that have Media Source Extensions and modules worth serving.
  target: ["chrome94", "firefox100", "safari15"],
  legalComments: "eof",
  logLevel: "warning",
});
await build({
  absWorkingDir: here,
  entryPoints: { app: "src/styles/main.css", "reference/reference": "src/reference/reference.css" },
  outdir: target,
  bundle: true,
  minify: true,
  target: ["chrome94", "firefox100", "safari15"],
  logLevel: "warning",
});
await cp(`${here}public`, target, { recursive: true });

// The API's document, as small as it goes, for whoever asks the box what it can be asked.
const api = JSON.parse(await readFile(new URL("../Reference/openapi.json", import.meta.url), "utf8"));
await mkdir(`${target}openapi`);
await writeFile(`${target}openapi/v1.json`, JSON.stringify(api));
