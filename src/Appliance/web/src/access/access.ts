import { ApiError } from "../api";
import { h } from "../dom";
import { secret } from "../owner/entry";
import { showOwners } from "../owner/screen";
import { signOut } from "../owner/session";
import { strings } from "../strings";
import { changePassword, endLinks, endSession, readHome, readKeys, readSessions, readTrail, setHome, type SignedIn, type Trail } from "./api";
import { keysPart } from "./keys";
import { action, moment, section, table } from "./parts";

/** Shows who may do what on this box, and what was done, and lets its owner change it. Returns what ends it. */
export function showAccess(root: HTMLElement): () => void {
  let fresh: string | null = null;
  return showOwners(root, "access", strings.access, [], async (signal, refresh) => {
    const [home, keys, sessions, trail] = await Promise.all([readHome(signal), readKeys(signal), readSessions(signal), readTrail(null, signal)]);
    const shown = fresh;
    fresh = null;
    return {
      content: [
        section(strings.access.home, homeSwitch(home)),
        section(
          strings.access.keys,
          ...keysPart(keys, shown, (made) => {
            fresh = made;
            void refresh();
          }),
        ),
        section(strings.access.links, ...linksPart()),
        section(strings.access.sessions, ...sessionsPart(sessions, refresh), passwordPart()),
        section(strings.access.trail, ...trailPart(trail, signal)),
      ],
      again: null,
    };
  });
}

function homeSwitch(isOpen: boolean): HTMLElement {
  const button: HTMLButtonElement = h(
    "button",
    {
      class: "switch",
      type: "button",
      role: "switch",
      "aria-checked": String(isOpen),
      onclick: () => {
        const wanted = button.getAttribute("aria-checked") !== "true";
        void setHome(wanted).then(
          () => button.setAttribute("aria-checked", String(wanted)),
          () => undefined,
        );
      },
    },
    strings.access.homeSwitch,
  );
  return button;
}

function linksPart(): HTMLElement[] {
  const button = action(strings.access.endLinks, strings.access.endLinks, async () => {
    await endLinks();
    button.textContent = strings.access.linksEnded;
  });
  return [h("p", { class: "owner__note" }, strings.access.linksText), button];
}

function sessionsPart(sessions: readonly SignedIn[], refresh: () => Promise<void>): HTMLElement[] {
  const rows = sessions.map(({ id, signedInAt, seenAt, address, agent, isThis }) => [
    moment(signedInAt),
    isThis ? strings.access.thisOne : moment(seenAt),
    address,
    agent,
    isThis
      ? action(strings.access.signOut, strings.access.signOut, async () => {
          await signOut();
          await refresh();
        })
      : action(strings.access.end, `${strings.access.end} ${address}`, async () => {
          await endSession(id);
          await refresh();
        }),
  ]);
  return [table(strings.access.sessionColumns, rows)];
}

function passwordPart(): HTMLElement {
  const old = secret(strings.access.oldPassword, "current-password");
  const password = secret(strings.entry.newPassword, "new-password");
  const told = h("p", { class: "entry__fault", role: "status" });
  const change = async (): Promise<void> => {
    try {
      await changePassword(old.value, password.value);
      old.value = password.value = "";
      told.textContent = strings.access.changed;
    } catch (error) {
      told.textContent = error instanceof ApiError ? error.message : strings.errors.unreachable;
    }
  };
  return h(
    "details",
    { class: "access__limits" },
    h("summary", {}, strings.access.password),
    h(
      "form",
      {
        class: "owner__ask",
        onsubmit: (event) => {
          event.preventDefault();
          void change();
        },
      },
      old,
      password,
      h("button", { class: "button", type: "submit" }, strings.access.change),
      told,
    ),
  );
}

function trailPart(trail: Trail, signal: AbortSignal): HTMLElement[] {
  if (trail.entries.length === 0) return [h("p", { class: "owner__note" }, strings.access.nothing)];
  const rows = (some: Trail): string[][] => some.entries.map(({ at, who, from, act, what }) => [moment(at), who, from ?? "", act, what ?? ""]);
  const shown = table(strings.access.trailColumns, rows(trail));
  let { before } = trail;
  const earlier = action(strings.access.earlier, strings.access.earlier, async () => {
    const more = await readTrail(before, signal);
    before = more.before;
    shown.querySelector("tbody")?.append(...(table(strings.access.trailColumns, rows(more)).querySelector("tbody")?.children ?? []));
    earlier.hidden = before === null;
  });
  earlier.hidden = before === null;
  return [shown, earlier];
}
