using Appliance.Access;

namespace Appliance.Webhooks;

/// <summary>What a hook may be told of, and which scope its key needs for that: the one by which it could ask for the same.</summary>
internal static class HookEvent
{
    public const string JobCompleted = "job.completed";
    public const string JobFailed = "job.failed";
    public const string ReceiptsIssued = "receipts.issued";
    public const string OrderSettled = "order.settled";
    public const string SourceReady = "source.ready";
    public const string SourceRefused = "source.refused";

    /// <summary>Sent when it is asked for, and chosen by nobody.</summary>
    public const string Test = "webhook.test";

    /// <summary>One of these is needed for a hook at all.</summary>
    public const Scope Scopes = Scope.Jobs | Scope.Orders | Scope.Library;

    private static readonly (string Name, Scope Scope)[] Known =
    [
        (JobCompleted, Scope.Jobs), (JobFailed, Scope.Jobs),
        (ReceiptsIssued, Scope.Orders), (OrderSettled, Scope.Orders),
        (SourceReady, Scope.Library), (SourceRefused, Scope.Library),
    ];

    /// <summary>The names there are, for a person.</summary>
    public static string Names { get; } = string.Join(", ", Known.Select(known => known.Name));

    public static int Count => Known.Length;

    /// <returns>Null for what is no event.</returns>
    public static Scope? ScopeOf(string name) => Array.Find(Known, known => known.Name == name) is { Name: not null } found ? found.Scope : null;
}
