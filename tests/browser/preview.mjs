// The small picture over the scrub bar.

/** Points at the bar. @returns which sheet is shown, how far it is moved, and its size; it must be the one for that place. */
export async function checkPreview(page, id, patienceMs, reasons) {
  const source = await page.evaluate(async (id) => (await fetch(`/v1/sources/${encodeURIComponent(id)}`)).json(), id);
  const tiles = source.thumbnails;
  if (!tiles) return null;
  const share = 0.6;
  await page.mouse.move(10, 10);
  const bar = await page.locator(".scrub").boundingBox();
  await page.mouse.move(bar.x + bar.width * share, bar.y + bar.height / 2);
  await page.waitForFunction(() => {
    const sheet = document.querySelector(".preview:not([hidden]) .preview__sheet");
    return sheet?.complete && sheet.naturalWidth > 0;
  }, null, { timeout: patienceMs }).catch(() => reasons.push("No small picture came over the scrub bar."));
  const shown = await page.evaluate(() => {
    const sheet = document.querySelector(".preview__sheet");
    const window_ = document.querySelector(".preview").getBoundingClientRect();
    const box = sheet.getBoundingClientRect();
    return {
      sheet: new URL(sheet.src || "about:blank").pathname,
      width: sheet.naturalWidth,
      height: sheet.naturalHeight,
      column: Math.round((window_.left - box.left) / window_.width),
      row: Math.round((window_.top - box.top) / window_.height),
    };
  });
  const tile = Math.floor((source.durationSeconds * share) / tiles.secondsApart);
  const onSheet = tile % (tiles.columns * tiles.rows);
  const wanted = {
    sheet: `${tiles.folder}${(tile - onSheet) / (tiles.columns * tiles.rows)}.jpg`,
    width: tiles.width * tiles.columns,
    height: tiles.height * tiles.rows,
    column: onSheet % tiles.columns,
    row: Math.floor(onSheet / tiles.columns),
  };
  if (JSON.stringify(shown) !== JSON.stringify(wanted)) reasons.push(`The scrub bar shows ${JSON.stringify(shown)} instead of ${JSON.stringify(wanted)}.`);
  return shown;
}
