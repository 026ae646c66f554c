import { ApiError } from "../api";
import { h } from "../dom";
import { strings } from "../strings";
import { makeKey, removeKey, type Key, type ScopeName } from "./api";
import { action, day, moment, table } from "./parts";

const SCOPES: readonly ScopeName[] = ["play", "links", "library", "jobs", "orders", "figures", "owner"];
const DAY_MS = 86_400_000;

/** The keys there are, the one just made, and a form for another.
 * @param fresh the key just made, shown this once.
 * @param changed is called with the key that was made, or null where one was removed. */
export function keysPart(keys: readonly Key[], fresh: string | null, changed: (fresh: string | null) => void): HTMLElement[] {
  const rows = keys.map((key) => [
    key.name,
    key.scopes.join(", "),
    day(key.madeAt),
    key.expiresAt === null ? strings.access.never : day(key.expiresAt),
    key.lastUsedAt === null ? strings.access.never : moment(key.lastUsedAt),
    action(strings.access.remove, `${strings.access.remove} ${key.name}`, async () => {
      await removeKey(key.id);
      changed(null);
    }),
  ]);
  return [
    ...(fresh === null ? [] : [shown(fresh)]),
    keys.length === 0 ? h("p", { class: "owner__note" }, strings.access.noKeys) : table(strings.access.keyColumns, rows),
    form(changed),
    h("p", {}, h("a", { class: "button", href: "/reference/" }, strings.access.reference)),
  ];
}

function shown(key: string): HTMLElement {
  const button: HTMLButtonElement = h(
    "button",
    {
      class: "button",
      type: "button",
      // Over plain HTTP browsers lend no clipboard; the key is selected whole by one click then.
      onclick: () => void navigator.clipboard?.writeText(key).then(() => (button.textContent = strings.access.copied)),
    },
    strings.access.copy,
  );
  return h("div", { class: "access__new", role: "status" }, h("p", {}, strings.access.shownOnce), h("code", {}, key), window.isSecureContext ? button : null);
}

function form(changed: (fresh: string | null) => void): HTMLElement {
  const name = field(strings.access.name, "text", true);
  const days = field(strings.access.days, "number");
  const rate = field(strings.access.rate, "number");
  const quota = field(strings.access.quota, "number");
  const funds = field(strings.access.funds, "text");
  const boxes = SCOPES.map((scope) => h("input", { type: "checkbox", value: scope, checked: scope === "play" }));
  const fault = h("p", { class: "entry__fault", role: "alert" });
  const make = async (): Promise<void> => {
    fault.textContent = "";
    try {
      const made = await makeKey({
        name: name.value,
        scopes: SCOPES.filter((_, index) => boxes[index]?.checked),
        expiresAt: days.value === "" ? null : new Date(Date.now() + Number(days.value) * DAY_MS).toISOString(),
        requestsAMinute: rate.value === "" ? null : Number(rate.value),
        mediaSecondsADay: quota.value === "" ? null : Number(quota.value),
        funds: funds.value === "" ? null : funds.value,
      });
      changed(made.key);
    } catch (error) {
      fault.textContent = error instanceof ApiError ? error.message : strings.errors.unreachable;
    }
  };
  return h(
    "form",
    {
      class: "owner__ask",
      onsubmit: (event) => {
        event.preventDefault();
        void make();
      },
    },
    name,
    h("button", { class: "button button--main", type: "submit" }, strings.access.make),
    h("fieldset", { class: "access__scopes" }, ...boxes.map((box, index) => h("label", {}, box, strings.access.scopes[SCOPES[index] ?? "play"]))),
    h("details", { class: "access__limits" }, h("summary", {}, strings.access.limits), h("div", {}, days, rate, quota, funds)),
    fault,
  );
}

function field(label: string, type: "text" | "number", required = false): HTMLInputElement {
  return h("input", { class: "owner__token", type, min: type === "number" ? 1 : null, step: type === "number" ? 1 : null, required, autocomplete: "off", "aria-label": label, placeholder: label });
}
