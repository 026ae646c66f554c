import type { Thumbnails } from "../api";
import { h } from "../dom";

/** A pointer that only passes over the bar asks for nothing. */
const REST_MS = 80;

/** A small picture of any second, cut from sheets of thumbnails. A sheet is asked for when the pointer rests in its
 * time, one at a time and after everything that plays. */
export interface Preview {
  readonly element: HTMLElement;
  use(thumbnails: Thumbnails | null): void;
  show(atSeconds: number): void;
  /** Nobody looks any more: what is not under way is not asked for. */
  hide(): void;
}

export function createPreview(): Preview {
  const sheet = h("img", { class: "preview__sheet", alt: "", decoding: "async", fetchpriority: "low" });
  const element = h("div", { class: "preview", hidden: true }, sheet);
  let thumbnails: Thumbnails | null = null;
  let wanted: number | null = null;
  let loaded = -1;
  let loading = -1;
  let timer = 0;

  const place = (): void => {
    if (!thumbnails || wanted === null) return;
    const { columns, rows, secondsApart, count } = thumbnails;
    const tile = Math.min(count - 1, Math.max(0, Math.floor(wanted / secondsApart)));
    const onSheet = tile % (columns * rows);
    const number = (tile - onSheet) / (columns * rows);
    element.hidden = number !== loaded;
    sheet.style.transform =
      `translate(${(-100 * (onSheet % columns)) / columns}%, ${(-100 * Math.floor(onSheet / columns)) / rows}%)`;
    clearTimeout(timer);
    if (number !== loaded && loading < 0) timer = window.setTimeout(() => load(number), REST_MS);
  };
  const load = (number: number): void => {
    if (!thumbnails) return;
    loading = number;
    sheet.src = `${thumbnails.folder}${number}.jpg`;
  };
  sheet.addEventListener("load", () => {
    loaded = loading;
    loading = -1;
    place();
  });
  sheet.addEventListener("error", () => {
    // Told once: the time under the pointer says enough.
    thumbnails = null;
    element.hidden = true;
  });
  return {
    element,
    use(given): void {
      thumbnails = given;
      if (!given) return;
      element.style.aspectRatio = `${given.width} / ${given.height}`;
      sheet.style.width = `${given.columns * 100}%`;
      place();
    },
    show(atSeconds): void {
      wanted = atSeconds;
      place();
    },
    hide(): void {
      wanted = null;
      clearTimeout(timer);
    },
  };
}
