using Transcode.Engine.Hardware;

namespace Transcode.Engine.Workers;

/// <summary>A box, and what its libav has.</summary>
public sealed record ProbedBox(BoxIdentity Identity, IReadOnlyList<CodingPath> Paths);
