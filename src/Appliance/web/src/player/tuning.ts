import { getTuning, type TuningReport } from "../api";
import { h } from "../dom";
import { strings } from "../strings";

export interface TuningPanel {
  readonly element: HTMLElement;
  toggle(): void;
}

/** What is done to the picture where playing is, and why: a picture before and after, with a line between them to move. */
export function createTuning(id: string, video: HTMLVideoElement, signal: AbortSignal): TuningPanel {
  const words = strings.tuning;
  const body = h("div", { class: "tuning__body", role: "status" });
  const again = h("button", { class: "tuning__again", type: "button", onclick: () => void look() }, words.again);
  const element = h("aside", { class: "tuning", "aria-label": words.title, hidden: true }, h("h2", { class: "tuning__title" }, words.title), body, again);
  let looks = 0;

  async function look(): Promise<void> {
    const mine = ++looks;
    body.replaceChildren(words.looking);
    try {
      const report = await getTuning(id, video.currentTime, signal);
      if (mine === looks) body.replaceChildren(...draw(report));
    } catch {
      if (mine === looks && !signal.aborted) body.replaceChildren(words.failed);
    }
  }
  return {
    element,
    toggle(): void {
      element.hidden = !element.hidden;
      if (!element.hidden) void look();
    },
  };
}

function draw(report: TuningReport): HTMLElement[] {
  const words = strings.tuning;
  const line = h("input", { type: "range", min: 0, max: 100, value: 50, "aria-label": words.line });
  const compare = h(
    "div",
    { class: "tuning__compare" },
    h("img", { src: `data:image/jpeg;base64,${report.before}`, alt: words.before }),
    h("img", { src: `data:image/jpeg;base64,${report.after}`, alt: words.after }),
    line,
  );
  line.addEventListener("input", () => compare.style.setProperty("--at", `${line.value}%`));
  const reasons = [...new Set([...(report.toneMap?.reasons ?? []), ...report.shots.flatMap((shot) => shot.reasons)])];
  return [
    compare,
    h("ul", { class: "tuning__reasons" }, ...(reasons.length > 0 ? reasons : [words.nothing]).map((reason) => h("li", {}, reason))),
  ];
}
