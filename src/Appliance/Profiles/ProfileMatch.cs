using System.Globalization;
using Transcode.Engine.Hardware;

namespace Appliance.Profiles;

/// <summary>By what a box is known to be of a class. All that is said must hold; of a list any one.</summary>
/// <param name="Architecture">As an identity has it; null for any.</param>
/// <param name="Pci">Ids of display devices, as <c>8086:46d1</c>, or of a vendor, as <c>10de:*</c>; empty for any.</param>
/// <param name="Processor">Parts of the processor's name; empty for any.</param>
/// <param name="Compatible">Of the device tree; empty for any.</param>
/// <param name="CoreKinds">Of ARM cores; empty for any.</param>
/// <param name="Cores">Least and most.</param>
/// <param name="MemoryMebibytes">Least and most that the kernel has to give.</param>
/// <param name="NoGraphics">Whether there must be no display device that a driver has.</param>
internal sealed record ProfileMatch(
    string? Architecture,
    IReadOnlyList<string> Pci,
    IReadOnlyList<string> Processor,
    IReadOnlyList<string> Compatible,
    IReadOnlyList<string> CoreKinds,
    (long Least, long Most) Cores,
    (long Least, long Most) MemoryMebibytes,
    bool NoGraphics)
{
    /// <summary>Why a box is of this class, and how particular that is; null where it is not.</summary>
    public (int Weight, string Because)? Of(BoxIdentity box)
    {
        string? device = box.Graphics.Select(graphics => graphics.PciId).FirstOrDefault(id => Pci.Any(wanted => wanted == id || (wanted.EndsWith(":*", StringComparison.Ordinal) && id.StartsWith(wanted[..^1], StringComparison.Ordinal))));
        string? processor = Processor.FirstOrDefault(part => box.Processor.Contains(part, StringComparison.OrdinalIgnoreCase));
        string? board = Compatible.FirstOrDefault(box.Compatible.Contains);
        string? core = CoreKinds.FirstOrDefault(box.CoreKinds.Contains);
        if ((Architecture is not null && Architecture != box.Architecture)
            || (Pci.Count > 0 && device is null)
            || (Processor.Count > 0 && processor is null)
            || (Compatible.Count > 0 && board is null)
            || (CoreKinds.Count > 0 && (core is null || box.CoreKinds.Count > 1))
            || box.Cores < Cores.Least || box.Cores > Cores.Most
            || box.MemoryMebibytes < MemoryMebibytes.Least || box.MemoryMebibytes > MemoryMebibytes.Most
            || (NoGraphics && box.Graphics.Any(graphics => graphics.Driver is not null)))
        {
            return null;
        }

        // The more particular a sign, the more it weighs: a board before a processor before a device before a kind of core.
        string[] signs = [.. new[] { board, processor, device, core }.OfType<string>()];
        int weight = (board is null ? 0 : 1000) + (processor is null ? 0 : 400) + (device is null ? 0 : device.Length * 20) + (core is null ? 0 : 100) + (NoGraphics ? 1 : 0);
        return (weight, signs.Length > 0 ? string.Join(", ", signs) : string.Create(CultureInfo.InvariantCulture, $"{box.Cores} cores of {box.Architecture}, no graphics device"));
    }
}
