using Xunit;

namespace Transcode.Engine.Tests.Tuning.Devices;

/// <summary>Tests that use OpenCL in this process, or in processes of theirs, run one after the other: PoCL keeps what it compiles in one folder, and its contexts
/// compile, unpack and read there without regard to one another.</summary>
[CollectionDefinition(Name)]
public sealed class OpenClCollection
{
    public const string Name = "OpenCL";
}
