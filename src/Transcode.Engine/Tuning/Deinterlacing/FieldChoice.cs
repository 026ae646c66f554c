namespace Transcode.Engine.Tuning.Deinterlacing;

/// <summary>A field of a picture, and what lies around it in time.</summary>
/// <param name="Bottom">Its rows are the second, the fourth and so on; else the first, the third…</param>
/// <param name="Second">It is the later of the picture's two.</param>
/// <param name="Alone">Nothing came before it, or nothing comes after it: only its own rows count.</param>
internal readonly record struct FieldChoice(bool Bottom, bool Second, bool Alone);
