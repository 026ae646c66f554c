import { box, said, type Schemas } from "../client";

/** What `GET /v1/activity` says. */
export type Activity = Readonly<Schemas["ActivityResponse"]>;

/** Who plays, as far as its requests tell. */
export type Viewer = Readonly<Activity["viewers"][number]>;

export type Worker = Readonly<Activity["pool"]["workers"][number]>;

/** What `GET /v1/budgets` says. */
export type Budgets = Readonly<Schemas["BudgetReport"]>;

/** @throws ApiError where the box says no, 401 without a session; TypeError where it does not answer. */
export function readActivity(signal: AbortSignal): Promise<Activity> {
  return said(box.GET("/v1/activity", { signal }));
}

/** @throws ApiError and TypeError as `readActivity` does. */
export function readBudgets(signal: AbortSignal): Promise<Budgets> {
  return said(box.GET("/v1/budgets", { signal }));
}
