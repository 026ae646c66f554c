/** The languages that the page has words in; the first is spoken where the reader has none of them. */
export const LANGUAGES = ["en", "de"] as const;

export type Language = (typeof LANGUAGES)[number];

/** The first of the reader's languages that the page has, with the region as he reads dates and numbers. */
export const [language, locale] = choose(navigator.languages);

const plurals = new Intl.PluralRules(locale);
const numbers = new Intl.NumberFormat(locale);

export function choose(wanted: readonly string[]): readonly [Language, string] {
  for (const tag of wanted) {
    const found = LANGUAGES.find((one) => tag.toLowerCase().split("-")[0] === one);
    if (found) return [found, tag];
  }
  return [LANGUAGES[0], LANGUAGES[0]];
}

/** A count's words by the language's own rules. */
export function plural(count: number, forms: { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>): string {
  return forms[plurals.select(count)] ?? forms.other;
}

/** A number as the reader's region writes it. */
export function number(value: number, digits?: number): string {
  return digits === undefined ? numbers.format(value) : value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** What stands between thousands, and before the decimals. */
export function separators(): readonly [group: string, decimal: string] {
  const parts = numbers.formatToParts(1_234_567.5);
  const of = (type: string, otherwise: string): string => parts.find((part) => part.type === type)?.value ?? otherwise;
  return [of("group", ","), of("decimal", ".")];
}

/** A day and month, from ISO 8601 of UTC. */
export function shortDay(at: string): string {
  return new Date(at).toLocaleDateString(locale, { day: "numeric", month: "numeric", timeZone: "UTC" });
}

/** A day, from ISO 8601. */
export function day(at: string): string {
  return new Date(at).toLocaleDateString(locale);
}

/** A day and a time of it, from ISO 8601. */
export function moment(at: string | number): string {
  return new Date(at).toLocaleString(locale);
}

/** A time of day, from ISO 8601. */
export function timeOfDay(at: string): string {
  return new Date(at).toLocaleTimeString(locale);
}

/** Bytes, as `1.4 GB`. */
export function bytes(count: number): string {
  const units = ["kilobyte", "megabyte", "gigabyte", "terabyte"] as const;
  let value = count / 1000;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return value.toLocaleString(locale, { style: "unit", unit: units[unit] ?? "kilobyte", unitDisplay: "short", maximumFractionDigits: value < 10 ? 1 : 0 });
}

/** A share of one, as `45 %`. */
export function percent(share: number): string {
  return share.toLocaleString(locale, { style: "percent", maximumFractionDigits: 0 });
}
