// Bundles the page into the host's web root: one script, one style sheet, one document, nothing fetched from elsewhere.
import { build } from "esbuild";
import { cp, mkdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../wwwroot/", import.meta.url));

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await build({
  absWorkingDir: here,
  entryPoints: { app: "src/main.ts" },
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
  entryPoints: { app: "src/styles/main.css" },
  outdir: target,
  bundle: true,
  minify: true,
  target: ["chrome94", "firefox100", "safari15"],
  logLevel: "warning",
});
await cp(`${here}public`, target, { recursive: true });
