using System.Text;
using Appliance.Access;
using Appliance.Sources;

namespace Appliance.Webhooks;

/// <summary>Sources that a hook was told of, by lines of a file. The oldest is forgotten where there are more than any library has.</summary>
internal sealed class ToldSources
{
    /// <summary>Twice what a library holds; with 22 bytes each below what a kept file may have.</summary>
    private const int Limit = 2 * SourceLibrary.Limit;

    private readonly KeptFile file;
    private readonly HashSet<string> known;
    private readonly Queue<string> order;

    public ToldSources(KeptFile file)
    {
        this.file = file;
        order = new(Read(file));
        known = [.. order];
    }

    public bool Has(string name) => known.Contains(name);

    /// <summary>Adds what was told, and writes all down.</summary>
    /// <exception cref="IOException">It cannot be written; it is known all the same until the box ends.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public void Add(IEnumerable<string> names)
    {
        foreach (string name in names.Where(known.Add))
        {
            order.Enqueue(name);
        }

        while (order.Count > Limit)
        {
            known.Remove(order.Dequeue());
        }

        file.Write(Encoding.ASCII.GetBytes(string.Join('\n', order)));
    }

    /// <summary>What cannot be read is told again: twice is better than never.</summary>
    private static string[] Read(KeptFile file)
    {
        try
        {
            return file.Read() is { } bytes ? Encoding.ASCII.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
