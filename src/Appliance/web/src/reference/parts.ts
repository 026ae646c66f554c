import { h } from "../dom";
import { kindOf, resolved, type ApiDocument, type Contents, type Endpoint, type Schema } from "./document";

/** Contracts within contracts are opened by whoever wants them; deeper than this there are none. */
const DEEPEST = 8;

/** Text with `code` in it, and **words** that stand out. */
export function prose(text: string): HTMLElement[] {
  return text.split(/\n\s*\n/).map((paragraph) =>
    h("p", {}, ...paragraph.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => (part.startsWith("`") ? h("code", {}, part.slice(1, -1)) : part.startsWith("**") ? h("strong", {}, part.slice(2, -2)) : document.createTextNode(part)))),
  );
}

/** All about one endpoint. */
export function detail(api: ApiDocument, endpoint: Endpoint): HTMLElement[] {
  const { operation, path, method } = endpoint;
  const parameters = operation.parameters ?? [];
  return [
    ...(operation.description === undefined ? [] : prose(operation.description)),
    h("p", { class: "who" }, who(endpoint)),
    ...(parameters.length === 0
      ? []
      : [h("h4", {}, "Parameters"), rows(parameters.map((parameter) => ({ name: parameter.name, needed: parameter.required === true, kind: `${kindOf(api, parameter.schema)}, in the ${parameter.in}`, schema: { ...parameter.schema, description: parameter.description }, api, depth: 0 })))]),
    ...(operation.requestBody === undefined ? [] : [h("h4", {}, operation.requestBody.required === true ? "Body" : "Body, if any"), ...contents(api, operation.requestBody.content)]),
    h("h4", {}, "Answers"),
    ...Object.entries(operation.responses).map(([status, answer]) =>
      status.startsWith("2")
        ? h("div", { class: "answer" }, h("p", {}, h("b", { class: "status" }, status), ` ${answer.description}`), ...(answer.headers === undefined ? [] : [h("p", { class: "quiet" }, `Headers: ${Object.keys(answer.headers).join(", ")}`)]), ...contents(api, answer.content ?? {}))
        : h("p", { class: "problem" }, h("b", { class: "status" }, status === "default" ? "else" : status), ` ${answer.description}`),
    ),
    h("h4", {}, "Asked from a shell"),
    code(curl(endpoint, path, method)),
  ];
}

function who({ operation }: Endpoint): string {
  const scope = operation["x-scope"];
  return scope === undefined ? "Anybody may." : scope === "owner" ? "The owner may, and a key with the scope owner." : scope === "play" ? "A key with the scope play may, the owner, whoever has a playback address, and the home network while it is open." : `A key with the scope ${scope} may, and the owner.`;
}

function contents(api: ApiDocument, all: Contents): HTMLElement[] {
  return Object.entries(all).flatMap(([mediaType, { schema, example }]) => {
    const { name, schema: inner } = resolved(api, schema);
    return [
      h("p", { class: "quiet" }, h("code", {}, mediaType), name === null ? "" : ` ${name}`),
      ...(inner.properties === undefined ? [] : [members(api, inner, 0)]),
      ...(example === undefined ? [] : [h("details", { class: "example" }, h("summary", {}, "Example"), code(JSON.stringify(example, null, 2)))]),
    ];
  });
}

interface Row {
  readonly api: ApiDocument;
  readonly name: string;
  readonly needed: boolean;
  readonly kind: string;
  readonly schema: Schema;
  readonly depth: number;
}

function members(api: ApiDocument, schema: Schema, depth: number): HTMLElement {
  return rows(Object.entries(schema.properties ?? {}).map(([name, member]) => ({ api, name, needed: schema.required?.includes(name) === true, kind: kindOf(api, member), schema: member, depth })));
}

function rows(all: readonly Row[]): HTMLElement {
  return h("dl", { class: "members" }, ...all.map(row));
}

function row({ api, name, needed, kind, schema, depth }: Row): HTMLElement {
  const said = resolved(api, schema).schema;
  const choices = said.enum?.filter((choice) => choice !== null) ?? [];
  const within = inside(api, schema);
  return h(
    "div",
    {},
    h("dt", {}, h("code", {}, name), ...(needed ? [] : [h("span", { class: "quiet" }, " optional")]), h("span", { class: "quiet" }, ` ${kind}`)),
    h(
      "dd",
      {},
      ...prose(said.description ?? ""),
      ...(choices.length === 0 ? [] : [h("p", {}, ...choices.flatMap((choice) => [h("code", {}, String(choice)), document.createTextNode(" ")]))]),
      ...(said.pattern === undefined ? [] : [h("p", {}, h("code", {}, said.pattern))]),
      ...(within === null || depth >= DEEPEST ? [] : [later(within.name, () => members(api, within.schema, depth + 1))]),
    ),
  );
}

/** What is worth opening: an object, or a list of them. */
function inside(api: ApiDocument, schema: Schema): { readonly name: string; readonly schema: Schema } | null {
  const one = schema.oneOf?.find((choice) => choice.type !== "null") ?? schema;
  const { name, schema: inner } = resolved(api, one);
  if (inner.items !== undefined) return inside(api, inner.items);
  return inner.properties === undefined ? null : { name: name ?? "its members", schema: inner };
}

/** Made when it is opened. */
function later(name: string, make: () => HTMLElement): HTMLElement {
  const box = h("details", { class: "within", ontoggle: () => { if (box.open && box.children.length === 1) box.append(make()); } }, h("summary", {}, name));
  return box;
}

/** A block that is copied by a press; over plain HTTP browsers lend no clipboard. */
function code(text: string): HTMLElement {
  const copy: HTMLButtonElement = h("button", { type: "button", onclick: () => void navigator.clipboard.writeText(text).then(() => (copy.textContent = "Copied")) }, "Copy");
  return h("div", { class: "code" }, h("pre", { tabindex: 0 }, h("code", {}, text)), window.isSecureContext ? copy : null);
}

function curl({ operation }: Endpoint, path: string, method: string): string {
  const address = location.origin + path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  const taken = operation.requestBody?.content["application/json"];
  return [
    `curl${method === "get" ? "" : method === "head" ? " --head" : ` -X ${method.toUpperCase()}`} "${address}"`,
    ...(operation["x-scope"] === undefined ? [] : ['-H "Authorization: Bearer $KEY"']),
    ...(operation.parameters ?? []).filter((parameter) => parameter.in === "header" && parameter.required === true).map((parameter) => `-H "${parameter.name}: ${String(parameter.schema.enum?.[0] ?? "…")}"`),
    ...(taken === undefined ? [] : [`--json '${JSON.stringify(taken.example)}'`]),
  ].join(" \\\n  ");
}
