import type Hls from "hls.js";
import { CapLevelController, Events, type FragLoadedData, type StreamController } from "hls.js";
import { highestLevel, suggestedBitrate } from "./suggested-bitrate";

/** Keeps the player below what the box can hold, besides below what fits its size: stepping down by oneself is better than
 * being refused. hls.js 1.7 sends client data but does not read the server's. */
export class BoxLevels extends CapLevelController {
  private suggested: number | null = null;
  private streams: StreamController | undefined;

  constructor(private readonly player: Hls) {
    super(player);
    player.on(Events.FRAG_LOADED, this.listen);
  }

  override destroy(): void {
    this.player.off(Events.FRAG_LOADED, this.listen);
    super.destroy();
  }

  override setStreamController(streams: StreamController): void {
    this.streams = streams;
    super.setStreamController(streams);
  }

  override getMaxLevel(capLevelIndex: number): number {
    const bitrates = this.player.levels.slice(0, capLevelIndex + 1).map((level) => level.maxBitrate);
    const fits = super.getMaxLevel(capLevelIndex);
    return bitrates.length === 0 || fits < 0 ? fits : Math.min(fits, highestLevel(bitrates, this.suggested));
  }

  private readonly listen = (_: Events.FRAG_LOADED, data: FragLoadedData): void => {
    const header = data.networkDetails instanceof Response ? data.networkDetails.headers.get("cmsd-dynamic") : null;
    const suggested = suggestedBitrate(header);
    if (suggested === null || suggested === this.suggested) {
      return;
    }
    this.suggested = suggested;
    // hls.js throws its buffer away when a higher level is allowed, for a picture that became larger. A box that has more
    // time than before is no reason to have it make everything again.
    super.setStreamController(undefined as unknown as StreamController);
    this.detectPlayerSize();
    if (this.streams) {
      super.setStreamController(this.streams);
    }
  };
}
