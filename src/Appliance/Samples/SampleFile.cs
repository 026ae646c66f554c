using Appliance.Samples.Pictures;
using Appliance.Samples.Sounds;
using Transcode.Engine.Media;
using Transcode.Engine.Movies;

namespace Appliance.Samples;

/// <summary>The sample film as a file: H.264 and AAC in MP4.</summary>
public static class SampleFile
{
    // Five seconds and a frame: the box's segments must not happen to fall on the film's own key frames.
    private const int KeyFrameSeconds = 5;

    /// <summary>Makes the film. The file appears under its name when it is complete; an interrupted making leaves nothing.</summary>
    /// <param name="path">Replaced where it exists; its folder is made.</param>
    /// <param name="options">What film to make.</param>
    /// <param name="onProgress">Told after each frame how many are done, and of how many.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    /// <exception cref="ArgumentException">The options are out of range; the message names all that are.</exception>
    /// <exception cref="Transcode.Engine.Workers.TranscodeException">The system has no libav that can make it.</exception>
    public static async Task MakeAsync(
        string path, SampleOptions options, Action<int, int>? onProgress, CancellationToken cancellationToken)
    {
        string[] errors = [.. options.Errors()];
        if (errors.Length > 0)
        {
            throw new ArgumentException(string.Join(Environment.NewLine, errors), nameof(options));
        }

        string full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        string unfinished = $"{full}.{Guid.NewGuid():n}.part";
        try
        {
            await using (var output = new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                await WriteAsync(output, options, onProgress, cancellationToken).ConfigureAwait(false);
                output.Flush(flushToDisk: true);
            }

            File.Move(unfinished, full, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task WriteAsync(
        Stream output, SampleOptions options, Action<int, int>? onProgress, CancellationToken cancellationToken)
    {
        var timing = new SampleTiming(options);
        Task<Stereo?> composing = Task.Run(() => options.HasSound ? Soundtrack.Compose(timing) : null, cancellationToken);
        var line = new PictureLine(options, timing);
        Stereo? sound = await composing.ConfigureAwait(false);
        int keyFrames = (int)options.FrameRate.CeilingOf(KeyFrameSeconds) + 1;
        using var movie = MovieWriter.Begin(output, new MovieOptions(
            options.Width, options.Height, options.FrameRate, keyFrames, timing.FrameCount, sound is null ? 0 : SampleTiming.SampleRate));
        int heard = 0;
        await line.RunAsync(
            (frame, picture) =>
            {
                movie.AddPicture(picture.Luma, picture.BlueDifference, picture.RedDifference);
                heard = AddSound(movie, sound, heard, timing.SampleAt(frame + 1), frame + 1 == timing.FrameCount);
                onProgress?.Invoke(frame + 1, timing.FrameCount);
            },
            cancellationToken).ConfigureAwait(false);
        movie.Finish();
    }

    /// <summary>Keeps the sound up with the pictures, in whole blocks until the end.</summary>
    private static int AddSound(MovieWriter movie, Stereo? sound, int heard, long until, bool isLast)
    {
        while (sound is not null && (heard + MovieWriter.BlockSamples <= until || (isLast && heard < until)))
        {
            int count = (int)Math.Min(MovieWriter.BlockSamples, until - heard);
            movie.AddSound(sound.Left.AsSpan(heard, count), sound.Right.AsSpan(heard, count));
            heard += count;
        }

        return heard;
    }
}
