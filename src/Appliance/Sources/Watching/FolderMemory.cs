namespace Appliance.Sources.Watching;

/// <summary>What is known of a folder's files from one look to the next. Not for two threads at once.</summary>
internal sealed class FolderMemory
{
    private readonly Dictionary<string, FileStamp> offered = [];
    private Dictionary<string, FileStamp> seen = [];
    private bool hasLooked;

    /// <summary>Files that the library was offered and that were there at the last look.</summary>
    public int Count => offered.Count;

    /// <summary>Compares a folder with what it was. A file counts as whole when two looks find it the same: one that is being copied grows from one to the next. One
    /// that is in all like a file that went was moved, and is whole. At the first look there is nothing to compare with, and all are taken; a copy that was under way then is
    /// found changed later.</summary>
    /// <param name="present">Its files now.</param>
    public FolderLook Look(IReadOnlyDictionary<string, FileStamp> present)
    {
        List<string> gone = [.. offered.Keys.Where(path => !present.ContainsKey(path))];
        HashSet<FileStamp> moved = [.. gone.Select(path => offered[path])];
        gone.ForEach(path => offered.Remove(path));
        string[] fresh = [.. present.Where(file => !offered.TryGetValue(file.Key, out FileStamp stamp) || stamp != file.Value).Select(file => file.Key)];
        string[] whole = [.. fresh.Where(IsWhole).Order(StringComparer.OrdinalIgnoreCase)];
        seen = fresh.Except(whole).ToDictionary(path => path, path => present[path]);
        hasLooked = true;
        return new(whole, gone, IsSettled: seen.Count == 0);

        bool IsWhole(string path) => !hasLooked || moved.Contains(present[path]) || (seen.TryGetValue(path, out FileStamp before) && before == present[path]);
    }

    /// <summary>The library was offered it, as it was at the last look.</summary>
    public void Offered(string path, FileStamp stamp) => offered[path] = stamp;

    /// <summary>Offers again what may be the same bytes as a file that went: of two with the same bytes the library holds one.</summary>
    /// <param name="length">Of the file that went, in bytes.</param>
    public void ForgetOfLength(long length)
    {
        foreach ((string path, FileStamp stamp) in offered.Where(file => file.Value.Length == length).ToList())
        {
            offered.Remove(path);
            seen[path] = stamp;
        }
    }
}
