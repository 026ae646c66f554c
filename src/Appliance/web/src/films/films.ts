import { ApiError } from "../api";
import { action, section } from "../access/parts";
import { h } from "../dom";
import { showOwners } from "../owner/screen";
import { confirmed } from "../shell/confirm";
import { strings } from "../strings";
import { addSource, readLibrary, readUploads, removeServed, type Library, type Upload } from "./api";
import { dropZone } from "./drop";
import { dropSending, listenToSendings, sendings } from "./sending";
import { remove } from "./tus";
import { sendingRow, showProgress, uploadRow } from "./uploads";

const IDLE_POLL_MS = 5000;
const BUSY_POLL_MS = 1000;

/** Lets the owner add films and take them away. Returns what ends it. */
export function showFilms(root: HTMLElement): () => void {
  const screen = new FilmsScreen();
  const end = showOwners(root, "films", strings.films, ["library"], async (signal, refresh) => {
    const [library, uploads] = await Promise.all([readLibrary(signal), readUploads(signal)]);
    screen.show(library, uploads, signal, refresh);
    return { content: [screen.element], again: library.waiting + library.probing > 0 ? BUSY_POLL_MS : IDLE_POLL_MS };
  });
  return () => {
    screen.stop();
    end();
  };
}

/** Its forms stay while what is below them changes. */
class FilmsScreen {
  readonly element = h("div", { class: "films__parts", "data-kept": true });
  /** Stops drawing what is sent; sending itself goes on. */
  readonly stop: () => void;
  private readonly uploads = h("ul", { class: "rows", "aria-label": strings.films.uploads });
  private readonly scan = h("p", { class: "films__scan", role: "status" });
  private readonly served = h("ul", { class: "rows", "aria-label": strings.films.served });
  private readonly told = h("p", { class: "films__told", role: "status" });
  private readonly drawn = new WeakMap<HTMLElement, string>();
  private uploaded: readonly Upload[] = [];
  private signal: AbortSignal | null = null;
  private refresh: () => Promise<void> = () => Promise.resolve();
  private whole = 0;

  constructor() {
    this.element.append(
      section(strings.films.here, dropZone(), this.uploads),
      h(
        "div",
        { class: "films__ways" },
        section(strings.films.folder, h("p", { class: "owner__note" }, strings.films.folderText), this.form(strings.films.path, "text", (path) => ({ path }))),
        section(strings.films.url, h("p", { class: "owner__note" }, strings.films.urlText), this.form(strings.films.address, "url", (url) => ({ url }))),
      ),
      this.told,
      section(strings.films.served, this.scan, this.served),
    );
    this.stop = listenToSendings(() => this.showUploads());
  }

  show(library: Library, uploads: readonly Upload[], signal: AbortSignal, refresh: () => Promise<void>): void {
    this.uploaded = uploads;
    this.signal = signal;
    this.refresh = refresh;
    const left = library.waiting + library.probing;
    const words = left > 0 ? strings.films.scanning(left, library.sources + library.waiting) : library.sources > 0 ? strings.films.scanned(library.sources) : strings.films.nothing;
    if (this.scan.textContent !== words) this.scan.textContent = words;
    this.showUploads();
    this.redraw(this.served, JSON.stringify([library.paths, library.remotes]), () => [
      ...library.paths.map((path) =>
        row(path.path, path.isThere ? strings.films.files(path.files) : strings.films.away, path.trouble, path.isAdded ? this.removing(path.path, strings.films.removed(path.path), () => removeServed(path.id)) : h("span", { class: "rows__note" }, strings.films.byCommand)),
      ),
      ...library.remotes.map((film) => row(film.url, "", film.trouble, this.removing(film.url, strings.films.removed(film.url), () => removeServed(film.id)))),
    ]);
  }

  private showUploads(): void {
    const sent = new Set(sendings().map((one) => one.id));
    const others = this.uploaded.filter((upload) => !sent.has(upload.id));
    const states = sendings().map((one) => [one.id, one.state, one.why]);
    this.redraw(this.uploads, JSON.stringify([states, others]), () => [
      ...sendings().map((one) => sendingRow(one, this.removingUpload(one.file.name, () => one.id))),
      ...others.map((upload) => uploadRow(upload, this.removingUpload(upload.title, () => upload.id))),
    ]);
    for (const [place, one] of sendings().entries()) showProgress(this.uploads.children[place], one);
    const whole = sendings().filter((one) => one.state === "whole").length;
    if (whole !== this.whole) void this.refresh();
    this.whole = whole;
  }

  /** Draws a list only where it changed: what has the focus keeps it. */
  private redraw(list: HTMLElement, text: string, rows: () => HTMLElement[]): void {
    if (this.drawn.get(list) === text) return;
    this.drawn.set(list, text);
    const focused = document.activeElement?.closest("li") !== null && list.contains(document.activeElement) ? document.activeElement?.getAttribute("aria-label") : null;
    list.replaceChildren(...rows());
    if (focused) list.querySelector<HTMLElement>(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
  }

  private form(label: string, type: "text" | "url", what: (given: string) => { readonly path: string } | { readonly url: string }): HTMLElement {
    const field = h("input", { class: "owner__token", type, required: true, autocomplete: "off", autocapitalize: "none", spellcheck: "false", "aria-label": label, placeholder: label });
    const fault = h("p", { class: "entry__fault", role: "alert" });
    const button = h("button", { class: "button button--main", type: "submit" }, strings.films.add);
    const add = async (): Promise<void> => {
      button.disabled = true;
      fault.textContent = "";
      this.told.textContent = "";
      try {
        await addSource(what(field.value.trim()));
        field.value = "";
        this.told.textContent = strings.films.added;
        await this.refresh();
      } catch (error) {
        fault.textContent = error instanceof ApiError ? error.message : strings.errors.unreachable;
      } finally {
        button.disabled = false;
      }
    };
    return h(
      "form",
      {
        class: "owner__ask",
        onsubmit: (event) => {
          event.preventDefault();
          void add();
        },
      },
      field,
      button,
      fault,
    );
  }

  private removing(what: string, told: string, act: () => Promise<void>): HTMLElement {
    return action(strings.films.remove, strings.films.removeIt(what), async () => {
      if (!(await confirmed(strings.films.removeReally(what), strings.films.remove))) return;
      await act();
      this.told.textContent = told;
      await this.refresh();
    });
  }

  /** @param id of the upload; null where the box has not begun it. */
  private removingUpload(what: string, id: () => string | null): HTMLElement {
    return action(strings.films.remove, strings.films.removeIt(what), async () => {
      if (!(await confirmed(strings.films.removeUploadReally(what), strings.films.remove))) return;
      const known = id();
      if (known === null) return;
      // What is sent into it is stopped first, or the box is still busy with it.
      sendings().find((one) => one.id === known)?.pause();
      await remove(known, this.signal ?? new AbortController().signal);
      dropSending(known);
      this.told.textContent = strings.films.uploadRemoved(what);
      await this.refresh();
    });
  }
}

function row(name: string, line: string, trouble: string | null, end: HTMLElement): HTMLElement {
  return h(
    "li",
    { class: "rows__row" },
    h("div", { class: "rows__words" }, h("span", { class: "rows__name" }, name), h("span", { class: "rows__note" }, line), trouble === null ? null : h("span", { class: "rows__trouble" }, trouble)),
    end,
  );
}
