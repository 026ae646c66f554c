import { h } from "../dom";
import { endpoints, type ApiDocument, type Endpoint } from "./document";
import { detail, prose } from "./parts";

/** One endpoint on the page: its entry in the list, and its section. */
interface Shown {
  readonly words: string;
  readonly link: HTMLElement;
  readonly section: HTMLDetailsElement;
}

const response = await fetch("/openapi/v1.json");
document.body.replaceChildren(...(response.ok ? page((await response.json()) as ApiDocument) : [h("main", {}, h("p", { role: "alert" }, "This box has no document of its API."))]));
openTarget();
window.addEventListener("hashchange", openTarget);

function page(api: ApiDocument): HTMLElement[] {
  const all = endpoints(api);
  const shown = all.map((endpoint) => show(api, endpoint));
  const groups = api.tags.map((tag) => {
    const own = shown.filter((_, at) => all[at]?.operation.tags[0] === tag.name);
    return {
      own,
      list: h("li", {}, h("h2", {}, tag.name), h("ul", {}, ...own.map((one) => h("li", {}, one.link)))),
      section: h("section", {}, h("h2", {}, tag.name), ...prose(tag.description), ...own.map((one) => one.section)),
    };
  });
  const none = h("p", { role: "status", hidden: true }, "Nothing here is called that.");
  const search = h("input", { type: "search", placeholder: "Search  ( / )", "aria-label": "Search the API", autocomplete: "off", spellcheck: "false", oninput: () => narrow() });
  const narrow = (): void => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const { own, list, section } of groups) {
      for (const one of own) one.link.hidden = one.section.hidden = !wanted.every((word) => one.words.includes(word));
      list.hidden = section.hidden = own.every((one) => one.section.hidden);
    }
    none.hidden = groups.some(({ section }) => !section.hidden);
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      search.select();
    } else if (event.key === "Escape" && search.value !== "") {
      search.value = "";
      narrow();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      step(event, search, shown.filter((one) => !one.link.hidden).map((one) => one.link));
    }
  });
  return [
    h("a", { class: "skip", href: "#reference" }, "Past the list"),
    h("nav", { "aria-label": "Endpoints" }, h("a", { class: "home", href: "/" }, "Appliance"), search, h("ul", { class: "groups" }, ...groups.map(({ list }) => list))),
    h(
      "main",
      { id: "reference", tabindex: -1 },
      h("h1", {}, `${api.info.title} API`),
      ...prose(api.info.description),
      h("p", {}, h("a", { class: "file", href: "/openapi/v1.json", download: "appliance-openapi.json" }, "The document (OpenAPI 3.1)")),
      h("dl", { class: "members" }, ...Object.entries(api.components.securitySchemes).map(([name, scheme]) => h("div", {}, h("dt", {}, h("code", {}, name)), h("dd", {}, ...prose(scheme.description))))),
      none,
      ...groups.map(({ section }) => section),
    ),
  ];
}

function show(api: ApiDocument, endpoint: Endpoint): Shown {
  const { method, path, operation } = endpoint;
  const badge = (): HTMLElement => h("b", { class: `method method--${method}` }, method.toUpperCase());
  const scope = operation["x-scope"];
  const section = h(
    "details",
    { id: operation.operationId, class: "endpoint", ontoggle: () => { if (section.open && section.children.length === 1) section.append(...detail(api, endpoint)); } },
    h("summary", {}, badge(), h("code", { class: "path" }, path), h("span", { class: "summary" }, operation.summary), h("span", { class: "scope" }, scope ?? "anybody")),
  );
  return {
    words: [method, path, operation.summary, operation.description, scope, ...(operation.parameters ?? []).map((parameter) => parameter.name)].join(" ").toLowerCase(),
    link: h("a", { href: `#${operation.operationId}` }, badge(), h("span", {}, path.replace(/^\/v1/, ""))),
    section,
  };
}

/** From the search to what was found, and on. */
function step(event: KeyboardEvent, search: HTMLElement, links: readonly HTMLElement[]): void {
  const stops = [search, ...links];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + (event.key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}

function openTarget(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (target instanceof HTMLDetailsElement) {
    target.open = true;
    target.scrollIntoView();
    target.querySelector("summary")?.focus({ preventScroll: true });
  }
}
