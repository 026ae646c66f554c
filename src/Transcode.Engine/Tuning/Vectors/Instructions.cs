namespace Transcode.Engine.Tuning.Vectors;

/// <summary>What <see cref="Lanes128{TInstructions}"/> is made of. Types, because the compiler leaves out what a type does not ask for.</summary>
internal static class Instructions
{
    /// <summary>The machine's own, where it has one for something.</summary>
    internal readonly struct Own;

    /// <summary>What the runtime offers on every machine.</summary>
    internal readonly struct Plain;
}
