// Films of our own making for looking at the page: drawn by ffmpeg's generators, with nobody's rights in them.
import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const RATE = 24;

/** What they are drawn in: as a person looks at them. */
const LARGE = "1280:720";

/** What does to play and to find: half as many pictures a second, and nothing laid over them. Drawing, making and showing it takes a tenth of the time. */
export const SMALL = "640:360";

const SMALL_RATE = 12;

const SOFT = `scale=${LARGE}:flags=bicubic,vignette=a=0.5,noise=alls=5:allf=t`;

const colours = (c, seed, shapes = 4) => `gradients=s=320x180:r=${RATE}:n=${shapes}:seed=${seed}:speed=0.006:${c.map((one, i) => `c${i}=${one}`).join(":")},${SOFT}`;
const fractal = (x, y, scale) => `mandelbrot=s=640x360:r=${RATE}:start_x=${x}:start_y=${y}:start_scale=${scale}:end_scale=${scale / 2}:end_pts=${RATE * 40}:maxiter=400,${SOFT}`;

/** Title and picture. Titles of several languages, for search. */
export const FILMS = [
  ["The Long Orbit", fractal(-0.743643, 0.131825, 0.004)],
  ["Ember Fields", colours(["0x120806", "0x8a2b12", "0xf2a65a", "0x2b0d0a"], 11)],
  ["Élan", colours(["0x0b1f3a", "0x2c7da0", "0xa9d6e5", "0xf4f1de"], 23)],
  ["Über den Wolken", colours(["0x355070", "0x6d597a", "0xe56b6f", "0xeaac8b"], 5)],
  ["Night Harbour", colours(["0x03071e", "0x14213d", "0xfca311", "0x0b0b12"], 31)],
  ["Cuatro señales", `life=s=160x90:r=${RATE}:mold=20:ratio=0.3:death_color=0x40205a:life_color=0xf7d08a:mold_color=0x1b1030,scale=${LARGE}:flags=neighbor,vignette=a=0.6`],
  ["Kaleidoscope", fractal(-0.1592, -1.0317, 0.03)],
  ["A Quiet Green", colours(["0x081c15", "0x1b4332", "0x52b788", "0xd8f3dc"], 42)],
  ["Żółta łódka", colours(["0xffb703", "0xfb8500", "0x023047", "0x219ebc"], 8)],
  ["The Weaver", `cellauto=s=320x180:r=${RATE}:rule=110:random_seed=4,negate,colorchannelmixer=rr=0.85:gg=0.6:bb=0.35,scale=${LARGE}:flags=neighbor,vignette=a=0.7`],
  ["Snow on the Line", colours(["0xe0e1dd", "0x778da9", "0x415a77", "0x1b263b"], 77)],
  ["Rosewater", colours(["0x590d22", "0xa4133c", "0xff8fa3", "0xfff0f3"], 3)],
];

/** Words of the film that has two languages and subtitles. */
export const CUES = [[1, 6, "It takes eleven years to come around."], [7, 13, "Then wait with me."], [14, 19, "<i>The radio says nothing.</i>"]];

/** Makes a film. @param isRich whether it has two languages of sound, 440 and 660 hertz, and subtitles; @param size LARGE or SMALL. @returns the file. */
export function makeFilm(folder, [title, picture], seconds, { isRich = false, size = LARGE } = {}) {
  const file = join(folder, `${title}.mkv`);
  const clock = (at) => `00:00:${String(at).padStart(2, "0")},000`;
  const words = `${file}.words.srt`;
  if (isRich) writeFileSync(words, CUES.map(([from, to, text], place) => `${place + 1}\n${clock(from)} --> ${clock(to)}\n${text}\n`).join("\n"));
  const sounds = isRich ? [440, 660] : [330];
  const isSmall = size === SMALL;
  const drawn = isSmall ? picture.replaceAll(`r=${RATE}`, `r=${SMALL_RATE}`).replace(SOFT, `scale=${SMALL}:flags=bilinear`).replace(LARGE, SMALL) : picture;
  execFileSync("ffmpeg", [
    "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", drawn,
    ...sounds.flatMap((pitch) => ["-f", "lavfi", "-i", `sine=f=${pitch}:r=48000,volume=0.1`]),
    ...(isRich ? ["-i", words] : []),
    "-map", "0:v", ...sounds.flatMap((_, i) => ["-map", `${i + 1}:a`]), ...(isRich ? ["-map", `${sounds.length + 1}:s`, "-c:s", "srt", "-metadata:s:s:0", "language=eng", "-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=deu"] : []),
    "-t", String(seconds), "-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-pix_fmt", "yuv420p", "-g", String(isSmall ? SMALL_RATE : RATE), "-c:a", "aac", "-b:a", "96k",
    file,
  ]);
  if (isRich) rmSync(words);
  return file;
}
