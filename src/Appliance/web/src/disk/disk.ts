import { section } from "../access/parts";
import { ApiError } from "../api";
import { h } from "../dom";
import { bytes } from "../language";
import { meter } from "../owner/parts";
import { showOwners } from "../owner/screen";
import { confirmed } from "../shell/confirm";
import { strings } from "../strings";
import { clearCache, readStorage, type Storage } from "./api";

const POLL_MS = 5000;

/** Shows what the box keeps on its disk, and lets its owner clear what can be made again. Returns what ends it. */
export function showDisk(root: HTMLElement): () => void {
  let told = "";
  return showOwners(root, "disk", strings.disk, ["storage", "jobs"], async (signal, refresh) => {
    const storage = await readStorage(signal);
    const clear = async (): Promise<void> => {
      if (!(await confirmed(strings.disk.clearReally, strings.disk.clearYes))) return;
      try {
        const { entries, bytes: freed } = await clearCache();
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
