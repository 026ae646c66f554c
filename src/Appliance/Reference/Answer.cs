namespace Appliance.Reference;

/// <summary>An answer where all is well.</summary>
/// <param name="Status">200 to 299.</param>
/// <param name="Text">What it is, for a person.</param>
internal sealed record Answer(int Status, string Text)
{
    /// <summary>Null without a body.</summary>
    public string? MediaType { get; init; }

    /// <summary>The contract, where it is JSON by one.</summary>
    public Type? Type { get; init; }

    /// <summary>Name in <c>schemas.json</c>, where the JSON is written in a canonical form of its own.</summary>
    public string? Schema { get; init; }

    /// <summary>Headers that say something.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static Answer Json<T>(string text, int status = StatusCodes.Status200OK) => new(status, text) { MediaType = "application/json", Type = typeof(T) };

    public static Answer Json(string schema, string text) => new(StatusCodes.Status200OK, text) { MediaType = "application/json", Schema = schema };

    public static Answer Bytes(string mediaType, string text, int status = StatusCodes.Status200OK) => new(status, text) { MediaType = mediaType };

    public static Answer Nothing(string text, int status = StatusCodes.Status204NoContent) => new(status, text);
}
