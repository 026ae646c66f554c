namespace Appliance.Access;

/// <summary>What the owner decided about access; asked for, answered and kept alike.</summary>
/// <param name="HomeIsOpen">Whether the home network may play without a credential.</param>
internal sealed record AccessSettings(bool? HomeIsOpen);
