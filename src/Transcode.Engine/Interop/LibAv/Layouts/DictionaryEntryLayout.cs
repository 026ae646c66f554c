namespace Transcode.Engine.Interop.LibAv;

/// <summary>Where the fields of AVDictionaryEntry lie.</summary>
internal readonly record struct DictionaryEntryLayout
{
    public required int Key { get; init; }

    public required int Value { get; init; }
}
