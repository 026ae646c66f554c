using Transcode.Engine.Media;

namespace Appliance.Sources;

/// <summary>The bytes of a source in the library, wherever they lie.</summary>
internal interface IServedBytes : IByteSource
{
    /// <summary>For the owner and the log only: an absolute path, or a URL without its query.</summary>
    string Place { get; }

    /// <summary>Looks whether they are still those that were fingerprinted, as far as that is known without asking another machine.</summary>
    /// <exception cref="SourceGoneException">They are not.</exception>
    void CheckUnchanged();
}
