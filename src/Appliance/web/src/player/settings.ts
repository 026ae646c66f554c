import Hls, { Events, type Level } from "hls.js";
import { h } from "../dom";
import { isOriginal, rate, sizeName } from "../format";
import { strings } from "../strings";
import { button } from "./button";
import { heading, item } from "./menu";
import { audioItems, textItems, type BurntChoice } from "./tracks";

const SPEEDS = [0.5, 1, 1.25, 1.5, 2] as const;

export interface Settings {
  /** The button with its menu. */
  readonly element: HTMLElement;
  /** The rung that is on the screen, in a word. */
  readonly now: HTMLElement;
  follow(hls: Hls | null): void;
  close(): boolean;
}

/** The menu of subtitles, sound, quality and speed. */
export function createSettings(
  video: HTMLVideoElement,
  current: () => Hls | null,
  burnt: () => BurntChoice,
  restart: () => void,
  signal: AbortSignal,
): Settings {
  const menu = h("div", { class: "menu", role: "menu", "aria-label": strings.player.settings, hidden: true });
  const now = h("div", { class: "rung" });
  const opener = button("settings", strings.player.settings, () => (menu.hidden ? open() : close()));
  opener.setAttribute("aria-haspopup", "menu");
  opener.setAttribute("aria-expanded", "false");
  const element = h("div", { class: "settings" }, opener, menu);

  const open = (): void => {
    fill();
    menu.hidden = false;
    element.closest(".controls")?.setAttribute("data-menu", "");
    opener.setAttribute("aria-expanded", "true");
    menu.querySelector<HTMLElement>("[aria-checked=true]")?.focus();
  };
  const close = (): boolean => {
    if (menu.hidden) return false;
    const held = menu.contains(document.activeElement);
    menu.hidden = true;
    element.closest(".controls")?.removeAttribute("data-menu");
    opener.setAttribute("aria-expanded", "false");
    if (held) opener.focus();
    return true;
  };
  const fill = (): void => {
    const hls = current();
    menu.replaceChildren(
      ...(hls ? [...textItems(hls, burnt(), close), ...audioItems(hls, close, restart), ...qualityItems(hls, close)] : []),
      ...speedItems(video, close),
    );
  };
  const showNow = (): void => {
    // The decoder knows best what is on the screen; what was asked for may still be on its way.
    now.textContent = video.videoWidth > 0 ? sizeName(video.videoWidth, video.videoHeight) : "";
  };

  video.addEventListener("resize", showNow, { signal });
  video.addEventListener("loadedmetadata", showNow, { signal });
  menu.addEventListener("keydown", (event) => moveInMenu(menu, event));
  document.addEventListener("pointerdown", (event) => {
    if (!element.contains(event.target as Node)) close();
  }, { signal });
  return {
    element,
    now,
    follow(hls): void {
      hls?.on(Events.LEVEL_SWITCHED, () => void (menu.hidden || document.activeElement === null || refreshAuto(menu, hls)));
    },
    close,
  };
}

function qualityItems(hls: Hls, done: () => void): HTMLElement[] {
  const pick = (level: number) => (): void => {
    // The next segment, not a flush: what is buffered plays on and nothing goes black.
    hls.nextLevel = level;
    done();
  };
  const rungs = hls.levels
    .map((level, index) => ({ level, index }))
    .sort((a, b) => b.level.height - a.level.height || b.level.bitrate - a.level.bitrate)
    .map(({ level, index }) =>
      item(
        rungName(level),
        `${level.width} × ${level.height}, ${rate(level.averageBitrate || level.bitrate)}`,
        !hls.autoLevelEnabled && (hls.manualLevel === index || hls.nextLevel === index),
        pick(index),
      ),
    );
  const auto = item(strings.player.auto, "", hls.autoLevelEnabled, pick(-1));
  auto.dataset["auto"] = "";
  const items = [heading(strings.player.quality), auto, ...rungs];
  nameAuto(auto, hls);
  return items;
}

/** The source's own video goes by that, whatever its size. */
function rungName(level: Level): string {
  return isOriginal(level.uri) ? strings.player.original : sizeName(level.width, level.height);
}

function speedItems(video: HTMLVideoElement, done: () => void): HTMLElement[] {
  return [
    heading(strings.player.speed),
    h("div", { class: "menu__speeds", role: "group", "aria-label": strings.player.speed },
      ...SPEEDS.map((speed) =>
        item(`${speed}×`, "", video.playbackRate === speed, () => {
          video.playbackRate = speed;
          done();
        }),
      )),
  ];
}

function refreshAuto(menu: HTMLElement, hls: Hls): void {
  const auto = menu.querySelector<HTMLElement>("[data-auto]");
  if (auto) nameAuto(auto, hls);
}

function nameAuto(auto: HTMLElement, hls: Hls): void {
  const level = hls.levels[hls.currentLevel];
  const words = auto.querySelector(".menu__name");
  if (words && level && hls.autoLevelEnabled) {
    words.textContent = strings.player.autoNow(rungName(level));
  }
}

function moveInMenu(menu: HTMLElement, event: KeyboardEvent): void {
  const forward = event.key === "ArrowDown" || event.key === "ArrowRight";
  if (!forward && event.key !== "ArrowUp" && event.key !== "ArrowLeft") {
    return;
  }
  const items = [...menu.querySelectorAll<HTMLElement>("[role=menuitemradio]")];
  const at = items.findIndex((one) => one === document.activeElement);
  items[(at + (forward ? 1 : -1) + items.length) % items.length]?.focus();
  event.preventDefault();
  event.stopPropagation();
}
