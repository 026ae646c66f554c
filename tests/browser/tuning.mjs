// Opens the page's panel about what is done to the picture, in a real, headless Chromium, on a noisy film: the reasons must say so,
// both pictures must be there and differ, and the line between them must move.
//
//   node tuning.mjs --program APPLIANCE [--chromium FILE]
//
// Makes the film with the ffmpeg program. Prints one JSON object; exit 0 when everything held, 1 when not (`reasons`), 2 when it was
// called wrongly.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { called, comesTo, expect, judge, watch } from "./verdict.mjs";

/** Longest wait for any one thing to happen: far above every measured time, so that only a hang meets it. */
const PATIENCE_MS = 60_000;

const options = called("tuning.mjs --program APPLIANCE", { program: { type: "string" } }, ({ program }) => program);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const { page } = await watch({ ...options, name: "tuning", makeFilm, patienceMs: PATIENCE_MS, result, atEnd });
  await page.keyboard.press("t");
  await page.locator(".tuning__compare img + img").waitFor({ timeout: PATIENCE_MS });
  const reasons = page.locator(".tuning__reasons li");
  await comesTo(result, "what is said of the noise", async () => (await reasons.allTextContents()).filter((reason) => reason.startsWith("noise: averaged in space")).length, 1);
  const pictures = await page.locator(".tuning__compare img").evaluateAll(async (images) => {
    await Promise.all(images.map((image) => image.decode()));
    return images.map((image) => ({ width: image.naturalWidth, height: image.naturalHeight, length: image.src.length }));
  });
  expect(result, "the pictures' size", pictures.map(({ width, height }) => `${width}x${height}`), ["426x240", "426x240"]);
  // Noise costs a JPEG far more than what is left without it.
  if (pictures[1].length * 2 > pictures[0].length) result.reasons.push(`The tuned picture is not smoother: ${JSON.stringify(pictures)}.`);
  await page.locator(".tuning__compare input").fill("20");
  expect(result, "where the line is", await page.locator(".tuning__compare").evaluate((element) => element.style.getPropertyValue("--at")), "20%");
  await page.keyboard.press("Escape");
});

function makeFilm(scratch) {
  const film = join(scratch, "Noisy film.mkv");
  execFileSync("ffmpeg", [
    "-nostdin", "-v", "error", "-f", "lavfi", "-i", "smptehdbars=s=426x240:r=25:d=12", "-vf", "noise=alls=20:allf=t",
    "-c:v", "libx264", "-preset", "ultrafast", "-qp", "10", "-g", "50", "-pix_fmt", "yuv420p", film,
  ]);
  return film;
}
