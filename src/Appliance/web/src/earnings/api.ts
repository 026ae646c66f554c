import { ask, askJson } from "../owner/session";

/** How the box stands, as `GET /v1/rewards/status` says; amounts in the token's smallest unit. */
export interface RewardsStatus {
  readonly refusal: string | null;
  readonly payee: string | null;
  readonly lastReceipt: number;
  readonly logSize: number;
  readonly lastEpoch: number;
  readonly earned: string;
  readonly claimable: string;
  readonly unit: string;
  readonly witnesses: readonly Witness[];
}

/** Who is asked to cosign the log: the size of the last checkpoint he cosigned, 0 where there is none, and when; why he does not now, or null. */
export interface Witness {
  readonly name: string;
  readonly size: number;
  readonly at: string | null;
  readonly trouble: string | null;
}

/** What the box may take now, as `GET /v1/budgets` says. */
export interface Budgets {
  readonly share: number;
  readonly reasons: readonly string[];
}

/** What was earned of a requester in a day of UTC. */
export interface EarningsRow {
  readonly day: string;
  readonly requester: string;
  readonly amount: string;
}

/** A receipt; numbers of 64 bits are decimal strings, times microseconds since 1970. */
export interface Receipt {
  readonly sequence: number;
  readonly digest: string;
  readonly receipt: {
    readonly requesterSignature?: string;
    readonly message: { readonly device: string; readonly requester: string; readonly pixels: string; readonly finishedAt: string };
  };
}

/** The owner's part of the box's API. */
export class Owner {
  constructor(private readonly signal: AbortSignal) {}

  status(): Promise<RewardsStatus> {
    return this.json("/v1/rewards/status");
  }

  budgets(): Promise<Budgets> {
    return this.json("/v1/budgets");
  }

  async earnings(from: string): Promise<readonly EarningsRow[]> {
    return (await this.json<{ days: readonly EarningsRow[] }>(`/v1/rewards/earnings?from=${from}`)).days;
  }

  /** The last ones, newest first. */
  async receipts(count: number): Promise<readonly Receipt[]> {
    return [...(await this.json<{ receipts: readonly Receipt[] }>(`/v1/rewards/receipts?limit=${count}`)).receipts].reverse();
  }

  /** The proof that a record is in the log, as a file. */
  async proof(sequence: number): Promise<Blob> {
    return (await ask(`/v1/rewards/records/${sequence}/proof`, { signal: this.signal })).blob();
  }

  /** @throws ApiError where the box says no, 401 without a session; TypeError where it does not answer. */
  private json<T>(url: string): Promise<T> {
    return askJson<T>(url, this.signal);
  }
}
