const KEY = "appliance.token";

/** The owner's token, for as long as this tab is open: a living-room screen shall not keep it. */
export function rememberedToken(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function rememberToken(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // It is asked for again, then.
  }
}
