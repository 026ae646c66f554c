import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./api.js";

export type { components, paths } from "./api.js";

/** What the box's document says of its JSON, by name. */
export type Schemas = components["schemas"];

/** The box said no; `message` is its own sentence about it. */
export class ApplianceError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Schemas["Problem"] | null,
    /** In how many seconds to try again; null where that is no use. */
    readonly retryAfterSeconds: number | null,
  ) {
    super(problem?.detail ?? `The appliance answered ${status}.`);
    this.name = "ApplianceError";
  }
}

export interface Options {
  /** Of the box, as `http://box.local:8080`. */
  readonly url: string;
  /** As `ak_…`; without one, what is open to all. */
  readonly key?: string;
  /** In place of the runtime's own. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** The box's API: `box.GET("/v1/sources")`, typed by its document. Whatever it says no to is thrown as `ApplianceError`. */
export function createAppliance({ url, key, fetch }: Options): Client<paths> {
  const box = createClient<paths>({
    baseUrl: url.replace(/\/$/, ""),
    ...(key !== undefined && { headers: { authorization: `Bearer ${key}` } }),
    ...(fetch !== undefined && { fetch }),
  });
  box.use({
    async onResponse({ response }) {
      if (response.ok) return;
      const said = response.headers.get("content-type")?.includes("problem+json") ? ((await response.json()) as Schemas["Problem"]) : null;
      const seconds = Number(response.headers.get("retry-after") ?? NaN);
      throw new ApplianceError(response.status, said, Number.isNaN(seconds) ? null : seconds);
    },
  });
  return box;
}

/** The body of an answer that has one: `await said(box.GET("/v1/sources"))`. */
export async function said<T>(answer: Promise<{ readonly data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** What a wallet signs to take a quote (EIP-712). */
export function orderTypedData({ typedData: { domain, message } }: Schemas["QuoteAnswer"]) {
  return { domain: domainOf(domain), types: orderTypes, primaryType: "WorkOrder", message: { quote: hex(message.quote) } } as const;
}

/** What a wallet signs to countersign a receipt (EIP-712). */
export function receiptTypedData({ domain, message }: Schemas["SignedReceipt"]) {
  return {
    domain: domainOf(domain),
    types: receiptTypes,
    primaryType: "WorkReceipt",
    message: {
      device: hex(message.device),
      requester: hex(message.requester),
      jobId: hex(message.jobId),
      seq: BigInt(message.seq),
      sourceHash: hex(message.sourceHash),
      recipeHash: hex(message.recipeHash),
      outputsRoot: hex(message.outputsRoot),
      pixels: BigInt(message.pixels),
      inputPixels: BigInt(message.inputPixels),
      startedAt: BigInt(message.startedAt),
      finishedAt: BigInt(message.finishedAt),
      previous: hex(message.previous),
    },
  } as const;
}

type Hex = `0x${string}`;

const hex = (text: string): Hex => text as Hex;

const domainOf = (domain: Schemas["SigningDomain"]) => ({ ...domain, verifyingContract: hex(domain.verifyingContract) });

const orderTypes = { WorkOrder: [{ name: "quote", type: "bytes32" }] } as const;

const receiptTypes = {
  WorkReceipt: [
    { name: "device", type: "address" },
    { name: "requester", type: "address" },
    { name: "jobId", type: "bytes32" },
    { name: "seq", type: "uint64" },
    { name: "sourceHash", type: "bytes32" },
    { name: "recipeHash", type: "bytes32" },
    { name: "outputsRoot", type: "bytes32" },
    { name: "pixels", type: "uint64" },
    { name: "inputPixels", type: "uint64" },
    { name: "startedAt", type: "uint64" },
    { name: "finishedAt", type: "uint64" },
    { name: "previous", type: "bytes32" },
  ],
} as const;
