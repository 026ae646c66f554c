import { rememberedTheme, rememberTheme, type ThemeChoice } from "./storage";

const LIGHT = matchMedia("(prefers-color-scheme: light)");

/** Has the page dark or light from now on: as was chosen here, or else as the machine is. */
export function startTheme(): void {
  LIGHT.addEventListener("change", apply);
  apply();
}

/** Remembered by this browser. */
export function chooseTheme(choice: ThemeChoice): void {
  rememberTheme(choice);
  apply();
}

function apply(): void {
  const choice = rememberedTheme();
  const theme = choice === "system" ? (LIGHT.matches ? "light" : "dark") : choice;
  document.documentElement.dataset["theme"] = theme;
  document.querySelector("meta[name=theme-color]")?.setAttribute("content", getComputedStyle(document.documentElement).getPropertyValue("--ground").trim());
}
