import { box, said, type Schemas } from "../client";

/** How the box stands, as `GET /v1/rewards/status` says; amounts in the token's smallest unit. */
export type RewardsStatus = Readonly<Schemas["RewardsStatus"]>;

/** Who is asked to cosign the log: the size of the last checkpoint he cosigned, 0 where there is none, and when; why he does not now, or null. */
export type Witness = Readonly<Schemas["WitnessStanding"]>;

/** What the box may take now, as `GET /v1/budgets` says. */
export type Budgets = Readonly<Schemas["BudgetReport"]>;

/** What was earned of a requester in a day of UTC. */
export type EarningsRow = Readonly<Schemas["EarningsRow"]>;

/** A receipt; numbers of 64 bits are decimal strings, times microseconds since 1970. */
export type Receipt = Readonly<Schemas["Receipts"]["receipts"][number]>;

/** The owner's part of the box's API: all of it throws ApiError where the box says no, 401 without a session, and TypeError where it does not answer. */
export class Owner {
  constructor(private readonly signal: AbortSignal) {}

  status(): Promise<RewardsStatus> {
    return said(box.GET("/v1/rewards/status", { signal: this.signal }));
  }

  budgets(): Promise<Budgets> {
    return said(box.GET("/v1/budgets", { signal: this.signal }));
  }

  async earnings(from: string): Promise<readonly EarningsRow[]> {
    return (await said(box.GET("/v1/rewards/earnings", { params: { query: { from } }, signal: this.signal }))).days;
  }

  /** The last ones, newest first. */
  async receipts(count: number): Promise<readonly Receipt[]> {
    return [...(await said(box.GET("/v1/rewards/receipts", { params: { query: { limit: count } }, signal: this.signal }))).receipts].reverse();
  }

  /** The proof that a record is in the log, as a file. */
  proof(sequence: number): Promise<Blob> {
    return said(box.GET("/v1/rewards/records/{sequence}/proof", { params: { path: { sequence } }, parseAs: "blob", signal: this.signal }));
  }
}
