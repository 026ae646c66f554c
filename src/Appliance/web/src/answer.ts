/** The box answered with an error; `detail` is its own sentence about it, if it gave one. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string | null,
  ) {
    super(detail ?? `HTTP ${status}`);
  }
}

/** The sentence in a problem+json answer, or null where there is none. */
export async function problemDetail(response: Response): Promise<string | null> {
  if (!response.headers.get("content-type")?.includes("problem+json")) {
    return null;
  }
  try {
    const problem = (await response.json()) as { detail?: unknown; title?: unknown };
    const sentence = problem.detail ?? problem.title;
    return typeof sentence === "string" ? sentence : null;
  } catch {
    return null;
  }
}
