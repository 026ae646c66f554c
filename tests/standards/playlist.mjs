// Playlists as data (RFC 8216): tags and addresses, nothing judged.

/** @returns name → value of an attribute list; quoted strings without their quotes. */
export function attributesOf(list) {
  return Object.fromEntries([...list.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^",]*)/g)].map(([, name, value]) => [name, value.replace(/^"|"$/g, "")]));
}

/** @returns variants, media, iframes and images of a multivariant playlist, as attribute lists with `uri`, and what it says of steering. */
export function multivariant(text) {
  const lines = text.split("\n");
  const those = (tag) => lines.filter((line) => line.startsWith(`${tag}:`)).map((line) => attributesOf(line.slice(tag.length + 1)));
  const variants = [];
  lines.forEach((line, place) => {
    if (line.startsWith("#EXT-X-STREAM-INF:")) variants.push({ ...attributesOf(line.slice(18)), uri: lines[place + 1] });
  });
  const withUri = (list) => list.map((one) => ({ ...one, uri: one.URI }));
  return {
    variants,
    media: withUri(those("#EXT-X-MEDIA")),
    iframes: withUri(those("#EXT-X-I-FRAME-STREAM-INF")),
    images: withUri(those("#EXT-X-IMAGE-STREAM-INF")),
    steering: those("#EXT-X-CONTENT-STEERING")[0],
    tags: new Set(lines.filter((line) => line.startsWith("#EXT")).map((line) => line.split(":")[0])),
  };
}

/** @returns a media playlist: its segments with address, seconds and start, and what stands above them. */
export function media(text) {
  const value = (tag) => new RegExp(`^${tag}:(.*)$`, "m").exec(text)?.[1];
  const segments = [];
  let start = 0;
  let seconds = null;
  let tiles = null;
  for (const line of text.split("\n")) {
    if (line.startsWith("#EXTINF:")) seconds = Number.parseFloat(line.slice(8));
    else if (line.startsWith("#EXT-X-TILES:")) tiles = attributesOf(line.slice(13));
    else if (line !== "" && !line.startsWith("#")) {
      segments.push({ uri: line, seconds, start, tiles });
      start += seconds;
    }
  }
  return {
    segments,
    seconds: start,
    target: Number(value("#EXT-X-TARGETDURATION")),
    type: value("#EXT-X-PLAYLIST-TYPE"),
    map: attributesOf(value("#EXT-X-MAP") ?? "").URI,
    tags: new Set(text.split("\n").filter((line) => line.startsWith("#EXT")).map((line) => line.split(":")[0])),
  };
}
