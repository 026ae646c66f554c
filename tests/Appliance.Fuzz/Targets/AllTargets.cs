namespace Appliance.Fuzz.Targets;

/// <summary>Everything that reads foreign bytes.</summary>
internal static class AllTargets
{
    public static IEnumerable<FuzzTarget> Of(FuzzScene scene) =>
    [
        .. RequestTargets.Of(scene),
        .. RouterTargets.Of(),
        .. OriginTargets.Of(scene),
        .. SettingsTargets.Of(scene),
        .. RewardsTargets.Of(),
        .. PipeTargets.Of(scene),
        .. TextTargets.Of(),
        .. ContainerTargets.Of(scene),
        .. BoxTargets.Of(scene),
        .. MediaTargets.Of(scene),
    ];
}
