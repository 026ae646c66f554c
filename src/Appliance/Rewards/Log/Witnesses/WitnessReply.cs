using System.Globalization;
using System.Text;

namespace Appliance.Rewards.Log.Witnesses;

/// <summary>What a witness answered over HTTP.</summary>
/// <param name="Status">Of HTTP.</param>
/// <param name="Body">At most <see cref="WitnessClient.AnswerBytes"/>.</param>
internal sealed record WitnessReply(int Status, byte[] Body)
{
    /// <summary>The size that a 409 tells: decimal digits and a newline (tlog-witness, add-checkpoint). Null where it tells none.</summary>
    public long? Size =>
        Encoding.ASCII.GetString(Body) is [.. var digits, '\n'] && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;
}
