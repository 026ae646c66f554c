namespace Appliance.Reference;

/// <summary>A body that is taken.</summary>
/// <param name="Type">The contract, where it is JSON.</param>
/// <param name="MediaType">Of it.</param>
/// <param name="Wants">Members that must be there.</param>
internal sealed record Taken(Type? Type, string MediaType, IReadOnlyList<string> Wants)
{
    /// <summary>Whether there may be none.</summary>
    public bool IsOptional { get; init; }

    public static Taken Json<T>(params string[] wants) => new(typeof(T), "application/json", wants);

    public static Taken Bytes(string mediaType) => new(null, mediaType, []);
}
