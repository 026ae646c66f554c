using System.Collections.Concurrent;

namespace Appliance.Uploads;

/// <summary>What films that were uploaded are called: their files are named by their ids.</summary>
internal sealed class UploadTitles
{
    private readonly ConcurrentDictionary<string, string> titles = [];

    /// <param name="path">Of a file in the library.</param>
    /// <returns>Null where it was not uploaded.</returns>
    public string? Of(string path) => titles.GetValueOrDefault(path);

    public void Set(string path, string title) => titles[path] = title;

    public void Remove(string path) => titles.TryRemove(path, out _);
}
