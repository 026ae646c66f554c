namespace Appliance.Profiles;

/// <summary>A file that is no profile, or no wishes of an owner's.</summary>
/// <param name="faults">One line each, as <c>file:line: what is wrong</c>.</param>
internal sealed class ProfileException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
