using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tuning.Plans;

/// <summary>Does what a plan says to pictures of one shape. Not for two threads at once.</summary>
internal interface ITuning : IDisposable
{
    /// <param name="picture">Stays as it is.</param>
    /// <param name="before">Those before it in its shot, the nearest first; as many at most as the plan looks at.</param>
    /// <param name="after">Those after it, likewise.</param>
    /// <param name="output">Whatever it held before is given back.</param>
    void Run(AvFrame picture, IReadOnlyList<AvFrame> before, IReadOnlyList<AvFrame> after, AvFrame output);
}
