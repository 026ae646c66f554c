namespace Transcode.Engine.Tuning.Lookahead;

/// <summary>How a picture is to be coded, at any size.</summary>
/// <param name="Type">Of its coding.</param>
/// <param name="Columns">Blocks across the picture.</param>
/// <param name="Offsets">What is added to the quantizer of each block, row by row, in 256ths of a step: the more is taken from a
/// block, the finer it is coded. Null adds nothing.</param>
internal sealed record PicturePlan(PictureType Type, int Columns, short[]? Offsets)
{
    public int Rows => Offsets is null ? 0 : Offsets.Length / Columns;
}
