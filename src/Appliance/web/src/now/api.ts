import { askJson } from "../owner/session";

/** Who plays, as far as its requests tell. */
export interface Viewer {
  readonly source: string;
  readonly title: string | null;
  readonly rung: string;
  readonly positionSeconds: number;
  readonly bufferSeconds: number | null;
  readonly client: string;
  readonly by: string;
}

export interface Worker {
  readonly processId: number;
  readonly ready: boolean;
  readonly work: string | null;
  readonly ordersDone: number;
  readonly residentBytes: number;
}

/** What `GET /v1/activity` says. */
export interface Activity {
  readonly pool: { readonly workers: readonly Worker[]; readonly queues: readonly { readonly queued: number; readonly running: number }[] };
  readonly making: { readonly flights: number };
  readonly viewers: readonly Viewer[];
  readonly answers: { readonly count: number; readonly hits: number };
}

/** What `GET /v1/budgets` says. */
export interface Budgets {
  readonly share: number;
  readonly watts: number | null;
  readonly zones: readonly { readonly name: string; readonly kind: string; readonly celsius: number }[];
  readonly reasons: readonly string[];
}

/** @throws ApiError where the box says no, 401 without a session; TypeError where it does not answer. */
export function readActivity(signal: AbortSignal): Promise<Activity> {
  return askJson<Activity>("/v1/activity", signal);
}

/** @throws ApiError and TypeError as `readActivity` does. */
export function readBudgets(signal: AbortSignal): Promise<Budgets> {
  return askJson<Budgets>("/v1/budgets", signal);
}
