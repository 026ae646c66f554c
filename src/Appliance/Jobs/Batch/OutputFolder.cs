using System.Globalization;
using System.Text;
using Appliance.Storage;
using Transcode.Engine.Recipes;

namespace Appliance.Jobs.Batch;

/// <summary>What a job makes, laid out as the box serves it: <c>master.m3u8</c> and <c>manifest.mpd</c>, and for each
/// rendition a folder with <c>index.m3u8</c>, <c>init.mp4</c> and <c>N.m4s</c>, of subtitles <c>N.vtt</c>. Any static web
/// server can serve it.</summary>
/// <remarks>A name is given to synced bytes only, so a file that is there is whole: what remains to be done is what is not
/// there. A crash leaves at most temporary files, removed when the job goes on.</remarks>
/// <param name="path">Absolute. Made when it is prepared.</param>
/// <param name="space">What the files' space is taken from.</param>
internal sealed class OutputFolder(string path, OutputSpace space)
{
    public const string MasterFile = "master.m3u8";

    public const string ManifestFile = "manifest.mpd";

    public const string InitFile = "init.mp4";

    private const string MediaSuffix = ".m4s";
    private const string TextSuffix = ".vtt";

    private const UnixFileMode FileMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly HashSet<string> _counted = [];
    private long _usedBytes;

    public string Path => path;

    /// <summary>In whole blocks, of the files found and written so far.</summary>
    public long UsedBytes => Interlocked.Read(ref _usedBytes);

    public static string SegmentFile(Recipe recipe, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{index}{(recipe is TextRecipe ? TextSuffix : MediaSuffix)}");

    /// <summary>The part of a rendition that a file holds, as artifact keys name it; null for playlists and strangers.</summary>
    public static string? PartOf(string file) =>
        file == InitFile ? "init"
        : System.IO.Path.GetExtension(file) is MediaSuffix or TextSuffix
            && System.IO.Path.GetFileNameWithoutExtension(file) is { Length: > 0 } number && number.All(char.IsAsciiDigit) ? number
        : null;

    public string PathOf(string rendition, string file) => System.IO.Path.Combine(path, rendition, file);

    /// <summary>Makes a rendition's folder, removes what a crash left half done, and looks what is there. Not called
    /// twice at once; what is found is counted the first time.</summary>
    /// <returns>The finished files: name and length in bytes.</returns>
    /// <exception cref="OutputException">The disk is full, read-only or failing.</exception>
    public IReadOnlyDictionary<string, long> Open(string rendition)
    {
        try
        {
            DirectoryInfo folder = Directory.CreateDirectory(System.IO.Path.Combine(path, rendition));
            var files = new Dictionary<string, long>();
            foreach (FileInfo file in folder.EnumerateFiles())
            {
                if (file.Name.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal))
                {
                    DurableFile.RemoveQuietly(file.FullName);
                }
                else if (PartOf(file.Name) is not null)
                {
                    files.Add(file.Name, file.Length);
                }
            }

            if (_counted.Add(rendition))
            {
                long bytes = files.Values.Sum(OutputSpace.Occupied);
                space.Count(bytes);
                Interlocked.Add(ref _usedBytes, bytes);
            }

            return files;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(exception);
        }
    }

    /// <summary>Gives the files' space back: they are gone.</summary>
    public void Forget() => space.Release(Interlocked.Exchange(ref _usedBytes, 0));

    /// <exception cref="OutputException">There is no room, or the disk does not take it; nothing is there under the name.</exception>
    public void Write(string rendition, string file, ReadOnlyMemory<byte> content)
    {
        long bytes = OutputSpace.Occupied(content.Length);
        space.Take(bytes);
        try
        {
            DurableFile.Write(PathOf(rendition, file), [content], FileMode);
            Interlocked.Add(ref _usedBytes, bytes);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            space.Release(bytes);
            throw OutputException.Of(exception);
        }
    }

    /// <summary>Writes a playlist. Small, and replaced when a job ends again, so it is not counted.</summary>
    /// <exception cref="OutputException">As for <see cref="Write"/>.</exception>
    public void WriteText(string file, string text)
    {
        try
        {
            DurableFile.Write(System.IO.Path.Combine(path, file), [Encoding.UTF8.GetBytes(text)], FileMode);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(exception);
        }
    }

    /// <exception cref="OutputException">It is gone, or the disk is failing.</exception>
    public byte[] Read(string rendition, string file)
    {
        try
        {
            return File.ReadAllBytes(PathOf(rendition, file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw OutputException.Of(exception);
        }
    }
}
