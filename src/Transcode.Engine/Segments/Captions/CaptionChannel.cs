using System.Numerics;

namespace Transcode.Engine.Segments.Captions;

/// <summary>Picks the first channel, CC1, out of what captions carry (CTA-608-E): pairs of the first field, from the first
/// command on that says how captions are shown. What came before it belongs to a caption whose beginning is not known.</summary>
internal sealed class CaptionChannel
{
    private bool hasBegun;
    private bool isOurs;

    /// <summary>Whether a pair was of this channel, and is to be decoded.</summary>
    /// <param name="triplet">Flags (A/53 part 4, table 6.7), and the pair.</param>
    /// <param name="changesScreen">Whether what is shown becomes another with it.</param>
    public bool Takes(ReadOnlySpan<byte> triplet, out bool changesScreen)
    {
        changesScreen = false;

        // Valid, of type 0: the first field. A pair with a wrong parity is none (CTA-608-E, 4.2), and two zeros are filling.
        if ((triplet[0] & 7) != 4 || (BitOperations.PopCount(triplet[1]) & 1) == 0 || ((triplet[1] | triplet[2]) & 0x7F) == 0)
        {
            return false;
        }

        int first = triplet[1] & 0x7F;
        int second = triplet[2] & 0x7F;
        if (first is >= 0x10 and <= 0x1F)
        {
            isOurs = first < 0x18;
            if (first == 0x14)
            {
                // Resume Caption Loading; Roll-Up of 2, 3 and 4 rows; Resume Direct Captioning (table 52).
                hasBegun |= second is 0x20 or 0x25 or 0x26 or 0x27 or 0x29;

                // Erase Displayed Memory, Carriage Return, End of Caption.
                changesScreen = second is 0x2C or 0x2D or 0x2F;
            }
        }

        return hasBegun && isOurs;
    }
}
