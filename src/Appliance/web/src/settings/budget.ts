import { ApiError } from "../api";
import { h } from "../dom";
import { strings } from "../strings";
import { setBudget, type Budget, type SaidBudget, type Wish } from "./api";

const MEBI = 2 ** 20;

/** What may be said of the box while it runs: its name at the start, its words, and the least and most that is taken. */
const NUMBERS = [
  { part: "cores", field: "cores", least: 1, most: 1024 },
  { part: "memory", field: "memoryBytes", least: 448, most: null },
  { part: "watts", field: "watts", least: 1, most: 10_000 },
  { part: "celsius", field: "celsius", least: 30, most: 110 },
  { part: "quiet-cores", field: "quietCores", least: 1, most: 1024 },
] as const;

/** Asks what the box may take, and says what of it was said elsewhere. */
export function budgetForm(budget: Budget): HTMLElement {
  const { wish, said, damage } = budget;
  const told = h("p", { role: "status" });
  const trouble = damage == null ? null : h("p", { class: "rows__trouble" }, damage);
  const fields = NUMBERS.map(({ part, field, least, most }) => {
    const kept = wish[field];
    const value = kept == null ? "" : String(field === "memoryBytes" ? Math.round(kept / MEBI) : kept);
    return h("input", { class: "owner__token", type: "number", min: least, max: most, step: part === "watts" || part === "celsius" ? "any" : 1, value, name: part });
  });
  const [from = "", to = ""] = (wish.quiet ?? "").split("-");
  const quiet = [from, to].map((value, index) => h("input", { class: "owner__token", type: "time", value, name: index === 0 ? "quiet-from" : "quiet-to", "aria-label": strings.settings.quiet[index] ?? "" }));
  const [cores, memory, watts, celsius, quietCores] = fields.map((field) => () => (field.value === "" ? null : Number(field.value)));

  const save = async (): Promise<void> => {
    const bytes = memory?.() ?? null;
    const hours = quiet.map((time) => time.value);
    const wanted: Wish = {
      cores: cores?.() ?? null,
      memoryBytes: bytes === null ? null : bytes * MEBI,
      watts: watts?.() ?? null,
      celsius: celsius?.() ?? null,
      quiet: hours.every((hour) => hour === "") ? null : hours.join("-"),
      quietCores: quietCores?.() ?? null,
    };
    told.className = "";
    told.textContent = "";
    try {
      await setBudget(wanted);
      trouble?.remove();
      told.textContent = strings.settings.budgetKept;
    } catch (error) {
      told.className = "entry__fault";
      told.textContent = error instanceof ApiError ? error.message : strings.errors.unreachable;
    }
  };

  return h(
    "form",
    {
      class: "owner__ask budget",
      "data-kept": true,
      onsubmit: (event) => {
        event.preventDefault();
        void save();
      },
    },
    h("p", { class: "owner__note" }, strings.settings.budgetText),
    trouble,
    ...NUMBERS.slice(0, 4).map(({ part }, index) => labelled(strings.settings.budgetParts[part], said, part, fields[index])),
    labelled(strings.settings.budgetParts.quiet, said, "quiet", ...quiet),
    labelled(strings.settings.budgetParts["quiet-cores"], said, "quiet-cores", fields[4]),
    h("button", { class: "button button--main", type: "submit" }, strings.settings.save),
    told,
  );
}

/** What was said at the start stands beside it, and whether it goes first. */
function labelled(words: string, said: readonly SaidBudget[], part: string, ...inputs: readonly (HTMLElement | undefined)[]): HTMLElement {
  const start = said.find(({ name }) => name === part);
  return h(
    "label",
    { class: "budget__part", "data-part": part },
    h("span", {}, words),
    ...inputs.filter((input) => input !== undefined),
    start === undefined
      ? null
      : h("span", { class: start.standsAbove ? "rows__trouble" : "owner__note" }, (start.standsAbove ? strings.settings.budgetAbove : strings.settings.budgetBelow)(start.value, strings.settings.origins[start.origin])),
  );
}
