// Files of the ISO base media format (ISO/IEC 14496-12) as data, nothing judged.

const CONTAINERS = new Set(["moov", "trak", "mdia", "minf", "stbl", "mvex", "moof", "traf"]);

/** @returns all boxes of some bytes, those inside containers too, in order: type, body and offset. */
export function boxesOf(bytes, offset = 0) {
  const boxes = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (size < 8 || at + size > bytes.length) throw new Error(`The box ${type} is ${size} bytes long, where ${bytes.length - at} are left.`);
    const body = bytes.subarray(at + 8, at + size);
    boxes.push({ type, body, offset: offset + at });
    if (CONTAINERS.has(type)) boxes.push(...boxesOf(body, offset + at + 8));
    at += size;
  }
  return boxes;
}

/** @returns what an init segment says: number of tracks, handler, timescale, RFC 6381 codec, and of how many bytes the
 * lengths before NAL units are. */
export function initOf(bytes) {
  const boxes = boxesOf(bytes);
  const one = (type) => boxes.find((box) => box.type === type)?.body;
  const header = one("mdhd");
  return {
    tracks: boxes.filter((box) => box.type === "trak").length,
    handler: one("hdlr")?.toString("latin1", 8, 12),
    timescale: header?.readUInt32BE(header[0] === 1 ? 20 : 12),
    codec: codecOf(bytes),
    lengthBytes: lengthBytesOf(bytes),
  };
}

/** The lowest two bits of a byte of avcC and hvcC (ISO/IEC 14496-15), plus one. */
function lengthBytesOf(bytes) {
  const [avc, hevc] = ["avcC", "hvcC"].map((type) => bytes.indexOf(type, 0, "latin1"));
  return avc >= 0 ? (bytes[avc + 8] & 3) + 1 : hevc >= 0 ? (bytes[hevc + 25] & 3) + 1 : 0;
}

/** @returns the codec string that the bitstream's own headers tell, and the sample entry it lies in. */
function codecOf(bytes) {
  const body = (type) => {
    const at = bytes.indexOf(type, 0, "latin1");
    return at < 0 ? null : bytes.subarray(at + 4);
  };
  const hex = (byte) => byte.toString(16).padStart(2, "0");
  const avc = body("avcC");
  if (avc) {
    // The sequence parameter set itself, not the record's copy of its first bytes.
    const set = avc.subarray(8);
    return `avc1.${hex(set[1])}${hex(set[2])}${hex(set[3])}`;
  }
  const hevc = body("hvcC");
  if (hevc) {
    const space = ["", "A", "B", "C"][hevc[1] >> 6];
    let mirrored = 0;
    for (let bit = 0, flags = hevc.readUInt32BE(2); bit < 32; bit++) mirrored = (mirrored * 2) + ((flags >>> bit) & 1);
    const limits = [...hevc.subarray(6, 12)].map((byte) => byte.toString(16));
    while (limits.at(-1) === "0") limits.pop();
    return [`hvc1.${space}${hevc[1] & 31}`, mirrored.toString(16), `${hevc[1] & 32 ? "H" : "L"}${hevc[12]}`, ...limits].join(".");
  }
  const av1 = body("av1C");
  if (av1) {
    const depth = av1[2] & 0x40 ? (av1[2] & 0x20 ? "12" : "10") : "08";
    return `av01.${av1[1] >> 5}.${String(av1[1] & 31).padStart(2, "0")}${av1[2] & 0x80 ? "H" : "M"}.${depth}`;
  }
  const sound = body("esds");
  if (!sound) return null;
  // DecoderSpecificInfo (tag 5): the object type is its first five bits.
  const tag = sound.indexOf(Buffer.from([0x05, 0x80, 0x80, 0x80]));
  return `mp4a.40.${sound[tag + 5] >> 3}`;
}

/** @returns the chunks of a media segment: decode time, versions and flags, samples with ticks, offset, sync and bytes. */
export function segmentOf(bytes) {
  const boxes = boxesOf(bytes);
  const chunks = [];
  let chunk = null;
  for (const { type, body, offset } of boxes) {
    if (type === "moof") chunks.push(chunk = { offset, tracks: 0, samples: [] });
    else if (type === "tfhd") {
      const flags = body.readUInt32BE(0) & 0xffffff;
      Object.assign(chunk, { tracks: chunk.tracks + 1, defaultBaseIsMoof: (flags & 0x020000) !== 0, ticks: body.readUInt32BE(8) });
    } else if (type === "tfdt") {
      Object.assign(chunk, { timeVersion: body[0], time: body[0] === 1 ? Number(body.readBigUInt64BE(4)) : body.readUInt32BE(4) });
    } else if (type === "trun") readRun(chunk, body, bytes);
  }
  return { chunks, samples: chunks.flatMap((one) => one.samples), types: boxes.map((box) => box.type) };
}

/** A run with size, flags and composition offset of each sample, as this product writes them (0xE01); with durations first
 * where these are not all alike (0xF01). */
function readRun(chunk, body, bytes) {
  const count = body.readUInt32BE(4);
  const uneven = (body.readUInt32BE(0) & 0x100) !== 0;
  let data = chunk.offset + body.readInt32BE(8);
  let decode = chunk.time;
  for (let i = 0; i < count; i++) {
    const at = uneven ? 16 + (i * 16) : 12 + (i * 12);
    const size = body.readUInt32BE(at);
    const ticks = uneven ? body.readUInt32BE(at - 4) : chunk.ticks;
    chunk.samples.push({
      decode,
      shown: decode + body.readInt32BE(at + 8),
      ticks,
      sync: (body.readUInt32BE(at + 4) & 0x10000) === 0,
      bytes: bytes.subarray(data, data + size),
    });
    data += size;
    decode += ticks;
  }
}

/** @returns whether a picture can be the first to be decoded, by its own bytes. */
export function isIdr(sample, { codec, lengthBytes }) {
  if (codec.startsWith("av01")) return sample.sync;
  const types = [];
  for (let at = 0; at + lengthBytes < sample.bytes.length; at += lengthBytes + sample.bytes.readUIntBE(at, lengthBytes)) {
    const first = sample.bytes[at + lengthBytes];
    types.push(codec.startsWith("avc1") ? first & 31 : (first >> 1) & 63);
  }
  return codec.startsWith("avc1") ? types.includes(5) : types.some((type) => type === 19 || type === 20);
}
