using System.Text.Json;
using Rewards.Metering;

namespace Rewards.Entries;

/// <summary>A record's members, in the order of their names: the canonical form of RFC 8785. Instants are whole microseconds since 1970.</summary>
internal static class RecordJson
{
    /// <summary>Into an object that was begun.</summary>
    public static void Write(Utf8JsonWriter json, WorkRecord record)
    {
        WorkMeasurement work = record.Work;
        json.WriteNumber("bitDepth", work.BitDepth);
        json.WriteNumber("bytesIn", work.BytesIn);
        json.WriteNumber("bytesOut", work.BytesOut);
        json.WriteString("codec", work.Codec);
        json.WriteNumber("cpuMicroseconds", work.CpuMicroseconds);
        json.WriteString("demand", work.Demand.ToString());
        json.WriteNumber("elapsedMicroseconds", work.ElapsedMicroseconds);
        json.WriteString("encoder", work.Encoder);
        json.WriteString("engine", work.Engine);
        json.WriteNumber("frames", work.Frames);
        json.WriteNumber("index", work.Index);
        json.WriteString("outputSha256", work.OutputSha256);
        json.WriteNumber("pixelsIn", work.PixelsIn);
        json.WriteNumber("pixelsOut", work.PixelsOut);
        json.WriteString("recipeId", work.RecipeId);
        json.WriteNumber("recordedAt", Microseconds.Of(record.RecordedAt));
        json.WriteNumber("sequence", record.Sequence);
        json.WriteString("sourceFingerprint", work.SourceFingerprint);
        json.WriteNumber("startedAt", Microseconds.Of(work.StartedAt));
        json.WriteNumber("weightedPixels", record.WeightedPixels);
        json.WriteNumber("weightsVersion", record.WeightsVersion);
    }

    /// <exception cref="KeyNotFoundException">A member is missing.</exception>
    /// <exception cref="FormatException">A number is none of its range.</exception>
    /// <exception cref="InvalidOperationException">A member is of another kind.</exception>
    /// <exception cref="ArgumentException">A field is outside its range.</exception>
    public static WorkRecord Read(JsonElement record)
    {
        var work = new WorkMeasurement(
            SourceFingerprint: Text("sourceFingerprint"),
            RecipeId: Text("recipeId"),
            Index: record.GetProperty("index").GetInt32(),
            Engine: Text("engine"),
            Encoder: Text("encoder"),
            Codec: Text("codec"),
            BitDepth: record.GetProperty("bitDepth").GetInt32(),
            PixelsIn: Number("pixelsIn"),
            PixelsOut: Number("pixelsOut"),
            Frames: Number("frames"),
            BytesIn: Number("bytesIn"),
            BytesOut: Number("bytesOut"),
            OutputSha256: Text("outputSha256"),
            StartedAt: Microseconds.ToInstant(Number("startedAt")),
            ElapsedMicroseconds: Number("elapsedMicroseconds"),
            CpuMicroseconds: Number("cpuMicroseconds"),
            Demand: Enum.Parse<WorkDemand>(Text("demand"))).Checked();
        return new(Number("sequence"), work, record.GetProperty("weightsVersion").GetInt32(), Number("weightedPixels"), Microseconds.ToInstant(Number("recordedAt")));

        string Text(string name) => record.GetProperty(name).GetString() ?? "";

        long Number(string name) => record.GetProperty(name).GetInt64();
    }
}
