import { section } from "../access/parts";
import { h } from "../dom";
import { clock } from "../format";
import { bytes } from "../language";
import { fact, facts, table } from "../owner/parts";
import { showOwners } from "../owner/screen";
import { watchLink } from "../router";
import { strings } from "../strings";
import { readActivity, readBudgets, type Activity, type Budgets, type Viewer, type Worker } from "./api";

const POLL_MS = 2000;

/** Shows who plays what, and how hard the box works for it. Returns what ends it. */
export function showNow(root: HTMLElement): () => void {
  return showOwners(root, "now", strings.now, ["activity", "budgets"], async (signal) => {
    const [activity, budgets] = await Promise.all([readActivity(signal), readBudgets(signal)]);
    return { content: content(activity, budgets), again: POLL_MS };
  });
}

function content({ pool, making, viewers, answers }: Activity, budgets: Budgets): HTMLElement[] {
  const busy = pool.workers.filter((worker) => worker.work !== null).length;
  const queued = pool.queues.reduce((sum, queue) => sum + queue.queued, 0);
  const hottest = [...budgets.zones].sort((one, other) => other.celsius - one.celsius)[0];
  return [
    h("p", { class: "owner__says", role: "status" }, viewers.length === 0 ? strings.now.nobody : strings.now.watching(viewers.length)),
    h("div", { class: "owner__wide" }, ...(viewers.length === 0 ? [] : [table(strings.now.columns, viewers.map(viewerRow))])),
    section(
      strings.now.work,
      facts(
        fact(strings.now.busy, strings.now.of(busy, pool.workers.length)),
        fact(strings.now.waiting, strings.now.parts(queued)),
        fact(strings.now.making, strings.now.parts(making.flights)),
        fact(strings.now.ready, answers.count === 0 ? strings.now.noAnswers : strings.now.readyOf(answers.hits / answers.count, answers.count)),
        fact(strings.now.share, strings.now.shareOf(budgets.share)),
        ...(hottest === undefined ? [] : [fact(strings.now.hottest, strings.now.degrees(hottest.kind, hottest.celsius))]),
        ...(budgets.watts === null ? [] : [fact(strings.now.watts, strings.now.drawn(budgets.watts))]),
      ),
    ),
    section(strings.now.reasons, h("ul", { class: "owner__list" }, ...budgets.reasons.map((reason) => h("li", {}, reason)))),
    section(strings.now.workers, table(strings.now.workerColumns, pool.workers.map(workerRow))),
  ];
}

function viewerRow(viewer: Viewer): (string | HTMLElement)[] {
  return [
    viewer.title === null ? strings.now.gone : h("a", { class: "owner__link", href: watchLink(viewer.source) }, viewer.title),
    viewer.rung,
    clock(viewer.positionSeconds),
    viewer.bufferSeconds === null ? strings.now.unknown : strings.now.seconds(Math.round(viewer.bufferSeconds)),
    viewer.client,
    byWhom(viewer.by),
  ];
}

function byWhom(by: string): string {
  if (by.startsWith("key ")) return strings.now.byKey(by.slice(4));
  return by === "owner" || by === "link" ? strings.now.by[by] : strings.now.by.home;
}

function workerRow(worker: Worker): string[] {
  return [
    worker.processId === 0 ? "–" : String(worker.processId),
    worker.ready ? (worker.work ?? strings.now.idle) : strings.now.starting,
    worker.residentBytes === 0 ? "–" : bytes(worker.residentBytes),
    String(worker.ordersDone),
  ];
}
