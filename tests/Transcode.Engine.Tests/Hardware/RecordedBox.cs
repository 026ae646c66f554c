namespace Transcode.Engine.Tests.Hardware;

/// <summary>Files of a box that is not this one.</summary>
internal sealed class RecordedBox : IDisposable
{
    public RecordedBox(params (string Path, string Text)[] files)
    {
        Root = Directory.CreateTempSubdirectory("box-").FullName;
        foreach ((string path, string text) in files)
        {
            string full = Path.Combine(Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }
    }

    public string Root { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
