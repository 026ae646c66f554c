/** As much of OpenAPI 3.1 as the box's document has. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, { readonly description: string }>>;
  };
}

export interface Operation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly operationId: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Contents };
  readonly responses: Readonly<Record<string, Answer>>;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly "x-scope"?: string;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly description: string;
  readonly required?: boolean;
  readonly schema: Schema;
  readonly example?: unknown;
}

export interface Answer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string }>>;
  readonly content?: Contents;
}

export type Contents = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>;

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly contentMediaType?: string;
}

/** One that can be asked, and where it stands. */
export interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** All of them, by tag, in the document's order. */
export function endpoints(document: ApiDocument): Endpoint[] {
  const all = Object.entries(document.paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => ({ method, path, operation })));
  return document.tags.flatMap((tag) => all.filter((endpoint) => endpoint.operation.tags[0] === tag.name));
}

/** What a reference means, with what is said where it stands. */
export function resolved(document: ApiDocument, schema: Schema): { readonly name: string | null; readonly schema: Schema } {
  if (schema.$ref === undefined) return { name: null, schema };
  const name = schema.$ref.split("/").pop() ?? "";
  return { name, schema: { ...document.components.schemas[name], ...(schema.description !== undefined && { description: schema.description }) } };
}

/** In a few words, as `string or null, 1 to 64 characters`. */
export function kindOf(document: ApiDocument, schema: Schema): string {
  if (schema.oneOf !== undefined) return schema.oneOf.map((one) => kindOf(document, one)).sort((a, b) => Number(a === "null") - Number(b === "null")).join(" or ");
  const { name, schema: inner } = resolved(document, schema);
  if (inner.const !== undefined) return JSON.stringify(inner.const);
  const kinds = [inner.type ?? "anything"].flat().sort((a, b) => Number(a === "null") - Number(b === "null"));
  if (kinds.includes("array") && inner.items !== undefined) return [[`list of ${kindOf(document, inner.items)}`, ...kinds.filter((kind) => kind !== "array")].join(" or "), ...range(inner.minItems, inner.maxItems, "of them")].join(", ");
  if (name !== null && inner.properties !== undefined) return name;
  const words = kinds.map((kind) => (kind === "string" && inner.format !== undefined ? inner.format : kind)).join(" or ");
  return [words, ...range(inner.minimum, inner.maximum, ""), ...range(inner.minLength, inner.maxLength, "characters"), ...(inner.default === undefined ? [] : [`by default ${JSON.stringify(inner.default)}`])].join(", ");
}

function range(least: number | undefined, most: number | undefined, unit: string): string[] {
  const words = least === undefined ? (most === undefined ? "" : `at most ${most.toLocaleString("en")}`) : most === undefined ? `at least ${least.toLocaleString("en")}` : `${least.toLocaleString("en")} to ${most.toLocaleString("en")}`;
  return words === "" ? [] : [`${words} ${unit}`.trim()];
}
