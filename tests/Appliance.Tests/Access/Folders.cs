using Appliance.Access;
using Appliance.Storage;
using Appliance.Tests.Hosting;

namespace Appliance.Tests.Access;

/// <summary>The access folder of a test, where the box that <see cref="TestAppliance"/> starts would have it.</summary>
internal static class Folders
{
    public static DataFolder DataOf(ScratchFolder folder) => new(Path.Combine(folder.Path, "data"));

    public static AccessFolder Of(ScratchFolder folder) => new(DataOf(folder));
}
