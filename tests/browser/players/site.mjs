// A site of its own with the players that others use, as a household's other machines have them: of another origin than the box. Pages of other hosts than the box's
// need a key or a playback address.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";

const FILES = {
  "/": ["page.html", "text/html"],
  "/page.js": ["page.js", "text/javascript"],
  "/hls.js": ["../node_modules/hls.js/dist/hls.min.js", "text/javascript"],
  "/shaka.js": ["../node_modules/shaka-player/dist/shaka-player.compiled.js", "text/javascript"],
  "/dash.js": ["../node_modules/dashjs/dist/modern/umd/dash.all.min.js", "text/javascript"],
};

/** @param atEnd takes what is to be done at the end. @param host the name that the box is asked by. @returns its address. */
export async function playersSite(atEnd, host = "127.0.0.1") {
  const server = createServer(async (request, response) => {
    const [file, type] = FILES[request.url] ?? [];
    if (!file) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(await readFile(new URL(file, import.meta.url)));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  atEnd(() => server.close());
  return `http://${host}:${server.address().port}/`;
}

/** Opens the site in a page, and in it an address in a player. @param wishes as page.js has them. */
export async function openPlayer(page, site, player, address, wishes) {
  await page.goto(site, { waitUntil: "domcontentloaded" });
  await page.waitForFunction(() => window.page);
  await page.evaluate((args) => window.page.open(...args), [player, address, wishes]);
}
