import { section } from "../access/parts";
import { ApiError } from "../api";
import { h } from "../dom";
import { bytes } from "../language";
import { meter } from "../owner/parts";
import { showOwners } from "../owner/screen";
import { ask, askJson } from "../owner/session";
import { confirmed } from "../shell/confirm";
import { strings } from "../strings";

const POLL_MS = 5000;

type PartName = keyof typeof strings.disk.parts;

/** What `GET /v1/storage` says. */
interface Storage {
  readonly folder: string;
  readonly diskBytes: number | null;
  readonly freeBytes: number | null;
  readonly parts: readonly { readonly name: PartName; readonly usedBytes: number; readonly limitBytes: number; readonly count: number; readonly trouble: string | null }[];
}

/** Shows what the box keeps on its disk, and lets its owner clear what can be made again. Returns what ends it. */
export function showDisk(root: HTMLElement): () => void {
  let told = "";
  return showOwners(root, "disk", strings.disk, ["storage", "jobs"], async (signal, refresh) => {
    const storage = await askJson<Storage>("/v1/storage", signal);
    const clear = async (): Promise<void> => {
      if (!(await confirmed(strings.disk.clearReally, strings.disk.clearYes))) return;
      try {
        const { entries, bytes: freed } = (await (await ask("/v1/cache", { method: "DELETE" })).json()) as { entries: number; bytes: number };
        told = strings.disk.cleared(entries, bytes(freed));
      } catch (error) {
        told = error instanceof ApiError ? error.message : strings.errors.unreachable;
      }
      await refresh();
    };
    return { content: content(storage, told, () => void clear()), again: POLL_MS };
  });
}

function content({ folder, diskBytes, freeBytes, parts }: Storage, told: string, clear: () => void): HTMLElement[] {
  const used = (diskBytes ?? 0) - (freeBytes ?? 0);
  return [
    section(
      strings.disk.disk,
      h("p", { class: "owner__says" }, diskBytes === null || freeBytes === null ? strings.disk.unknown : strings.disk.used(bytes(freeBytes), bytes(diskBytes))),
      ...(diskBytes === null ? [] : [meter(strings.disk.disk, used, diskBytes)]),
      h("p", { class: "owner__note" }, strings.disk.folder(folder)),
    ),
    h(
      "div",
      { class: "disk__parts" },
      ...parts.map(({ name, usedBytes, limitBytes, count, trouble }) =>
        h(
          "section",
          { class: "disk__part", "data-key": name, "aria-label": strings.disk.parts[name] },
          h("h2", {}, strings.disk.parts[name]),
          h("p", { class: "disk__used" }, strings.disk.usedOf(bytes(usedBytes), bytes(limitBytes))),
          meter(strings.disk.parts[name], usedBytes, limitBytes),
          h("p", { class: "owner__note" }, `${strings.disk.counts[name](count)}. ${strings.disk.texts[name]}`),
          trouble === null ? null : h("p", { class: "rows__trouble" }, trouble),
          name === "cache" ? h("button", { class: "button", type: "button", onclick: clear }, strings.disk.clear) : null,
        ),
      ),
    ),
    h("p", { class: "owner__told", role: "status" }, told),
  ];
}
