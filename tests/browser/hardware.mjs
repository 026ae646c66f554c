// Looks at what the box says of its hardware, as its owner does, has it tried, and looks at the reasons.
//
//   node hardware.mjs --program APPLIANCE [--chromium FILE] FILM
//
// Prints one JSON object with what the page says of each encoder that is not used; exit 0 when each says why, 1 when not (`reasons`), 2 when called wrongly.
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { Box } from "../driver/box.mjs";
import { setUp, visit } from "./owner.mjs";
import { called, comesTo, expect, judge, launch, scratchFolder } from "./verdict.mjs";

const options = called("hardware.mjs --program APPLIANCE FILM", { program: { type: "string" } }, ({ program }, films) => program && films.length === 1);
const result = { ok: false, reasons: [] };
await judge(result, async (atEnd) => {
  const data = join(scratchFolder("hardware", atEnd), "data");
  // What software does is long to try and not what is looked at here, and neither are decoders; of each codec's encoders, some do, but in the long form.
  const further = process.env.TEST_WHOLE === "1" ? "" : ", hevc_qsv, hevc_v4l2m2m, hevc_vaapi, hevc_vulkan, av1_nvenc, av1_qsv, av1_vaapi, av1_vulkan";
  mkdirSync(data);
  writeFileSync(join(data, "hardware.yaml"), `off: [nvdec, h264, hevc, av1, vp9, mpeg2video, vp9_qsv, vp9_v4l2m2m, mpeg2_qsv, mpeg2_v4l2m2m${further}]\n`);
  await promisify(execFile)(options.program, ["probe", "--hardware", "--data", data]);
  const box = await Box.start(options.program, [options.positionals[0], "--data", data]);
  atEnd(() => box.stop());
  const page = await (await (await launch(options.chromium, atEnd)).newContext()).newPage();
  page.on("pageerror", (error) => result.reasons.push(error.message));
  await page.goto(`${box.base}/`);
  await visit(page, "Hardware");
  await setUp(page, box);
  await page.locator(".hardware__table").first().waitFor();

  const rows = await page.locator("tr[data-codec]").evaluateAll((found) =>
    found.map((row) => ({ codec: row.dataset.codec, result: row.children[2].textContent, why: row.lastElementChild.textContent })),
  );
  result.rows = rows;
  expect(result, "encoders of NVIDIA", rows.some(({ codec }) => codec === "h264_nvenc"), true);
  expect(result, "rows without a reason", rows.filter(({ why }) => !/^[A-Z/].*\.$/.test(why)).length, 0);
  await comesTo(result, "what decodes", () => page.getByText("Films are decoded in software, as --decoder has it.").count(), 1);
  await comesTo(result, "the button", () => page.getByRole("button", { name: "Try all there is" }).count(), 1);
});
