namespace Transcode.Engine.Workers;

/// <summary>Text that crossed the pipe or came from a worker's log: one line, bounded, nothing a terminal obeys.</summary>
internal static class WorkerText
{
    public static string Clean(string text)
    {
        ReadOnlySpan<char> kept = text.AsSpan(0, Math.Min(text.Length, MessageLimits.TextCharacters)).Trim();
        return string.Create(kept.Length, kept, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? ' ' : source[i];
            }
        });
    }
}
