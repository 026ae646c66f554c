// Every rule of crowd-rules.mjs holds of a crowd that is served as it should be, and is seen to fail of one that is not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Asking } from "./asking.mjs";
import { judgeCrowd } from "./crowd-rules.mjs";

const RENDITIONS = [
  { kind: "video", name: "720p", peakBitsPerSecond: 4_000_000 },
  { kind: "video", name: "240p", peakBitsPerSecond: 800_000 },
  { kind: "audio", name: "audio", peakBitsPerSecond: 100_000 },
];

/** A request of a player for a segment, answered whole 100 ms after its first byte. */
function asks(source, rung, index, said, askedAt, begunAt, more = {}) {
  return Object.assign(new Asking(), {
    source, rung, index, said, askedAt, begunAt, endedAt: begunAt + 100, status: 200, origin: "made", held: 1000, ...more,
  });
}

const player = (kind, id, events = []) => ({ kind, source: { id, title: id, renditions: RENDITIONS }, events: [{ type: "playing", at: 0, time: 0, ahead: 2 }, ...events] });

function judged(crowd, askings) {
  const result = { reasons: [], players: [], stalls: 0, waited: 0, mostOvertaking: 0 };
  judgeCrowd(result, crowd, askings.sort((one, other) => one.askedAt - other.askedAt));
  return result;
}

/** Four who can wait, asked first, and one who cannot, whose turn comes at a place in the order. */
function turns(place) {
  const urgent = asks("e", "240p", 3, { bs: true, bl: 0 }, 100, 1000 * place + 500);
  return [urgent, ...["a", "b", "c", "d"].map((source, turn) => asks(source, "240p", 9, { bl: 20_000 }, 10 * turn, 1000 * (turn < place ? turn : turn + 1) + 500))];
}

const five = ["a", "b", "c", "d", "e"].map((source) => player("hls.js", source));

test("order: who is about to stall comes after what was being made", () => {
  for (const place of [0, 1, 2]) assert.deepEqual(judged(five, turns(place)).reasons, [], `place ${place}`);
});

test("order: in the order of asking, those who can wait come first, and that is told", () => {
  for (const place of [3, 4]) assert.match(judged(five, turns(place)).reasons.join(), /waited while .* which were less urgent/, `place ${place}`);
});

test("order: a start comes before ordinary playing and after a stall", () => {
  const behind = turns(4).map((one) => (one.source === "e" ? Object.assign(one, { said: { su: true } }) : one));
  assert.match(judged(five, behind).reasons.join(), /less urgent/);
  for (const one of behind) if (one.source !== "e") one.said = { bs: true };
  assert.deepEqual(judged(five, behind).reasons, []);
});

/** One player beside another, with a stall at 5 s while something is under way. */
function stalling(kind, rung, said, told = 5000) {
  const events = [{ type: "waiting", at: 5000, time: 4, ahead: 0 }];
  return judged([player(kind, "a", events), player("hls.js", "b")], [
    asks("a", "240p", 0, { su: true }, 0, 200, { held: told }), asks("b", "240p", 0, { bl: 9000 }, 50, 400),
    asks("a", rung, 2, said, 4000, 6000, { held: told }), asks("b", "240p", 1, { bl: 9000 }, 2000, 2200),
  ]).reasons;
}

test("stalls: none with a higher rung under way than the lowest, but for a start", () => {
  for (const kind of ["page", "hls.js", "shaka-player", "dash.js"]) {
    assert.match(stalling(kind, "720p", { bl: 900 }).join(), /stood still at 4.0 s with a\/720p\/2/, kind);
    assert.doesNotMatch(stalling(kind, "240p", { bl: 900 }).join(), /stood still/, kind);
    assert.doesNotMatch(stalling(kind, "720p", { su: true }).join(), /stood still/, kind);
  }
});

test("heeding: the page asks for no more than it was told, others may", () => {
  assert.match(stalling("page", "720p", { bl: 900 }, 1000).join(), /asked for a\/720p\/2 .* where it was told 1000 kbit\/s/);
  assert.doesNotMatch(stalling("hls.js", "720p", { bl: 900 }, 1000).join(), /asked for/);
});

test("the lowest rung is not refused, and every player plays", () => {
  const refused = asks("a", "240p", 7, { bl: 900 }, 9000, null, { status: 429, endedAt: 9100 });
  assert.match(judged(five, [...turns(1), refused]).reasons.join(), /was refused the lowest rung/);
  const silent = { ...player("dash.js", "a"), events: [] };
  assert.match(judged([silent, ...five.slice(1)], turns(1)).reasons.join(), /dash.js of a never played/);
});
