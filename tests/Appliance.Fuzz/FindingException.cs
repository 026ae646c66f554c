namespace Appliance.Fuzz;

/// <summary>An input led to what must not be.</summary>
internal sealed class FindingException(string message) : Exception(message)
{
    /// <summary>Throws where a rule does not hold.</summary>
    public static void Unless(bool holds, string rule)
    {
        if (!holds)
        {
            throw new FindingException(rule);
        }
    }
}
