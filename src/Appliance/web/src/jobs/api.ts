import { box, said, type Schemas } from "../client";

/** A job, as `GET /v1/jobs` lists it. */
export type Job = Readonly<Schemas["JobResponse"]>;

export type JobState = Job["state"];

/** Of `GET /v1/sources/{id}`, what can be chosen. */
export type Choosable = Readonly<Pick<Schemas["SourceDetailResponse"], "renditions">>;

/** @throws ApiError where the box says no, 401 without a session; TypeError where it does not answer. */
export async function readJobs(signal: AbortSignal): Promise<readonly Job[]> {
  return (await said(box.GET("/v1/jobs", { signal }))).jobs;
}

/** @throws ApiError and TypeError as `readJobs` does. */
export function readChoices(source: string): Promise<Choosable> {
  return said(box.GET("/v1/sources/{id}", { params: { path: { id: source } } }));
}

/** @param renditions their names; null for all.
 * @throws ApiError and TypeError as `readJobs` does. */
export async function startJob(source: string, renditions: readonly string[] | null): Promise<void> {
  await box.POST("/v1/jobs", { body: { source, renditions: renditions && [...renditions] } });
}

/** @throws ApiError and TypeError as `readJobs` does. */
export async function removeJob(id: string): Promise<void> {
  await box.DELETE("/v1/jobs/{id}", { params: { path: { id } } });
}
