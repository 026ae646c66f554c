import { ApiError } from "../api";
import { h } from "../dom";
import { timeOfDay } from "../language";
import { showOwners } from "../owner/screen";
import { strings } from "../strings";
import { readNetwork, setNetwork, type Network, type ReachState } from "./api";

const IDLE_POLL_MS = 10_000;
const ASKING_POLL_MS = 1000;

/** Shows whether and how others reach the box, and lets its owner say whether they may. Returns what ends it. */
export function showNetwork(root: HTMLElement): () => void {
  let trouble: string | null = null;
  return showOwners(root, "network", strings.network, ["network"], async (signal, refresh) => {
    const network = await readNetwork(signal);
    const allow = (reach: boolean): void => void setNetwork(signal, { ...network.settings, reach }).then(refresh, async (error: unknown) => {
      trouble = error instanceof ApiError ? error.message : strings.errors.unreachable;
      await refresh();
    });
    // The box does what it was told a moment after it was told.
    const asking = network.paths.some((path) => path.standing === "Asking" || (path.standing === "Off") === network.settings.reach);
    const said = trouble === null ? [] : [h("p", { class: "network__warning", role: "alert" }, trouble)];
    trouble = null;
    return { content: [...said, ...content(network, allow)], again: asking ? ASKING_POLL_MS : IDLE_POLL_MS };
  });
}

function content(network: Network, allow: (reach: boolean) => void): HTMLElement[] {
  const { reach } = network.settings;
  const ways = reach ? network.paths : [];
  return [
    h("p", { class: "network__says", role: "status" }, network.says),
    ...network.warnings.map((warning) => h("p", { class: "network__warning" }, warning)),
    h("p", {}, h("button", { class: reach ? "button" : "button button--main", type: "button", onclick: () => allow(!reach) }, reach ? strings.network.close : strings.network.open)),
    ...ways.map((path) => section(strings.network.over(path.family), way(path))),
    section(strings.network.athome, [h("p", {}, network.advertised.says), facts([[strings.network.listening, network.listening], ...network.interfaces.map((own): [string, string] => [own.name, own.addresses.join(", ") || strings.network.noAddress])])]),
  ];
}

function way(path: ReachState): HTMLElement[] {
  const known: [string, string][] = [];
  if (path.outside !== null) known.push([strings.network.outside, path.outside]);
  if (path.inside !== null) known.push([strings.network.inside, path.inside]);
  if (path.router !== null) known.push([strings.network.router, path.language === null ? path.router : strings.network.by(path.router, path.language)]);
  if (path.until !== null) known.push([strings.network.until, timeOfDay(path.until)]);
  return [
    h("p", { "data-standing": path.standing }, path.says),
    ...(path.toDo === null ? [] : [h("p", { class: "network__todo" }, path.toDo)]),
    ...(known.length === 0 ? [] : [facts(known)]),
  ];
}

function facts(known: readonly (readonly [string, string])[]): HTMLElement {
  return h("dl", { class: "owner__sums" }, ...known.map(([name, value]) => h("div", { class: "owner__sum network__fact" }, h("dt", {}, name), h("dd", {}, value))));
}

function section(title: string, parts: readonly HTMLElement[]): HTMLElement {
  return h("section", { class: "owner__part" }, h("h2", {}, title), ...parts);
}
