using System.Text.Json.Serialization;

namespace Transcode.Engine.Workers;

/// <summary>What a worker says of a decoder that is not libav's own choice.</summary>
/// <param name="Name">As <see cref="Hardware.CodingPath.DecoderName"/>.</param>
/// <param name="BitDepth">Of the films that it is for, 8 or 10.</param>
/// <param name="Why">Why software decoded in its place; null where it did the work, or is ready to.</param>
/// <param name="Blame">Whose doing that was.</param>
public sealed record DecoderNote(string Name, int BitDepth, string? Why = null, DecoderBlame Blame = DecoderBlame.None);

/// <summary>Why a decoder did not do its work.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DecoderBlame>))]
public enum DecoderBlame
{
    /// <summary>It did.</summary>
    None,

    /// <summary>The film is such that its pictures may not be the device's: damaged, or of a shape that decoders differ in.</summary>
    Film,

    /// <summary>The device gave an error, or not what it had been given.</summary>
    Device,

    /// <summary>Its pictures are not those that the codec's specification demands.</summary>
    WrongPictures,
}
