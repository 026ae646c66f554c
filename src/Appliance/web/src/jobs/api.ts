import { ask, askJson } from "../owner/session";

export type JobState = "queued" | "running" | "waiting" | "done" | "failed";

/** A job, as `GET /v1/jobs` lists it. */
export interface Job {
  readonly id: string;
  readonly source: string;
  readonly title: string;
  readonly state: JobState;
  readonly reason: string | null;
  readonly createdAt: string;
  readonly renditions: readonly string[];
  readonly progress: { readonly share: number; readonly timesRealTime: number | null; readonly secondsLeft: number | null } | null;
  readonly failures: readonly unknown[];
  readonly payment: { readonly requester: string } | null;
}

/** Of `GET /v1/sources/{id}`, what can be chosen. */
export interface Choosable {
  readonly renditions: readonly { readonly name: string; readonly kind: "video" | "audio" | "text"; readonly notHere: string | null }[];
}

/** @throws ApiError where the box says no, 401 without a session; TypeError where it does not answer. */
export async function readJobs(signal: AbortSignal): Promise<readonly Job[]> {
  return (await askJson<{ jobs: readonly Job[] }>("/v1/jobs", signal)).jobs;
}

/** @throws ApiError and TypeError as `readJobs` does. */
export function readChoices(source: string): Promise<Choosable> {
  return askJson<Choosable>(`/v1/sources/${encodeURIComponent(source)}`);
}

/** @param renditions their names; null for all.
 * @throws ApiError and TypeError as `readJobs` does. */
export async function startJob(source: string, renditions: readonly string[] | null): Promise<void> {
  await ask("/v1/jobs", { method: "POST", body: { source, renditions } });
}

/** @throws ApiError and TypeError as `readJobs` does. */
export async function removeJob(id: string): Promise<void> {
  await ask(`/v1/jobs/${encodeURIComponent(id)}`, { method: "DELETE" });
}
