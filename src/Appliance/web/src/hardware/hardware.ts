import { h } from "../dom";
import { number, timeOfDay } from "../language";
import { table } from "../owner/parts";
import { showOwners } from "../owner/screen";
import { strings } from "../strings";
import { readHardware, startProbe, type CodingPath, type Hardware, type PathAnswer } from "./api";

const IDLE_POLL_MS = 10_000;
const BUSY_POLL_MS = 700;

/** Shows what the box is, what of it works, and why the rest is not used. Returns what ends it. */
export function showHardware(root: HTMLElement): () => void {
  return showOwners(root, "hardware", strings.hardware, ["hardware"], async (signal, refresh) => {
    const hardware = await readHardware(signal);
    const probe = (again: boolean): void => void startProbe(signal, again).catch(() => undefined).then(refresh);
    return { content: content(hardware, probe), again: hardware.current === null ? IDLE_POLL_MS : BUSY_POLL_MS };
  });
}

function content(hardware: Hardware, probe: (again: boolean) => void): HTMLElement[] {
  const { box, profile, current, paths } = hardware;
  const graphics = box.graphics.map((device) => device.pciId).join(", ") || strings.hardware.noGraphics;
  const untried = paths.some((answer) => answer.verdict === "NotTried");
  const known = paths.filter((answer) => answer.verdict !== "NotTried");
  return [
    h(
      "dl",
      { class: "owner__sums" },
      fact(strings.hardware.box, `${box.processor}, ${strings.hardware.cores(box.cores)}, ${strings.hardware.memory(box.memoryMebibytes)}, ${graphics}, Linux ${box.kernel}`),
      fact(strings.hardware.profile, profile === null ? strings.hardware.noProfile : `${profile.description} (${profile.because})`),
      ...(hardware.encoder === null ? [] : [fact(strings.hardware.rungs, makes(hardware.encoder))]),
      ...(hardware.decoder === null ? [] : [fact(strings.hardware.decoding, decodes(hardware.decoder))]),
      fact(strings.hardware.power, hardware.power === null ? strings.hardware.powerRead : strings.hardware.powerNotRead(hardware.power)),
    ),
    current === null
      ? h("p", {}, h("button", { class: "button", type: "button", onclick: () => probe(!untried) }, untried ? strings.hardware.tryAll : strings.hardware.tryAgain))
      : h("p", { class: "hardware__now", role: "status" }, strings.hardware.trying(nameOf(current.path), current.step)),
    ...(known.length === 0 ? [h("p", { class: "owner__note" }, strings.hardware.nothingTried)] : []),
    ...part(strings.hardware.encoders, known.filter((answer) => answer.path.direction === "Encode" && answer.verdict === "Works")),
    ...part(strings.hardware.decoders, known.filter((answer) => answer.path.direction === "Decode" && answer.verdict === "Works")),
    ...part(strings.hardware.notUsed, known.filter((answer) => answer.verdict !== "Works")),
    ...(profile === null ? [] : [section(strings.hardware.figures, figures(profile))]),
  ];
}

/** Which encoder makes the films' sizes, and why; the box says why in its own words. */
function makes(encoder: NonNullable<Hardware["encoder"]>): string {
  const until = encoder.restsUntil === null ? "" : ` ${strings.hardware.restsUntil(timeOfDay(encoder.restsUntil))}`;
  return `${encoder.makes}: ${encoder.why}${until}`;
}

/** What decodes films, why, and how each device's decoder does; the box says why in its own words. */
function decodes(decoder: NonNullable<Hardware["decoder"]>): string {
  const uses = decoder.uses.map((use) => {
    const rest = use.isShut ? strings.hardware.shut : use.restsUntil === null ? "" : strings.hardware.restsUntil(timeOfDay(use.restsUntil));
    return [strings.hardware.decoded(use.decoder, use.decoded, use.leftToSoftware), use.trouble, rest].filter(Boolean).join(" ");
  });
  return [decoder.why, ...uses].join(" ");
}

function part(title: string, answers: readonly PathAnswer[]): HTMLElement[] {
  if (answers.length === 0) return [];
  const heads = strings.hardware.columns.map((name) => h("th", { scope: "col", role: "columnheader" }, name));
  return [section(title, h("table", { class: "table table--cards hardware__table", role: "table" }, h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, ...heads)), h("tbody", { role: "rowgroup" }, ...answers.map(row))))];
}

function row({ path, verdict, standing, reason, figures, rehearsal }: PathAnswer): HTMLElement {
  const [, by, result, speed, sessions, first, why] = strings.hardware.columns;
  const figure = (name: string, text: string): HTMLElement => h("td", { class: "table__number", role: "cell", "data-name": name }, text);
  return h(
    "tr",
    { "data-codec": path.codec, role: "row" },
    h("th", { scope: "row", role: "rowheader" }, strings.hardware.depth(path.format.replace(/video$/, ""), path.bitDepth)),
    h("td", { role: "cell", "data-name": by }, nameOf(path)),
    h("td", { class: `hardware__verdict hardware__verdict--${verdict}`, title: standing, role: "cell", "data-name": result }, strings.hardware.verdicts[verdict]),
    figure(speed, figures === null ? "" : number(figures.framesPerSecond, 1)),
    figure(sessions, figures === null ? "" : number(figures.sessions)),
    figure(first, figures === null ? "" : strings.hardware.milliseconds(figures.firstFrameMicroseconds)),
    h("td", { class: "hardware__why", role: "cell", "data-name": why }, rehearsal === null ? reason : `${reason} ${rehearsal.reason}`),
  );
}

function figures(profile: NonNullable<Hardware["profile"]>): HTMLElement {
  const rows = [
    ...profile.figures.map((figure) => [figure.name, `${figure.value} ${figure.unit}`, figure.standing, figure.source]),
    ...profile.quirks.map((quirk) => [quirk.name, quirk.text, quirk.standing, quirk.source]),
  ];
  return table(strings.hardware.figureColumns, rows);
}

function nameOf(path: CodingPath): string {
  const by = path.codec === path.format && path.api !== "software" ? `${path.codec} on ${path.api}` : path.codec;
  return path.device === null ? by : `${by} ${path.device.split("/").pop() ?? ""}`;
}

function fact(name: string, value: string): HTMLElement {
  return h("div", { class: "owner__sum hardware__fact" }, h("dt", {}, name), h("dd", {}, value));
}

function section(title: string, content: HTMLElement): HTMLElement {
  return h("section", { class: "owner__part" }, h("h2", {}, title), content);
}
