// A running appliance as a test holds it: the real program with its real workers, seen from outside.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readdirSync, readSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const START_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 20_000;
const LOG_LINES = 2000;

/** Keys with the owner's scope, by data folder: a box that is started again has the one it had. */
const keys = new Map();

function keyOf(program, data) {
  if (!keys.has(data) || !existsSync(join(data, "access", "keys.json"))) {
    keys.set(data, execFileSync(program, ["key", "add", "test", "--scope", "owner", "--data", data], { encoding: "utf8" }).trim());
  }
  return keys.get(data);
}

export class Box {
  log = [];
  exit = null;

  /** @param program the built appliance; @param arguments_ its arguments, with --data and its folder, and without port where any will do; @param within a command that
   * becomes what follows it. */
  static async start(program, arguments_, within = []) {
    const box = new Box();
    box.token = keyOf(program, arguments_[arguments_.indexOf("--data") + 1]);
    const port = arguments_.includes("--port") ? [] : ["--port", "0"];
    const [command, ...rest] = [...within, program, ...arguments_, ...port];
    box.process = spawn(command, rest, { stdio: ["ignore", "pipe", "pipe"] });
    box.ended = new Promise((done) => box.process.once("exit", (code, signal) => {
      box.exit = { code, signal };
      done(box.exit);
    }));
    box.process.once("error", (error) => {
      box.exit ??= { code: null, signal: String(error) };
    });
    let output = "";
    box.process.stderr.setEncoding("utf8").on("data", (text) => {
      box.log.push(...text.split("\n").filter(Boolean));
      box.log.splice(0, Math.max(0, box.log.length - LOG_LINES));
    });
    box.process.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    // An empty line ends it: what is read of it may end anywhere.
    const announced = () => /^ {2}Page .*\n(?:.+\n)*\n/m.test(output);
    await until(() => announced() || box.exit, START_LIMIT_MS, "the appliance announces itself");
    if (box.exit) throw new Error(`The appliance did not start: ${box.log.slice(-5).join(" | ")}`);
    box.base = /^ {2}Page +(\S+)/m.exec(output)[1].replace(/\/$/, "");
    box.code = /^ {2}Set-up +(\S+)/m.exec(output)?.[1];
    return box;
  }

  get pid() {
    return this.process.pid;
  }

  /** @returns the response, with its body read; throws what fetch throws, a time limit included. */
  async get(path, { limitMs = 60_000, signal, method = "GET", body, headers } = {}) {
    const limit = AbortSignal.timeout(limitMs);
    const response = await fetch(this.base + path, {
      method,
      body,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      signal: signal ? AbortSignal.any([limit, signal]) : limit,
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const { status, redirected, headers: said } = response;
    return { status, redirected, headers: said, bytes, text: () => bytes.toString("utf8"), json: () => JSON.parse(bytes.toString("utf8")) };
  }

  async json(path) {
    const answer = await this.get(path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text()}`);
    return answer.json();
  }

  /** Waits until no source is being looked at any more. */
  async sourcesReady(limitMs = 60_000) {
    let sources = [];
    await until(async () => {
      sources = (await this.json("/v1/sources")).sources;
      return sources.length > 0 && sources.every((source) => source.state !== "probing");
    }, limitMs, "all sources are probed");
    return sources;
  }

  /** Waits until nothing is made and nothing waits to be. */
  async idle(limitMs = 60_000) {
    let activity;
    await until(async () => {
      activity = await this.json("/v1/activity");
      return activity.making.flights === 0 && activity.pool.queues.every((queue) => queue.queued + queue.running === 0);
    }, limitMs, "nothing runs");
    return activity;
  }

  /** Worker processes of this appliance that live, told by the parent each was started for. */
  workers() {
    return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => isWorkerOf(pid, this.pid));
  }

  /** Ends the appliance. @returns its exit, and the workers that outlived it. */
  async stop(signal = "SIGTERM") {
    this.process.kill(signal);
    const exit = await Promise.race([this.ended, delay(STOP_LIMIT_MS, null, { ref: false })]);
    if (exit === null) {
      this.process.kill("SIGKILL");
      await this.ended;
    }
    await until(() => this.workers().length === 0, 5000, "").catch(() => {});
    return { ...(exit ?? { code: null, signal: "did not stop when asked" }), leaked: this.workers() };
  }
}

/** Waits for a state that only looking can tell. */
export async function until(holds, limitMs, what) {
  const end = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited ${limitMs / 1000} s in vain until ${what}.`);
    await delay(50);
  }
}

export function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The id by which the appliance knows a file, from its published rule , that of the fingerprint. */
export function sourceId(path) {
  const MIB = 1 << 20;
  const BLOCK = 64 << 10;
  const file = openSync(path, "r");
  try {
    const length = fstatSync(file).size;
    if (length === 0) return createHash("sha256").update(`unreadable\0${path}`).digest("hex").slice(0, 20);
    const size = Buffer.alloc(8);
    size.writeBigUInt64BE(BigInt(length));
    const hash = createHash("sha256").update("appliance source 1\0").update(size);
    const append = (offset, count) => {
      const bytes = Buffer.alloc(count);
      readSync(file, bytes, 0, count, offset);
      hash.update(bytes);
    };
    if (length <= 64 * MIB) {
      for (let offset = 0; offset < length; offset += MIB) append(offset, Math.min(MIB, length - offset));
    } else {
      append(0, MIB);
      append(length - MIB, MIB);
      for (let i = 0; i < 256; i++) append(Math.floor((i * (length - BLOCK)) / 255), BLOCK);
    }
    return hash.digest("hex").slice(0, 20);
  } finally {
    closeSync(file);
  }
}

/** A media playlist's segments: file, seconds, and when each begins. */
export function segmentsOf(playlist) {
  let start = 0;
  return [...playlist.matchAll(/#EXTINF:([\d.]+),\n(\S+)/g)].map(([, seconds, file]) => {
    const segment = { file, index: Number.parseInt(file, 10), seconds: Number(seconds), start };
    start += segment.seconds;
    return segment;
  });
}

function isWorkerOf(pid, parent) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(`--parent=${parent}`)
      && !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
