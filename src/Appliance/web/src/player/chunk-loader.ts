import {
  FetchLoader,
  type FragmentLoaderContext,
  type Level,
  type LoaderCallbacks,
  type LoaderConfiguration,
  type LoaderContext,
  type LoaderStats,
} from "hls.js";

/** A loader of segments that are still being encoded. It differs from hls.js's own in three ways.
 *
 * It hands video on as it arrives: hls.js gathers 128 kB before it looks at a chunk, which is more than a whole segment of
 * the small rungs.
 *
 * It hands sound on whole: hls.js holds every piece of sound that is ahead of the picture back until one more video segment
 * came; after a seek, four pieces left over from the old place would hold up the new one by four segments (measured:
 * 920 ms instead of 150).
 *
 * It measures speed against the rung's promised rate. What limits a segment here is the encoder, not the wire: an easy
 * scene gives few bytes in the same time, and bytes a second would call that a slow network and step down.
 * @param levels The rungs being played, once they are known. */
export function chunkLoader(levels: () => readonly Level[]): typeof FetchLoader {
  return class extends FetchLoader {
    override load(
      context: FragmentLoaderContext,
      config: LoaderConfiguration,
      callbacks: LoaderCallbacks<LoaderContext>,
    ): void {
      // The initialisation segment asks for Infinity: it is wanted whole too.
      const asItArrives = context.frag.type === "main" && config.highWaterMark !== Number.POSITIVE_INFINITY;
      const promisedBytes = asItArrives ? promised(levels(), context) : 0;
      super.load(
        context,
        { ...config, highWaterMark: asItArrives ? 1 : Number.POSITIVE_INFINITY },
        promisedBytes > 0 ? judgedBy(promisedBytes, callbacks) : callbacks,
      );
    }
  };
}

function promised(levels: readonly Level[], context: FragmentLoaderContext): number {
  const bitrate = levels[context.frag.level]?.averageBitrate ?? 0;
  return (bitrate * context.frag.duration) / 8;
}

function judgedBy(
  promisedBytes: number,
  callbacks: LoaderCallbacks<LoaderContext>,
): LoaderCallbacks<LoaderContext> {
  const { onProgress, onSuccess } = callbacks;
  return {
    ...callbacks,
    ...(onProgress && {
      onProgress: (stats: LoaderStats, ...rest: Rest<typeof onProgress>): void => {
        // How much is still to come is unknown; guessed from the promised rate it would be far too much, and hls.js would
        // abandon a segment that is almost done.
        stats.total = stats.loaded;
        onProgress(stats, ...rest);
      },
    }),
    onSuccess: (response, stats, ...rest): void => {
      stats.loaded = Math.max(stats.loaded, promisedBytes);
      stats.total = stats.loaded;
      onSuccess(response, stats, ...rest);
    },
  };
}

type Rest<F> = F extends (first: never, ...rest: infer R) => void ? R : never;
