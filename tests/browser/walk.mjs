// Ways through the page that look at each of its screens: for pictures of them (gallery.mjs) and for what they are like to who does not see (axe.mjs).

/** What the three devices are to a browser. */
export const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  tablet: { viewport: { width: 820, height: 1180 }, deviceScaleFactor: 1.5, hasTouch: true, isMobile: true },
  television: { viewport: { width: 1920, height: 1080 }, deviceScaleFactor: 1, hasTouch: false, isMobile: false },
};

export const THEMES = ["dark", "light"];

/** The screens that say how the box does, by their address. */
export const OWNERS = ["now", "films", "jobs", "disk", "hardware", "network", "access", "earnings", "settings"];

/** What a family sees of a library of several films.
 * @param film the id of one that has subtitles; @param looked a word of a title; @param look is called on each screen with its name, when nothing on it moves any more. */
export async function asFamily(page, base, { film, looked }, look) {
  const at = atRest(page, look);
  await go(page, base, "");
  await page.locator(".hero__still.is-shown").waitFor();
  await at("library");
  await page.getByRole("button", { name: "The box" }).click();
  await at("menu");
  await page.keyboard.press("Escape");
  await page.getByRole("searchbox").fill(looked);
  await at("search");
  await page.getByRole("searchbox").fill("zebra");
  await at("nothing");
  await page.getByRole("searchbox").fill("");
  await page.evaluate(() => {
    document.activeElement.blur();
    document.querySelector(".library__films > .shelf").scrollIntoView();
  });
  await at("all-films");

  await go(page, base, `watch/${film}?t=8`);
  await page.waitForFunction(() => window.appliance.timeToFirstFrameMs !== null);
  await page.evaluate(() => window.appliance.video.pause());
  await at("player");
  await page.locator(".settings > button").click();
  await at("tracks");
  await page.keyboard.press("Escape");
  await page.keyboard.press("i");
  await at("details");
  await page.keyboard.press("i");
  await page.keyboard.press("t");
  await page.locator(".tuning__compare img").first().waitFor();
  await at("tuning");
  await page.keyboard.press("t");
  await page.getByRole("button", { name: "Go on on your television" }).click();
  await page.locator("dialog").waitFor();
  await at("elsewhere");
  await go(page, base, "access");
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  await at("entry");
}

/** What the owner sees, who is signed in. */
export async function asOwner(page, base, look) {
  const at = atRest(page, look);
  for (const screen of OWNERS) {
    await go(page, base, screen);
    await page.locator(".owner__body:not([aria-busy]) > *").first().waitFor();
    await at(`owner-${screen}`);
  }
}

/** What a screen is looked at by: half on its way it is neither what it was nor what it will be. */
function atRest(page, look) {
  return async (name) => {
    await settled(page);
    await look(name);
  };
}

async function go(page, base, hash) {
  await page.goto("about:blank");
  await page.goto(`${base}/#/${hash}`);
}

/** Waits until what is on the screen is there, and nothing moves any more. */
async function settled(page) {
  await page.waitForFunction(() => [...document.images].every((one) => {
    const { top, left, bottom, right, width } = one.getBoundingClientRect();
    return one.complete || width === 0 || top > innerHeight || left > innerWidth || bottom < 0 || right < 0;
  }));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== "running" || one.effect?.getTiming().iterations === Infinity));
}
