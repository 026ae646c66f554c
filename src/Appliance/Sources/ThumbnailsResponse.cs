namespace Appliance.Sources;

/// <summary>Thumbnails in sheets, filled row by row.</summary>
/// <param name="Folder">Address of the sheets, <c>0.jpg</c> and so on, below.</param>
/// <param name="Width">Of one thumbnail, in pixels.</param>
/// <param name="Height">Of one thumbnail, in pixels.</param>
/// <param name="Columns">Side by side on a sheet.</param>
/// <param name="Rows">One above the other on a sheet.</param>
/// <param name="SecondsApart">From one thumbnail to the next.</param>
/// <param name="Count">Thumbnails in all.</param>
internal sealed record ThumbnailsResponse(
    string Folder, int Width, int Height, int Columns, int Rows, double SecondsApart, int Count);
