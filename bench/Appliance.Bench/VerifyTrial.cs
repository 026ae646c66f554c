using System.Buffers.Binary;
using System.Security.Cryptography;
using Transcode.Engine.Tuning.Stages;
using Transcode.Engine.Verification;
using Transcode.Engine.Workers;

namespace Appliance.Bench;

/// <summary>A rendition that was made in a known way, and what the verifier said of it.</summary>
/// <param name="Scene">Of which film and rung, for people.</param>
/// <param name="Encoder">Of the recipe.</param>
/// <param name="Way">How it was made.</param>
/// <param name="Verdict">What was said.</param>
internal sealed record VerifyTrial(string Scene, string Encoder, VerifyWay Way, Verdict Verdict)
{
    /// <summary>dB by which it may be worse than our own encoder's and not be seen to be.</summary>
    private const double Harmless = 1;

    public bool IsWrong => Way.IsHonest != (Verdict.Kind == VerdictKind.Accepted);

    /// <summary>Whether the drawn pictures are as good as our own encoder's.</summary>
    public bool IsHarmless => Verdict.Frames.Count > 0
        && Verdict.Frames.All(frame => Math.Max(Math.Max(frame.Loss, frame.ColorLoss), frame.StructureLoss) < Harmless);

    /// <summary>Makes and verifies one; null where the segment does not allow it.</summary>
    /// <param name="scene">The segment.</param>
    /// <param name="way">How it is made.</param>
    /// <param name="engine">This build.</param>
    /// <param name="seed">Of the drawn frames.</param>
    public static VerifyTrial? Run(VerifyScene scene, VerifyWay way, EngineIdentity engine, int seed)
    {
        if (way.Make(scene) is not { } made)
        {
            return null;
        }

        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, seed);
        int[] drawn = Challenge.Draw(SHA256.HashData(number), scene.Count, Challenge.UsualFrames);
        Verdict verdict = new SegmentVerifier(engine, PictureDevice.None).Verify(
            scene.Claim with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(made.Media)) },
            scene.Reference,
            new MemoryByteReader(made.Init),
            new MemoryByteReader(made.Media),
            drawn,
            CancellationToken.None);
        return new($"{scene.Film.Name}, {scene.Name}, segment {scene.Index}", scene.Recipe.Encoder, way, verdict);
    }
}
