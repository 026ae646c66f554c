// The menu of the box's page: subtitles and sound first, then the rungs, of which the first is "Auto".

/** The words of every choice, those chosen with an asterisk. */
export async function menuOf(page) {
  await openMenu(page);
  const words = await page.locator(".menu [role=menuitemradio]").evaluateAll((items) => items.map((item) =>
    [...item.children].map((part) => part.textContent).join(" ") + (item.getAttribute("aria-checked") === "true" ? "*" : "")));
  await page.keyboard.press("Escape");
  return words;
}

/** The choices of subtitles and sound. */
export const tracksOf = (words) => words.slice(0, words.findIndex((word) => word.startsWith("Auto")));

/** Chooses the place-th of all choices, or the first that has a text. */
export async function pick(page, which) {
  await openMenu(page);
  const choices = page.locator(".menu [role=menuitemradio]");
  await (typeof which === "number" ? choices.nth(which) : choices.filter({ hasText: which }).first()).click();
}

async function openMenu(page) {
  await page.mouse.move(300 + Math.random() * 100, 300);
  await page.locator(".settings > button").click();
}
