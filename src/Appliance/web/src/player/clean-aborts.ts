import Hls, {
  type FragLoadedData,
  type FragmentLoadProgressCallback,
  type Level,
  type MediaFragment,
  type PartsLoadedData,
} from "hls.js";

/** The part of hls.js that loads the picture, made to forget what it gave up. hls.js keeps the last chunk it received until
 * it has seen the start of the next. When a seek aborts a segment and leads into the one after it, it takes the two for
 * continuous: it puts the kept chunk before the new segment, takes the old time for the new place, and from then on shows
 * the picture apart from the sound by what lies between, up to seconds. A segment that was not finished has no
 * continuation. */
export class CleanAborts extends Hls.DefaultConfig.streamController {
  private isUnfinished = false;

  protected override _doFragLoad(
    fragment: MediaFragment,
    level: Level,
    targetBufferTime?: number | null,
    onProgress?: FragmentLoadProgressCallback,
  ): Promise<PartsLoadedData | FragLoadedData | null> {
    if (this.isUnfinished) {
      this.resetTransmuxer();
    }
    this.isUnfinished = true;
    return super._doFragLoad(fragment, level, targetBufferTime, onProgress);
  }

  protected override _handleFragmentLoadComplete(loaded: PartsLoadedData): void {
    // Before what follows, which may begin the next one.
    this.isUnfinished = false;
    super._handleFragmentLoadComplete(loaded);
  }
}
