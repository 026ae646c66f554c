namespace Transcode.Engine.Interop.LibAv;

/// <summary>What a container says of itself in words: a borrowed AVDictionary.</summary>
internal static class AvMetadata
{
    /// <summary>The value of a key, whatever its case; null where there is none.</summary>
    public static string? Value(nint dictionary, string key)
    {
        nint entry = AvUtil.av_dict_get(dictionary, key, 0, 0);
        return entry == 0 ? null : NativeMemoryView.Utf8(NativeMemoryView.Read<nint>(entry, LibAv.Layout.DictionaryEntry.Value));
    }
}
