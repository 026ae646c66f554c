import { readHome, setHome } from "../access/api";
import { section } from "../access/parts";
import { ApiError } from "../api";
import { h } from "../dom";
import { readNetwork, setNetwork } from "../network/api";
import { showOwners } from "../owner/screen";
import { strings } from "../strings";
import { readBudget, readLines, readSettings, type Setting } from "./api";
import { budgetForm } from "./budget";

/** Where no file is told of. */
const FILE = "appliance.yaml";

/** Shows how the box is set, changes what can be changed while it runs, and says what to write for the rest. Returns what ends it. */
export function showSettings(root: HTMLElement): () => void {
  // What was typed stays when the rest is shown anew.
  let asked: HTMLElement | null = null;
  return showOwners(root, "settings", strings.settings, [], async (signal, refresh) => {
    const [{ file, settings }, home, network, budget] = await Promise.all([readSettings(signal), readHome(signal), readNetwork(signal), readBudget(signal)]);
    return {
      content: [
        section(
          strings.settings.live,
          toggle(strings.settings.home, home, (isOpen) => setHome(isOpen)),
          toggle(strings.settings.reach, network.settings.reach, (reach) => setNetwork(signal, { ...network.settings, reach }).then(refresh)),
          h("p", { class: "owner__note" }, strings.settings.reachText),
        ),
        section(strings.settings.budget, (asked ??= budgetForm(budget))),
        section(
          strings.settings.start,
          h("p", { class: "owner__note" }, strings.settings.startText(file ?? FILE)),
          h("div", { class: "settings__all" }, ...settings.map((setting) => one(setting, file ?? FILE))),
        ),
      ],
      again: null,
    };
  });
}

function toggle(words: string, isOn: boolean, set: (isOn: boolean) => Promise<void>): HTMLElement {
  const told = h("p", { class: "entry__fault", role: "alert" });
  const button: HTMLButtonElement = h(
    "button",
    {
      class: "switch",
      type: "button",
      role: "switch",
      "aria-checked": String(isOn),
      onclick: () => {
        const wanted = button.getAttribute("aria-checked") !== "true";
        told.textContent = "";
        void set(wanted).then(
          () => button.setAttribute("aria-checked", String(wanted)),
          (error: unknown) => (told.textContent = error instanceof ApiError ? error.message : strings.errors.unreachable),
        );
      },
    },
    words,
  );
  return h("div", {}, button, told);
}

function one(setting: Setting, file: string): HTMLElement {
  const isServed = setting.name === "serve";
  return h(
    "details",
    { class: "setting", "data-setting": setting.name },
    h(
      "summary",
      { class: "setting__head" },
      h("span", { class: "setting__name" }, setting.name),
      h("span", { class: "setting__value" }, setting.value.split("\n").join(", ")),
      h("span", { class: "setting__origin", "data-origin": setting.origin }, strings.settings.origins[setting.origin]),
      h("span", { class: "setting__decides" }, capital(setting.decides)),
    ),
    h("p", {}, setting.more),
    h("p", { class: "owner__note" }, strings.settings.otherwise(setting.default)),
    setting.variable === null ? null : h("p", { class: "owner__note" }, strings.settings.variable(setting.variable)),
    isServed ? h("div", {}, h("p", {}, strings.settings.served), code("serve:\n  - /media/films")) : setting.inFile ? asking(setting, file) : h("p", { class: "owner__note" }, strings.settings.notInFile),
  );
}

/** Says what to write for another value, once the box has said that it makes sense. */
function asking(setting: Setting, file: string): HTMLElement {
  const wanted = h("input", { class: "owner__token", type: "text", autocomplete: "off", spellcheck: "false", required: true, "aria-label": strings.settings.wanted(setting.name), placeholder: setting.value });
  const told = h("div", { class: "setting__told", role: "status" });
  const show = async (): Promise<void> => {
    try {
      const { lines, standsBehind } = await readLines(setting.name, wanted.value);
      told.replaceChildren(h("p", {}, strings.settings.write(file)), code(lines), ...(standsBehind === undefined ? [] : [h("p", { class: "rows__trouble" }, strings.settings.behind(standsBehind))]));
    } catch (error) {
      told.replaceChildren(h("p", { class: "entry__fault" }, error instanceof ApiError ? error.message : strings.errors.unreachable));
    }
  };
  return h(
    "form",
    {
      class: "owner__ask",
      onsubmit: (event) => {
        event.preventDefault();
        void show();
      },
    },
    wanted,
    h("button", { class: "button", type: "submit" }, strings.settings.show),
    told,
  );
}

function code(lines: string): HTMLElement {
  return h("pre", { class: "setting__lines", tabindex: 0 }, h("code", {}, lines));
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
