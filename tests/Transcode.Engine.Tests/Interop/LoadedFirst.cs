using System.Runtime.CompilerServices;
using Transcode.Engine.Interop.LibAv;

namespace Transcode.Engine.Tests.Interop;

/// <summary>Tests that reach libav without the engine's own doors find it loaded, whichever runs first.</summary>
internal static class LoadedFirst
{
    [ModuleInitializer]
    internal static void Load() => LibAv.Load();
}
