namespace Appliance.Yaml;

/// <summary>A document that is not what it should be.</summary>
/// <param name="faults">One line each, as <c>file:line: what is wrong</c>.</param>
internal sealed class YamlFaultException(IReadOnlyList<string> faults) : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
