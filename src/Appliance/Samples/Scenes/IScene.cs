using Appliance.Samples.Pictures;

namespace Appliance.Samples.Scenes;

/// <summary>A part of the film: a picture as a pure function of the moment.</summary>
internal interface IScene
{
    /// <summary>Works out what all rows of the moment's picture share.</summary>
    void Prepare(Moment moment);

    /// <summary>Paints a row of the prepared picture, developed. Rows are asked for from the top down.</summary>
    /// <param name="y">0 to the height − 1.</param>
    /// <param name="row">Overwritten.</param>
    void PaintRow(int y, RgbRow row);
}
