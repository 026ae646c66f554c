namespace Transcode.Engine.Interop.LibAv;

/// <summary>An AVDictionary of options for one call: what the callee did not know of is left in it.</summary>
internal sealed class AvOptions : IDisposable
{
    internal nint Dictionary;

    public static AvOptions Of(IEnumerable<KeyValuePair<string, string>> options)
    {
        var result = new AvOptions();
        foreach ((string key, string value) in options)
        {
            AvError.ThrowIfNegative(AvUtil.av_dict_set(ref result.Dictionary, key, value, 0), "av_dict_set");
        }

        return result;
    }

    /// <summary>An option nobody took is a mistake of ours, never something to overlook.</summary>
    /// <exception cref="InvalidOperationException">An option was not taken.</exception>
    public void ThrowIfAnyLeft(string callee)
    {
        const int ignoreSuffix = 2;
        nint entry = AvUtil.av_dict_get(Dictionary, "", 0, ignoreSuffix);
        if (entry != 0)
        {
            string? key = NativeMemoryView.Utf8(NativeMemoryView.Read<nint>(entry, LibAv.Layout.DictionaryEntry.Key));
            throw new InvalidOperationException($"{callee} knows no option '{key}'.");
        }
    }

    public void Dispose() => AvUtil.av_dict_free(ref Dictionary);
}
