import { h } from "../dom";
import { strings } from "../strings";

/** Asks for the owner's token. */
export function tokenForm(told: string, given: (token: string) => void): HTMLElement {
  const field = h("input", { class: "earnings__token", type: "password", autocomplete: "off", "aria-label": strings.earnings.token, placeholder: strings.earnings.token });
  return h(
    "form",
    {
      class: "earnings__ask",
      onsubmit: (event) => {
        event.preventDefault();
        if (field.value.trim() !== "") given(field.value.trim());
      },
    },
    h("p", {}, told),
    field,
    h("button", { class: "button button--main", type: "submit" }, strings.earnings.show),
  );
}
