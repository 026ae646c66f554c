using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tuning.Stages;

/// <summary>Makes one or more pictures of each picture, in order. Several may be under way at a time. For one thread.</summary>
internal interface IPictureStage : IDisposable
{
    /// <summary>Pictures that may have begun and not been finished.</summary>
    int Depth { get; }

    /// <summary>Begins a picture.</summary>
    /// <param name="picture">What it shows stays as it is until it is finished; the stage holds a reference of its own, if it needs one.</param>
    /// <param name="peakNits">What becomes white in it, in cd/m², where tones are mapped; null for what the order says.</param>
    /// <exception cref="InvalidOperationException"><see cref="Depth"/> pictures are under way.</exception>
    void Begin(AvFrame picture, int? peakNits = null);

    /// <summary>Finishes the picture that began first of those under way.</summary>
    /// <param name="outputs">As many as the stage makes; whatever they held before is given back.</param>
    /// <exception cref="InvalidOperationException">No picture is under way.</exception>
    void Finish(IReadOnlyList<AvFrame> outputs);
}
