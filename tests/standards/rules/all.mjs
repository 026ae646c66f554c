// Every rule: id, Apple's number where the HLS authoring specification (June 2025) has it, its name, what it is about
// (HLS, DASH or both), `check` (what is wrong, one line each), `breaks` (spoils raw answers so that the rule fails), and for a
// rule that is knowingly not kept `miss`, the reason.
import { cmaf } from "./cmaf.mjs";
import { dash } from "./dash.mjs";
import { pictures } from "./pictures.mjs";
import { playlists } from "./playlists.mjs";
import { rates } from "./rates.mjs";
import { steering } from "./steering.mjs";
import { timeline } from "./timeline.mjs";
import { trickplay } from "./trickplay.mjs";

export const rules = [...pictures, ...timeline, ...rates, ...playlists, ...cmaf, ...trickplay, ...dash, ...steering];

/** @returns what a presentation does wrong by one rule; one that cannot even be judged is wrong. */
export function judge(rule, presentation) {
  try {
    return rule.check(presentation);
  } catch (error) {
    return [`cannot be judged: ${error.message}`];
  }
}
