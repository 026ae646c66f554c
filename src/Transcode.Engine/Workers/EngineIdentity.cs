namespace Transcode.Engine.Workers;

/// <summary>Which build of the engine this is. Under one identity and one encoder, a segment's bytes are a function of
/// source, recipe and index; so the identity is part of every cache key.</summary>
/// <param name="Engine">Name and version of the engine, as <c>appliance/0.1.0</c>.</param>
/// <param name="LibAv">Versions of the native libraries, as <c>libavcodec 59.37.100 …</c>.</param>
/// <param name="Family">The layout family in use, as <c>5.x</c>.</param>
public sealed record EngineIdentity(string Engine, string LibAv, string Family)
{
    public override string ToString() => $"{Engine} ({LibAv})";
}
