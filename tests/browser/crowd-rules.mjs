// What must hold of a crowd of players on a box that is too small for them, by what came before what:
//   - Between a request and the first byte of its answer, at most two that are less urgent begin to be answered: the one that was
//     being made, and one that was begun while the request was on its way.
//   - Who reads what the box tells asks for no more than it was told. (A start or a seek is asked for before anything is told.)
//   - Nobody stands still, once it has played, with a higher rung than the lowest under way: such a stall stepping down would have
//     saved.
//   - The lowest rung is never refused, every player comes to play, and who is told anything is told less than the highest rung.

/** Orders that may begin before a more urgent one: what runs on the one core, and what was begun while that was on its way. */
const MAY_OVERTAKE = 2;

/** Less than this ahead of the picture, in seconds, is nothing: a browser stands still a few pictures before the end. */
const NOTHING = 0.5;

/** Those that step down by what the box tells (CMSD `mb`). shaka-player does so no sooner than eight seconds after it did before. */
const HEEDING = ["page"];

/** Adds to `result` what was counted, and to its reasons what did not hold.
 * @param crowd players with their `kind`, `source` and the `events` of their video. @param askings all requests for pictures. */
export function judgeCrowd(result, crowd, askings) {
  result.asked = askings.length;
  result.made = askings.filter((one) => one.origin === "made").length;
  result.refused = askings.filter((one) => one.isRefused).length;
  judgeOrder(result, askings);
  if (askings.every((one) => one.held === null)) result.reasons.push("The box told nobody what it can hold.");
  if (result.waited === 0) result.reasons.push("Nobody waited for another: the box was not too small.");
  for (const player of crowd) judgePlayer(result, player, askings.filter((one) => one.source === player.source.id));
}

function judgeOrder(result, askings) {
  for (const waiting of askings.filter((one) => one.isMade)) {
    const urgency = waiting.urgencyAt(waiting.askedAt);
    const within = askings.filter((other) => other !== waiting && isBegunWithin(other, waiting));
    const before = within.filter((other) => other.urgencyAt(other.begunAt) > urgency);
    result.waited += within.length > 0 ? 1 : 0;
    result.mostOvertaking = Math.max(result.mostOvertaking, before.length);
    if (before.length > MAY_OVERTAKE) result.reasons.push(`${waiting} waited while ${before.join(", ")} began, which were less urgent.`);
  }
}

/** Whether the making of one began, for all that can be told from outside, while another waited. What was made ahead before it
 * was asked for is answered at once, and took no time from anybody then. */
function isBegunWithin(other, waiting) {
  return other.begunAt > waiting.askedAt && other.begunAt < waiting.begunAt
    && (other.origin === "made" || (other.origin === "joined" && other.askedAt < waiting.askedAt));
}

function judgePlayer(result, { kind, source, events }, askings) {
  const rungs = source.renditions.filter((one) => one.kind === "video").sort((a, b) => a.peakBitsPerSecond - b.peakBitsPerSecond);
  const [lowest, highest] = [rungs[0].name, rungs.at(-1).name];
  const beside = Math.max(0, ...source.renditions.filter((one) => one.kind === "audio").map((one) => one.peakBitsPerSecond));
  const rateOf = (rung) => rungs.find(({ name }) => name === rung).peakBitsPerSecond + beside;
  const answered = askings.filter((one) => one.held !== null && one.endedAt !== null);
  const toldBefore = (asking) => answered.filter((one) => one.endedAt < asking.askedAt).at(-1)?.held ?? Infinity;
  const say = (words) => result.reasons.push(`${kind} of ${source.title} ${words}`);

  const stalls = stallsOf(events);
  const held = askings.map((one) => one.held).filter((one) => one !== null);
  const played = events.some((event) => event.type === "playing");
  result.players.push({
    kind,
    asked: askings.map((one) => `${one.rung}${one.isRefused ? " refused" : ""}`).join(", "),
    played,
    stalls: stalls.length,
    held: held.length === 0 ? null : [Math.min(...held), Math.max(...held)],
  });
  result.stalls += stalls.length;
  if (!played) say("never played.");
  // It may have had but one answer, from before anything was measured.
  if (held.length > 0 && !held.some((kbps) => kbps * 1000 < rateOf(highest))) say(`was never told to ask for less than ${highest}.`);
  for (const refused of askings.filter((one) => one.isRefused && one.rung === lowest)) say(`was refused the lowest rung: ${refused}.`);
  for (const asking of askings.filter((one) => HEEDING.includes(kind) && one.rung !== lowest && !one.said.su)) {
    if (rateOf(asking.rung) > toldBefore(asking) * 1000) say(`asked for ${asking}, where it was told ${toldBefore(asking)} kbit/s.`);
  }
  for (const stall of stalls) {
    const last = askings.filter((one) => one.askedAt <= stall.at && one.status === 200).at(-1);
    if (last && last.rung !== lowest && !last.said.su) say(`stood still at ${stall.time.toFixed(1)} s with ${last} under way.`);
  }
}

/** Where a picture that had begun to play stood still for want of more, and nobody had sought. */
function stallsOf(events) {
  const stalls = [];
  let plays = false;
  for (const event of events) {
    if (event.type === "playing") plays = true;
    else if (event.type === "seeking") plays = false;
    else if (event.type === "waiting" && plays && event.ahead < NOTHING) stalls.push(event);
  }
  return stalls;
}
