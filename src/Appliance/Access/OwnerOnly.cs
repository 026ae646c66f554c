namespace Appliance.Access;

/// <summary>Marks an endpoint that changes something, or tells more than playing needs.</summary>
internal sealed class OwnerOnly
{
    public static readonly OwnerOnly Mark = new();
}
