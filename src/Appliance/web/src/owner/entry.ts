import { ApiError } from "../api";
import { h } from "../dom";
import { strings } from "../strings";
import { readSession, setUp, signIn } from "./session";

/** Has somebody sign in, or become the owner by the console's code where there is one.
 * @param told why.
 * @param entered is called once the box has let him in. */
export function entry(told: string, entered: () => void): HTMLElement {
  const body = h("div", { class: "entry", "aria-busy": "true" });
  void readSession()
    .then(({ hasOwner, wantsSetUp }) => {
      body.replaceChildren(
        ...(hasOwner ? [signInForm(told, entered)] : []),
        ...(wantsSetUp ? [setUpForm(hasOwner ? strings.entry.forgotten : strings.entry.first, entered)] : []),
      );
      body.querySelector<HTMLInputElement>("input:not([hidden])")?.focus();
    })
    .catch(() => body.replaceChildren(h("p", { class: "owner__note", role: "status" }, strings.errors.unreachable)))
    .finally(() => body.removeAttribute("aria-busy"));
  return body;
}

function signInForm(told: string, entered: () => void): HTMLElement {
  const password = secret(strings.entry.password, "current-password");
  return form(told, [username(), password], strings.entry.signIn, () => signIn(password.value), entered);
}

function setUpForm(told: string, entered: () => void): HTMLElement {
  const code = h("input", {
    class: "owner__token entry__code",
    type: "text",
    name: "code",
    autocomplete: "one-time-code",
    autocapitalize: "characters",
    spellcheck: "false",
    required: true,
    "aria-label": strings.entry.code,
    placeholder: strings.entry.code,
  });
  const password = secret(strings.entry.newPassword, "new-password");
  const again = secret(strings.entry.again, "new-password");
  return form(
    told,
    [username(), code, password, again],
    strings.entry.setUp,
    () => {
      if (password.value !== again.value) throw new ApiError(400, strings.entry.differ);
      return setUp(code.value, password.value);
    },
    entered,
  );
}

function form(told: string, fields: readonly HTMLInputElement[], action: string, act: () => Promise<void>, done: () => void): HTMLElement {
  const button = h("button", { class: "button button--main", type: "submit" }, action);
  const fault = h("p", { class: "entry__fault", role: "alert" });
  const submit = async (): Promise<void> => {
    button.disabled = true;
    fault.textContent = "";
    try {
      await act();
      done();
    } catch (error) {
      fault.textContent = error instanceof ApiError ? error.message : strings.errors.unreachable;
    } finally {
      button.disabled = false;
    }
  };
  return h(
    "form",
    {
      class: "owner__ask entry__form",
      onsubmit: (event) => {
        event.preventDefault();
        void submit();
      },
    },
    h("p", {}, told),
    ...fields,
    button,
    fault,
  );
}

/** Where a password is kept by the browser, it is kept under a name. */
function username(): HTMLInputElement {
  return h("input", { type: "text", name: "username", autocomplete: "username", value: "owner", hidden: true });
}

/** A field for a password. */
export function secret(label: string, autocomplete: "current-password" | "new-password"): HTMLInputElement {
  return h("input", { class: "owner__token", type: "password", autocomplete, required: true, "aria-label": label, placeholder: label });
}
