namespace Appliance.Reference;

/// <summary>Where a parameter stands.</summary>
internal enum AskedIn
{
    Path,
    Query,
    Header,
}
