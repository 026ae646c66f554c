import { action, section } from "../access/parts";
import { ApiError, listSources } from "../api";
import { h } from "../dom";
import { moment } from "../language";
import { meter } from "../owner/parts";
import { showOwners } from "../owner/screen";
import { confirmed } from "../shell/confirm";
import { strings } from "../strings";
import { readChoices, readJobs, removeJob, startJob, type Job } from "./api";

const POLL_MS = 2000;

/** Shows the jobs there are and how far they are, and starts and removes them. Returns what ends it. */
export function showJobs(root: HTMLElement): () => void {
  let form: HTMLElement | null = null;
  return showOwners(root, "jobs", strings.jobs, ["jobs", "library"], async (signal, refresh) => {
    const [jobs, sources] = await Promise.all([readJobs(signal), listSources(signal)]);
    const films = sources.filter((source) => source.state === "ready").map(({ id, title }) => ({ id, title }));
    form ??= newForm(refresh);
    offer(form, films);
    const rows = [...jobs].reverse().map((job) => row(job, refresh));
    return {
      content: [
        h("p", { class: "owner__note" }, strings.jobs.text),
        form,
        section(strings.jobs.list, rows.length === 0 ? h("p", { class: "owner__note" }, strings.jobs.none) : h("ul", { class: "rows" }, ...rows)),
      ],
      again: POLL_MS,
    };
  });
}

/** What is chosen in it stays while the jobs below it change. */
function newForm(refresh: () => Promise<void>): HTMLElement {
  const told = h("p", { class: "owner__told", role: "status" });
  const choices = h("fieldset", { class: "access__scopes", hidden: true });
  const start = h("button", { class: "button button--main", type: "submit", disabled: true }, strings.jobs.start);
  const film = h("select", { class: "owner__token", "aria-label": strings.jobs.film, onchange: () => void choose() });
  const boxes = (): HTMLInputElement[] => [...choices.querySelectorAll("input")];

  const choose = async (): Promise<void> => {
    const id = film.value;
    told.textContent = "";
    start.disabled = true;
    choices.hidden = true;
    if (id === "") return;
    try {
      const { renditions } = await readChoices(id);
      if (film.value !== id) return;
      const names = [...new Set(renditions.filter(({ kind, notHere, name }) => kind === "video" && notHere === null && name !== "source").map(({ name }) => name))];
      choices.replaceChildren(
        h("legend", {}, strings.jobs.renditions),
        ...names.map((name) => h("label", {}, h("input", { type: "checkbox", value: name, checked: true }), name)),
      );
      choices.hidden = names.length === 0;
      start.disabled = false;
    } catch (error) {
      told.textContent = words(error);
    }
  };

  const make = async (): Promise<void> => {
    const chosen = boxes().filter((box) => box.checked).map((box) => box.value);
    if (boxes().length > 0 && chosen.length === 0) {
      told.textContent = strings.jobs.noneChosen;
      return;
    }
    start.disabled = true;
    try {
      await startJob(film.value, chosen.length === boxes().length ? null : chosen);
      const title = film.selectedOptions[0]?.textContent ?? "";
      film.value = "";
      await choose();
      told.textContent = strings.jobs.started(title);
      await refresh();
    } catch (error) {
      told.textContent = words(error);
      start.disabled = false;
    }
  };

  return h(
    "form",
    {
      class: "owner__ask jobs__form",
      "data-kept": true,
      onsubmit: (event) => {
        event.preventDefault();
        void make();
      },
    },
    film,
    start,
    choices,
    told,
  );
}

/** Puts the films there are into the form, where they are others than before. */
function offer(form: HTMLElement, films: readonly { readonly id: string; readonly title: string }[]): void {
  const list = form.querySelector("select");
  if (!list) return;
  const wanted = [{ id: "", title: strings.jobs.pick }, ...films];
  const shown = [...list.options].map(({ value, textContent }) => `${value} ${textContent}`);
  if (wanted.length === shown.length && wanted.every(({ id, title }, index) => shown[index] === `${id} ${title}`)) return;
  const chosen = list.value;
  list.replaceChildren(...wanted.map(({ id, title }) => h("option", { value: id }, title)));
  list.value = wanted.some(({ id }) => id === chosen) ? chosen : "";
}

function row(job: Job, refresh: () => Promise<void>): HTMLElement {
  const isOver = job.state === "done" || job.state === "failed";
  const share = job.state === "done" ? 1 : (job.progress?.share ?? 0);
  const notes = [
    strings.jobs.states[job.state],
    ...(job.state === "running" && job.progress?.timesRealTime != null ? [strings.jobs.rate(job.progress.timesRealTime)] : []),
    ...(job.state === "running" && job.progress?.secondsLeft != null ? [strings.jobs.left(job.progress.secondsLeft / 60)] : []),
    ...(job.failures.length > 0 ? [strings.jobs.failures(job.failures.length)] : []),
    ...(job.payment === null ? [] : [strings.jobs.paid(job.payment.requester)]),
  ];
  const remove = action(isOver ? strings.jobs.remove : strings.jobs.cancel, strings.jobs.cancelIt(job.title), async () => {
    if (!(await confirmed(strings.jobs.really(job.title), strings.jobs.remove))) return;
    await removeJob(job.id);
    await refresh();
  });
  return h(
    "li",
    { class: "rows__row", "data-key": job.id, "data-state": job.state },
    h(
      "div",
      { class: "rows__words" },
      h("span", { class: "rows__name" }, job.title),
      h("span", { class: "rows__note" }, `${job.renditions.join(", ")} · ${moment(job.createdAt)}`),
      h("span", { class: "rows__note jobs__state" }, notes.join(" · ")),
      job.reason === null ? null : h("span", { class: "rows__trouble" }, job.reason),
      isOver ? null : meter(strings.jobs.progress(job.title), share, 1),
    ),
    remove,
  );
}

function words(error: unknown): string {
  return error instanceof ApiError ? error.message : strings.errors.unreachable;
}
