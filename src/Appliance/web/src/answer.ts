import { language } from "./language";
import { strings } from "./strings";

/** The box answered with an error; `detail` is its own sentence about it, if it gave one. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string | null,
  ) {
    super(detail ?? `HTTP ${status}`);
  }
}

/** What an error answer says of itself: `code` a word for programs, `detail` a sentence in English. */
export interface Problem {
  readonly code: string | null;
  readonly detail: string | null;
}

/** What a problem+json answer says; nothing where it is none. */
export async function problemOf(response: Response): Promise<Problem> {
  if (!response.headers.get("content-type")?.includes("problem+json")) {
    return { code: null, detail: null };
  }
  try {
    const problem = (await response.json()) as { code?: unknown; detail?: unknown; title?: unknown };
    return { code: text(problem.code), detail: text(problem.detail ?? problem.title) };
  } catch {
    return { code: null, detail: null };
  }
}

/** What the box says, as its reader speaks: its own sentence knows most, and is English; others read what its code stands for. Null where there is neither. */
export function inWords({ code, detail }: Problem): string | null {
  return (language === "en" ? detail : null) ?? (code !== null && code in strings.causes ? strings.causes[code as keyof typeof strings.causes] : null);
}

/** The sentence of a problem+json answer, in the reader's language where there is one, or null where there is none. */
export async function problemDetail(response: Response): Promise<string | null> {
  const problem = await problemOf(response);
  return inWords(problem) ?? problem.detail;
}

function text(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
