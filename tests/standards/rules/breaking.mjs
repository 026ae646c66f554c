// Ways to spoil raw answers, so that every rule can be seen to fail.

/** Replaces in a text; throws where nothing would change. */
export function editText(raw, path, from, to) {
  const answer = raw.answers.get(path);
  const before = answer.bytes.toString();
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${path} holds nothing like ${from}.`);
  answer.bytes = Buffer.from(after);
}

/** Finds a box by its type in a file and hands its body to be changed in place. @param which the first, unless told. */
export function editBox(raw, path, type, change, which = 0) {
  const { bytes } = raw.answers.get(path);
  let at = -1;
  for (let i = 0; i <= which; i++) at = bytes.indexOf(type, at + 1, "latin1");
  if (at < 0) throw new Error(`${path} holds no ${type}.`);
  change(bytes.subarray(at + 4));
}

export const playlistOf = (p, kind) => p.folder + p.of(kind)[0].uri;

export const initPathOf = (p, kind) => p.of(kind)[0].folder + p.of(kind)[0].list.map;

export const segmentPathOf = (p, kind, place = 0) => p.of(kind)[0].segments.at(place).path;
