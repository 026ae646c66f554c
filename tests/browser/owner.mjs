// What an owner does in the page's forms.

export const PASSWORD = "correct horse battery";

/** Becomes the owner by the console's code. */
export async function setUp(page, box) {
  await page.getByLabel("The console's code").fill(box.code);
  await page.getByLabel("A new password, 10 characters or more").fill(PASSWORD);
  await page.getByLabel("The new password once more").fill(PASSWORD);
  await page.getByRole("button", { name: "Set up" }).click();
}

export async function signIn(page, password) {
  await page.getByLabel("The owner's password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Goes to a screen of the owner's by the menu that every screen has, as `Hardware`. */
export async function visit(page, screen) {
  await page.getByRole("button", { name: "The box", exact: true }).click();
  await page.locator("#boxmenu").getByRole("link", { name: screen, exact: true }).click();
}
