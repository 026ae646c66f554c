// The ffmpeg and ffprobe programs as independent witnesses.
import { execFile } from "node:child_process";

const OUTPUT_LIMIT_BYTES = 64 << 20;

/** @returns status, output and errors of a program; a program that ran too long has status null. */
export function run(program, arguments_, limitMs = 60_000) {
  return new Promise((done) => {
    execFile(program, arguments_, { timeout: limitMs, killSignal: "SIGKILL", maxBuffer: OUTPUT_LIMIT_BYTES, encoding: "utf8" },
      (error, output, errors) => done({ status: error ? (typeof error.code === "number" ? error.code : null) : 0, output, errors }));
  });
}

/** What ffprobe decodes of the first seconds of a file: frames of its first picture and of its first sound. */
export async function decodedBy(file, seconds) {
  const { output } = await run("ffprobe", [
    "-v", "quiet", "-threads", "1", "-count_frames", "-read_intervals", `%+${seconds}`,
    "-show_entries", "stream=codec_type,codec_name,nb_read_frames:stream_disposition=attached_pic:format=duration", "-of", "json", file,
  ]);
  let found = {};
  try {
    found = JSON.parse(output);
  } catch {
    // It said nothing: it could not open the file, or was too slow.
  }
  const streams = found.streams ?? [];
  const frames = (type) => streams
    .filter((stream) => stream.codec_type === type && stream.disposition?.attached_pic !== 1)
    .reduce((most, stream) => Math.max(most, Number(stream.nb_read_frames) || 0), 0);
  return { video: frames("video"), audio: frames("audio"), seconds: Number(found.format?.duration) || null };
}

/** Decodes a file whole. @returns what was wrong, or null. */
export async function decodeFault(file) {
  const { status, errors } = await run("ffmpeg", ["-nostdin", "-v", "error", "-xerror", "-threads", "1", "-i", file, "-map", "0", "-f", "null", "-"]);
  return status === 0 && errors.trim() === "" ? null : `ffmpeg -xerror ended with ${status}: ${errors.trim().split("\n")[0]}`;
}

/** Presentation times of the decoded frames, or of the packets, of a file with one track, in order. */
export async function times(file, what) {
  const { output } = await run("ffprobe", ["-v", "error", "-threads", "1", "-show_entries", `${what}=pts_time`, "-of", "csv=p=0", file]);
  return output.split("\n").map((line) => line.replace(/,.*/, "").trim()).filter(Boolean).map(Number);
}
