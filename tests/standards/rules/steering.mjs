// Content steering (RFC 8216bis, 4.4.6.2, 4.4.6.6 and 7; ETSI TS 103 998): a playback address with another pathway beside the box.
import { PATHWAY } from "../presentation.mjs";

/** Replaces in what a steered address gave; throws where nothing would change. */
function editSteered(raw, name, from, to) {
  const before = raw.steered[name];
  raw.steered[name] = before.replace(from, to);
  if (raw.steered[name] === before) throw new Error(`${name} holds nothing like ${from}.`);
}

const BOX = "box";

/** What of a variant or rendition may differ from one pathway to another. */
const OWN = ["PATHWAY-ID", "AUDIO", "SUBTITLES", "GROUP-ID", "uri", "URI"];

const without = (one) => JSON.stringify(Object.fromEntries(Object.entries(one).filter(([name]) => !OWN.includes(name))));

const of = (list, id) => list.filter((one) => one["PATHWAY-ID"] === id);

const groupsOf = (p, id) => new Set(of(p.steered.master.variants, id).flatMap((one) => [one.AUDIO, one.SUBTITLES]).filter(Boolean));

export const steering = [
  {
    id: "steering-pathways", apple: "", name: "Every pathway has the same variants and renditions, with groups of its own and stable ids that are each one's", of: ["HLS"],
    check: ({ steered: { master, server, ids }, ...p }) => {
      const members = (id) => master.media.filter((one) => groupsOf({ steered: { master } }, id).has(one["GROUP-ID"]));
      const stable = of(master.variants, BOX).map((one) => one["STABLE-VARIANT-ID"]);
      return [
        ...(server["SERVER-URI"] && ids.includes(server["PATHWAY-ID"]) ? [] : ["EXT-X-CONTENT-STEERING says not where, or begins nowhere"]),
        ...master.variants.filter((one) => !ids.includes(one["PATHWAY-ID"])).map((one) => `${one.uri}: of no pathway`),
        ...(new Set(stable).size === stable.length && stable.every(Boolean) ? [] : ["stable ids are missing, or two have the same"]),
        ...ids.flatMap((id) => [
          ...(of(master.variants, id).map(without).join() === of(master.variants, BOX).map(without).join() ? [] : [`${id}: other variants`]),
          ...(members(id).map(without).join() === members(BOX).map(without).join() ? [] : [`${id}: other renditions`]),
          ...ids.filter((other) => other !== id && [...groupsOf({ steered: { master } }, other)].some((group) => groupsOf({ steered: { master } }, id).has(group))).map((other) => `${id} and ${other} share a group`),
        ]),
        ...(master.media.every((one) => one["STABLE-RENDITION-ID"]) ? [] : ["a rendition has no stable id"]),
        ...[...master.iframes, ...master.images].filter((one) => one["PATHWAY-ID"] !== BOX).map((one) => `${one.uri}: not the box's`),
        ...(p.master.variants.some((one) => one["PATHWAY-ID"]) ? ["pathways are told where there are none"] : []),
      ];
    },
    breaks: (raw) => editSteered(raw, "master", /PATHWAY-ID="elsewhere",STABLE-VARIANT-ID="/, 'PATHWAY-ID="elsewhere",STABLE-VARIANT-ID="x'),
  },
  {
    id: "steering-same-files", apple: "", name: "Every pathway names the files that the box has, by the same addresses below its own folder", of: ["HLS", "DASH"],
    check: ({ steered: { master, manifest }, ...p }) => {
      const uris = (id) => [...of(master.variants, id), ...master.media.filter((one) => groupsOf({ steered: { master } }, id).has(one["GROUP-ID"]))].map((one) => one.uri).filter(Boolean);
      const own = uris(BOX);
      return [
        ...own.filter((uri) => !p.track(uri)).map((uri) => `${uri} is not listed elsewhere`),
        ...(uris("elsewhere").join() === own.map((uri) => PATHWAY + uri).join() ? [] : ["elsewhere has other addresses"]),
        ...manifest.sets.filter((set) => set.contentType !== "image").flatMap((set) => set.representations.filter((one) => !p.track(`${one.id}/index.m3u8`)).map((one) => `${one.id} is not listed elsewhere`)),
        ...manifest.sets.filter((set) => set.contentType !== "image" && !set.template.media.startsWith("$RepresentationID$/")).map((set) => `${set.contentType} ${set.id}: not below its pathway's folder`),
      ];
    },
    breaks: (raw) => editSteered(raw, "manifest", 'media="$RepresentationID$/', 'media="../hls/$RepresentationID$/'),
  },
  {
    id: "steering-dash", apple: "", name: "One ContentSteering with an absolute address, and a BaseURL for each of its service locations", of: ["DASH"],
    check: ({ steered: { manifest, ids } }) => {
      const [server, ...more] = manifest.steering;
      return [
        ...(server && more.length === 0 && URL.canParse(server.text) ? [] : ["none, several, or no address"]),
        ...(ids.includes(server?.attributes.defaultServiceLocation) ? [] : ["it begins nowhere"]),
        ...manifest.sets.filter((set) => set.contentType !== "image" && set.places.map((place) => place.attributes.serviceLocation).join() !== ids.join()).map((set) => `${set.contentType} ${set.id}: other places`),
        ...manifest.sets.flatMap((set) => set.places.filter((place) => !place.text.endsWith("/")).map((place) => `${place.text} is no folder`)),
      ];
    },
    breaks: (raw) => editSteered(raw, "manifest", /<BaseURL serviceLocation="elsewhere"/, '<BaseURL serviceLocation="nowhere"'),
  },
  {
    id: "steering-answer", apple: "", name: "The steering answer has a version, a time to live, and each pathway once", of: ["HLS", "DASH"],
    check: ({ steered: { answer, ids } }) => [
      ...(answer.VERSION === 1 ? [] : [`version ${answer.VERSION}`]),
      ...(Number.isInteger(answer.TTL) && answer.TTL > 0 ? [] : [`TTL ${answer.TTL}`]),
      ...([...answer["PATHWAY-PRIORITY"]].sort().join() === [...ids].sort().join() ? [] : [`${answer["PATHWAY-PRIORITY"]}`]),
    ],
    breaks: (raw) => editSteered(raw, "answer", '"box"', '"elsewhere"'),
  },
];
