namespace Appliance.Jobs.Batch;

/// <summary>One rendition of a job.</summary>
/// <param name="Name">As <c>720p</c>.</param>
/// <param name="RecipeId">64 hexadecimal digits.</param>
/// <param name="Folder">Where its files lie: the rendition's name in the box's own addresses.</param>
internal sealed record JobSheetRendition(string Name, string RecipeId, string Folder);
