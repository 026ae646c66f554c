using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Transcode.Engine.Media;

namespace Transcode.Engine.Recipes;

/// <summary>Everything that decides a rendition's bytes, besides the source, the index and the engine build.
/// Its identity is the SHA-256 of its canonical JSON (RFC 8785): equal recipes have equal ids, and any field added
/// makes another id.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(VideoRecipe), "video")]
[JsonDerivedType(typeof(CopyRecipe), "copy")]
[JsonDerivedType(typeof(AudioRecipe), "audio")]
[JsonDerivedType(typeof(TextRecipe), "text")]
[JsonDerivedType(typeof(IFrameRecipe), "iframes")]
[JsonDerivedType(typeof(TileRecipe), "tiles")]
public abstract record Recipe
{
    /// <summary>The cutting rule of the grid this recipe was made for.</summary>
    public int GridVersion { get; init; } = Grid.Version;

    /// <summary>The stream of the source that is transcoded.</summary>
    public required int StreamIndex { get; init; }

    /// <summary>libav's name of the encoder, as <c>libx264</c>: the encoder class under which bytes are reproducible. Of a copy,
    /// <c>copy</c>.</summary>
    public required string Encoder { get; init; }

    /// <summary>Worked out once an object, and never carried along by <c>with</c>, as a field would be.</summary>
    private static readonly ConditionalWeakTable<Recipe, string> Ids = [];

    /// <summary>Lower-case hexadecimal SHA-256 of the canonical JSON.</summary>
    [JsonIgnore]
    public string Id => Ids.GetValue(this, static recipe => Convert.ToHexStringLower(SHA256.HashData(recipe.CanonicalJson())));

    /// <summary>How many segments it makes of a source: those of the grid, unless it has a rhythm of its own.</summary>
    public virtual int SegmentCount(Grid grid) => grid.SegmentCount;

    /// <summary>The RFC 8785 form of this recipe.</summary>
    public byte[] CanonicalJson() =>
        Recipes.CanonicalJson.Serialize(JsonSerializer.SerializeToElement(this, EngineJson.Default.Recipe));
}

/// <summary>Video of one size: H.264 (<c>libx264</c>), HEVC (<c>libx265</c>) or AV1 (<c>libsvtav1</c>), as the encoder says.</summary>
public sealed record VideoRecipe : PictureRecipe
{
    /// <summary><see cref="PixelFormat"/> of eight bits a sample.</summary>
    public const string EightBits = "yuv420p";

    /// <summary><see cref="PixelFormat"/> of ten bits a sample.</summary>
    public const string TenBits = "yuv420p10le";

    /// <summary><see cref="Lookahead"/> of rungs that show a film's grain.</summary>
    public const string LargeLookahead = "large-1";

    /// <summary><see cref="Lookahead"/> of rungs that are too small for that.</summary>
    public const string SmallLookahead = "small-1";

    /// <summary>What makes a picture of each field, by name and number of its arithmetic: <see cref="VideoTrack.FieldWeaver"/>; null leaves pictures
    /// as they are.</summary>
    public string? Deinterlacer { get; init; }

    /// <summary>libav's name of the samples' layout: <see cref="EightBits"/> or <see cref="TenBits"/>, in limited range.</summary>
    public required string PixelFormat { get; init; }

    /// <summary>How pictures are scaled: the filter's name and its arithmetic's number, as <c>bicubic-1</c>. What of them our own
    /// scaler does not take, libswscale scales, whose filter of that name has the same weights.</summary>
    public required string Scaler { get; init; }

    /// <summary>libav's name of the YUV matrix written: <c>bt709</c>, <c>smpte170m</c> or <c>bt2020nc</c>.</summary>
    public required string Matrix { get; init; }

    /// <summary>libav's name of the colour primaries written: <c>bt709</c>, <c>smpte170m</c> or <c>bt2020</c>.</summary>
    public required string Primaries { get; init; }

    /// <summary>How a high dynamic range is mapped to the standard one; null where it is not.</summary>
    public PictureToneMap? ToneMap { get; init; }

    /// <summary>The mastering display written, or null.</summary>
    public MasteringDisplay? MasteringDisplay { get; init; }

    /// <summary>The brightness written, or null.</summary>
    public ContentLight? ContentLight { get; init; }

    /// <summary>What is done to pictures when they have their size, before subtitles are laid over them; null leaves them as they are.</summary>
    public PictureTuning? Tuning { get; init; }

    /// <summary>Subtitles laid over the picture, which is then of <see cref="EightBits"/>; null leaves it as it is.</summary>
    public BurnIn? BurnIn { get; init; }

    /// <summary>The encoder's quality target, on its own scale: 0 (best) to 51, for SVT-AV1 63.</summary>
    public required int ConstantRateFactor { get; init; }

    /// <summary>The rate cap, which x264's and x265's buffer model (VBV) holds, and SVT-AV1's rate control aims at.</summary>
    public required int MaxRateBitsPerSecond { get; init; }

    /// <summary>Size of the buffer model, in bits.</summary>
    public required int BufferBits { get; init; }

    /// <summary>How full the buffer model starts, in hundredths: each segment has a fresh encoder, so this bounds how far
    /// one segment may pass the cap.</summary>
    public required int BufferInitialPercent { get; init; }

    /// <summary>The encoder's preset, by its own name: for x264 <c>veryfast</c> is the floor for quality.</summary>
    public required string Preset { get; init; }

    /// <summary>What the encoder is told beyond its preset, by its own names: <c>name=value</c>, separated by colons. Null where
    /// the preset is all.</summary>
    public string? EncoderParameters { get; init; }

    /// <summary>How pictures are looked at before they are coded: <see cref="LargeLookahead"/> or <see cref="SmallLookahead"/>, by name and
    /// number of the arithmetic, for libx264; null leaves that to the encoder, as the ladder does (decision 16).</summary>
    public string? Lookahead { get; init; }

    /// <summary>libav's name of the encoder that makes what is left of a segment where <see cref="Recipe.Encoder"/> fails in the middle of it; null where
    /// nothing takes its place. Both then make no picture ahead of its turn, and the initialization segment has the parameter sets of both.</summary>
    public string? Spare { get; init; }

    /// <summary>Which device and driver <see cref="Recipe.Encoder"/> makes its bytes on, as far as that can be known (<see cref="DeviceEncoder.Device"/>); null for software.</summary>
    public string? EncoderDevice { get; init; }

    /// <summary>What players are told of <see cref="Recipe.Encoder"/>'s pictures before there are any: its parameter sets of H.264 (Annex B), in Base64. A segment in
    /// which it has others is the spare's. Empty while they are being asked for; null where an initialization segment asks the encoder each time.</summary>
    public string? ParameterSets { get; init; }

    /// <summary>The encoder of this box's own that a rung is made by where no device makes it: what its codec and its group are known by.</summary>
    [JsonIgnore]
    public string OwnEncoder => Spare ?? Encoder;

    /// <summary>The recipe by which the same rung is made without any device.</summary>
    public VideoRecipe InSoftware() => Spare is null ? this : this with { Encoder = Spare, Spare = null, EncoderDevice = null, ParameterSets = null };

    /// <summary>Whether this is the spare's own recipe.</summary>
    [JsonIgnore]
    public bool IsSpare { get; init; }

    /// <summary>The recipe by which the spare goes on.</summary>
    /// <param name="bufferPercent">How full the buffer model is by then.</param>
    /// <exception cref="InvalidOperationException">There is no spare.</exception>
    public VideoRecipe OfSpare(int bufferPercent) => this with
    {
        Encoder = Spare ?? throw new InvalidOperationException("This recipe has no spare."),
        BufferInitialPercent = bufferPercent,
        IsSpare = true,
    };

    /// <summary>Encoder threads. Fixed by the recipe, not by the box: an encoder's bytes depend on it, and with more than one they
    /// also depend on chance wherever the buffer model binds. Cores are kept busy by segments side by side.</summary>
    public required int Threads { get; init; }
}

/// <summary>AAC-LC sound.</summary>
public sealed record AudioRecipe : Recipe
{
    /// <summary>Samples in one AAC-LC frame (ISO/IEC 14496-3).</summary>
    public const int SamplesPerFrame = 1024;

    /// <summary>In bits a second.</summary>
    public required int BitRate { get; init; }

    /// <summary>1, 2, or 6 for 5.1.</summary>
    public required int Channels { get; init; }

    /// <summary>In hertz.</summary>
    public required int SampleRate { get; init; }
}
