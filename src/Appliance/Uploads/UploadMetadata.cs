using System.Text;

namespace Appliance.Uploads;

/// <summary>The header <c>Upload-Metadata</c>: pairs of a key and a value in base64, with commas between.</summary>
internal static class UploadMetadata
{
    /// <summary>Of the header; longer ones are refused.</summary>
    public const int MaxCharacters = 4096;

    private const int MaxTitleCharacters = 200;

    private const string Nameless = "Upload";

    /// <param name="header">Null where there is none.</param>
    /// <param name="title">The name of the file without folders and ending: it names the film, and no file on this box.</param>
    /// <returns>False where the header makes no sense.</returns>
    public static bool TryReadTitle(string? header, out string title)
    {
        title = Nameless;
        if (header is null or "")
        {
            return true;
        }

        if (header.Length > MaxCharacters)
        {
            return false;
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        string? name = null;
        foreach (string pair in header.Split(','))
        {
            string[] parts = pair.Trim().Split(' ');
            byte[] value = new byte[header.Length];
            int written = 0;
            if (parts.Length > 2 || parts[0].Length == 0 || !keys.Add(parts[0]) || (parts.Length == 2 && !Convert.TryFromBase64String(parts[1], value, out written)))
            {
                return false;
            }

            name = parts[0] is "filename" || (parts[0] is "name" && name is null) ? Encoding.UTF8.GetString(value, 0, written) : name;
        }

        title = Clean(name ?? "");
        return true;
    }

    private static string Clean(string name)
    {
        string last = name.Split('/', '\\')[^1];
        string clean = string.Concat(last.Where(character => !char.IsControl(character))).Trim();
        string bare = Path.GetFileNameWithoutExtension(clean).Trim(' ', '.');
        return bare.Length == 0 ? Nameless : bare[..Math.Min(bare.Length, MaxTitleCharacters)];
    }
}
