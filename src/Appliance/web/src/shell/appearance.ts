import { h } from "../dom";
import { rememberedTheme, type ThemeChoice } from "../storage";
import { strings } from "../strings";
import { chooseTheme } from "../theme";

const THEMES: readonly ThemeChoice[] = ["system", "dark", "light"];

/** How the page looks: chosen here, remembered by this browser. */
export function appearance(): HTMLElement[] {
  const now = rememberedTheme();
  return [
    h(
      "fieldset",
      { class: "choices" },
      h("legend", { class: "choices__name" }, strings.shell.appearance),
      ...THEMES.map((theme) =>
        h(
          "label",
          { class: "choices__one" },
          h("input", { type: "radio", name: "theme", value: theme, checked: theme === now, onchange: () => chooseTheme(theme) }),
          h("span", {}, strings.shell.themes[theme]),
        ),
      ),
    ),
  ];
}
