/** Letters that are others with something added, though Unicode does not take them apart. */
const OTHERS: Readonly<Record<string, string>> = { ß: "ss", ø: "o", ł: "l", đ: "d", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d" };

/** A title as it is looked for: without case, accents and what stands between words. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[ßøłđæœıþð]/g, (letter) => OTHERS[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Tells of folded titles whether they have every word of what is looked for, in any order. */
export function matcher(query: string): (folded: string) => boolean {
  const words = fold(query).split(" ");
  return (folded) => words.every((word) => folded.includes(word));
}
