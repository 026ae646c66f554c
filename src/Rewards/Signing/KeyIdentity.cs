using System.Text.Json;

namespace Rewards.Signing;

/// <summary>Who a box is and was: its first keys, and every hand-over since. Public; anybody can check it.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="Device">Address of the first device key, hexadecimal after <c>0x</c>, lower case.</param>
/// <param name="Log">The first log key, likewise.</param>
/// <param name="Handovers">In order.</param>
public sealed record KeyIdentity(string Format, string Device, string Log, IReadOnlyList<KeyHandover> Handovers)
{
    public const string CurrentFormat = "appliance/keys/v1";

    /// <summary>The most that are read: one a day for 27 years.</summary>
    public const int HandoverLimit = 10_000;

    /// <summary>Bytes that are read: room for <see cref="HandoverLimit"/> hand-overs.</summary>
    public const int LengthLimit = 16 << 20;

    /// <param name="json">At most <see cref="LengthLimit"/> bytes.</param>
    /// <exception cref="FormatException">It is no identity. Whether it holds, <see cref="Fault"/> tells.</exception>
    public static KeyIdentity Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > LengthLimit)
        {
            throw new FormatException($"An identity has at most {LengthLimit} bytes; this has {json.Length}.");
        }

        try
        {
            return JsonSerializer.Deserialize(json, SigningJson.Default.KeyIdentity) is { } identity && identity.Handovers.All(handover => handover is not null)
                ? identity
                : throw new FormatException("This is no identity: something in it is null.");
        }
        catch (JsonException exception)
        {
            throw new FormatException("This is no identity: " + exception.Message, exception);
        }
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SigningJson.Default.KeyIdentity);

    /// <summary>The key of a kind that signs now.</summary>
    /// <returns>Hexadecimal after <c>0x</c>, lower case.</returns>
    public string Current(KeyKind kind) =>
        Handovers.LastOrDefault(handover => handover.Kind == kind)?.NewKey ?? (kind is KeyKind.Device ? Device : Log);

    /// <summary>Every key of a kind that ever signed, the first one first.</summary>
    public IEnumerable<string> All(KeyKind kind) =>
        Handovers.Where(handover => handover.Kind == kind).Select(handover => handover.NewKey).Prepend(kind is KeyKind.Device ? Device : Log);

    /// <summary>Digest of the last hand-over; 0 where there was none.</summary>
    public Hash256 Head() => Handovers.Count == 0 ? Hash256.Zero : Handovers[^1].Digest();

    /// <summary>What first does not hold, for people; null where the whole chain does.</summary>
    public string? Fault()
    {
        if (Format != CurrentFormat)
        {
            return $"it is of the form {Format}, and this build reads {CurrentFormat}";
        }

        if (Handovers.Count > HandoverLimit)
        {
            return $"it has more than {HandoverLimit} hand-overs";
        }

        Dictionary<KeyKind, string> current = new() { [KeyKind.Device] = Device, [KeyKind.Log] = Log };
        Hash256 head = Hash256.Zero;
        for (int i = 0; i < Handovers.Count; i++)
        {
            KeyHandover handover = Handovers[i];
            try
            {
                string? fault =
                    handover.Number != (ulong)i + 1 ? $"its hand-over {i + 1} has the number {handover.Number}"
                    : Hash256.Parse(handover.Previous) != head ? $"hand-over {i + 1} does not follow the one before it"
                    : !current.TryGetValue(handover.Kind, out string? owner) || owner != handover.OldKey ? $"hand-over {i + 1} is from a key that did not sign then"
                    : !handover.IsSigned() ? $"hand-over {i + 1} is not signed by both its keys"
                    : null;
                if (fault is not null)
                {
                    return fault;
                }

                head = handover.Digest();
                current[handover.Kind] = handover.NewKey;
            }
            catch (FormatException exception)
            {
                return $"hand-over {i + 1} cannot be read: {exception.Message}";
            }
        }

        return null;
    }
}
