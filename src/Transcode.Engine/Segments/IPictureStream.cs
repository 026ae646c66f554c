using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Media;

namespace Transcode.Engine.Segments;

/// <summary>Pictures in the order they are shown, each with its time.</summary>
internal interface IPictureStream : IDisposable
{
    /// <summary>What the times are counted on.</summary>
    StreamClock Clock { get; }

    /// <summary>Pixels decoded so far, lead-in included.</summary>
    long DecodedPixels { get; }

    /// <summary>Whether libav met damage in what was decoded so far.</summary>
    bool IsDamaged { get; }

    /// <summary>Takes the next picture.</summary>
    /// <param name="into">Receives it.</param>
    /// <param name="ticks">When it is shown, in ticks of <see cref="Clock"/>.</param>
    /// <returns>False after the last.</returns>
    bool TryNext(AvFrame into, out long ticks);
}
