import { box, said, type Schemas } from "../client";

/** What `GET /v1/settings` says, in the box's own words. */
export type Settings = Readonly<Schemas["SettingsResponse"]>;

/** A setting of the start. */
export type Setting = Readonly<Settings["settings"][number]>;

/** What to write for another value. */
export type Lines = Readonly<Schemas["SettingLines"]>;

/** What the owner lets the box take, and what the start says of the same. */
export type Budget = Readonly<Schemas["BudgetWishResponse"]>;

/** What the owner says; null where he says nothing. */
export type Wish = Readonly<Schemas["BudgetWish"]>;

export type SaidBudget = Readonly<Schemas["SaidBudget"]>;

/** All of these throw ApiError where the box says no, 401 without a session, and TypeError where it does not answer. */
export function readSettings(signal: AbortSignal): Promise<Settings> {
  return said(box.GET("/v1/settings", { signal }));
}

export function readLines(name: string, value: string): Promise<Lines> {
  return said(box.GET("/v1/settings/{name}/lines", { params: { path: { name }, query: { value } } }));
}

export function readBudget(signal: AbortSignal): Promise<Budget> {
  return said(box.GET("/v1/budgets/wish", { signal }));
}

/** It holds at once, and for later starts. */
export function setBudget(wish: Wish): Promise<Budget> {
  return said(box.PUT("/v1/budgets/wish", { body: wish }));
}
