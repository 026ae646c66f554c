using System.Globalization;
using Rewards.Signing;

namespace Rewards.Log;

/// <summary>What a log says of itself at a size (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">Name of the log, a line.</param>
/// <param name="Size">Entries.</param>
/// <param name="Root">Root of RFC 6962 over them.</param>
/// <param name="Extension">Further lines, each with its newline; we write none.</param>
public sealed record Checkpoint(string Origin, long Size, Hash256 Root, string Extension = "")
{
    /// <summary>What is signed.</summary>
    public string Body => string.Create(
        CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n{Extension}");

    /// <param name="noteText">Of a signed note.</param>
    /// <exception cref="FormatException">It is no checkpoint.</exception>
    public static Checkpoint Parse(string noteText)
    {
        string[] lines = noteText.Split('\n', 4);
        Span<byte> root = stackalloc byte[Hash256.Length];
        if (lines.Length == 4
            && lines[0].Length > 0
            && long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out long size)
            && Convert.TryFromBase64String(lines[2], root, out int length)
            && length == Hash256.Length)
        {
            var checkpoint = new Checkpoint(lines[0], size, new(root), lines[3]);
            if (checkpoint.Body == noteText && !lines[3].StartsWith('\n') && !lines[3].Contains("\n\n", StringComparison.Ordinal))
            {
                return checkpoint;
            }
        }

        throw new FormatException("A checkpoint is lines of origin, size in decimal digits, and root in base64; further lines are not empty.");
    }
}
