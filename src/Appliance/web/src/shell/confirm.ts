import { h } from "../dom";
import { strings } from "../strings";

/** Asks before something is done that cannot be undone. @returns whether it is meant.
 * @param question what would be done.
 * @param yes the word on the button that does it. */
export function confirmed(question: string, yes: string): Promise<boolean> {
  return new Promise((done) => {
    const dialog = h(
      "dialog",
      { class: "dialog", "aria-label": question },
      h("p", { class: "dialog__text" }, question),
      h(
        "form",
        { class: "dialog__actions", method: "dialog" },
        h("button", { class: "button", value: "no" }, strings.shell.cancel),
        h("button", { class: "button button--main", value: "yes" }, yes),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      done(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
