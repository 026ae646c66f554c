using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using global::Rewards.Log;
using global::Rewards.Signing;

namespace Appliance.Tests.Rewards.Witnesses;

/// <summary>What a box makes of witnesses that do not do as they should: it says why, loses nothing, and has the others cosign.</summary>
public sealed class OddWitnessTests
{
    private const string Url =
        "rewards.json: witness 1: its url begins with https:// or http://, has no name, password, query or fragment, and at most 2000 characters.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("garbage", "What it answers is no cosignature.")]
    [InlineData("nothing", "It does not sign with the key that rewards.json has for it.")]
    [InlineData("another text", "What it answers is no cosignature.")]
    [InlineData("another key", "It does not sign with the key that rewards.json has for it.")]
    [InlineData("another's word", "It does not sign with the key that rewards.json has for it.")]
    [InlineData("another checkpoint", "Its cosignature does not hold.")]
    [InlineData("too much", "It answers more than 16384 bytes.")]
    [InlineData("without end", "It answers more than 16384 bytes.")]
    [InlineData("too late", "It does not answer within 1 s.")]
    [InlineData("byte by byte", "It does not answer within 1 s.")]
    [InlineData("cut off", "It breaks off, or does not speak HTTP.")]
    [InlineData("redirect", "It redirects (307), which is not followed: its url should be where to.")]
    [InlineData("400", "It answers 400.")]
    [InlineData("403", "It knows this log's name, and not its key (403): give its owner the line of /v1/log/key.")]
    [InlineData("404", "It does not watch this log, or is not at this url (404): give its owner the line of /v1/log/key.")]
    [InlineData("500", "It answers 500.")]
    [InlineData("no size", "It answers 409 without the size that it knows.")]
    [InlineData("a size that is none", "It answers 409 without the size that it knows.")]
    [InlineData("the size it was asked with", "It answers 409, and tells the size that it was asked with.")]
    [InlineData("a size beyond", "It says it cosigned this log at size 9000000, and the log ends before that: there are two logs under this box's key, or it was put back to an older day.")]
    public async Task Witness_OfAnyKind_IsToldOfAndHoldsUpNobody(string kind, string trouble)
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        await using ServedWitness good = await ServedWitness.StartAsync(box.Key);
        await using OddWitness other = await OddWitness.StartAsync((context, _) => OddWitness.WriteAsync(context, 200, "nobody should ask"));
        await using OddWitness odd = await OddWitness.StartAsync((context, request) => AnswerAsync(kind, context, request, good, other));
        box.AnswerWithin = TimeSpan.FromSeconds(kind is "too late" or "byte by byte" ? 1 : 30);
        await box.StartAsync((OddWitness.Key, odd.Url), good.Setting);

        await box.UntilSaysAsync(OddWitness.Key.Name, trouble);
        await box.GrowAsync(1);
        SignedNote note = await box.UntilCosignedAsync(good.Key);
        Assert.Equal(2, note.Signatures.Count);
        Assert.Equal(0, other.Asked);
        Assert.Equal(0, (await box.StandingAsync(OddWitness.Key.Name)).GetProperty("size").GetInt64());
        Assert.Equal(JsonValueKind.Null, (await box.OwnersAsync("/v1/rewards/status")).GetProperty("refusal").ValueKind);
        string[] told = [.. box.Told.Where(line => line.Contains(OddWitness.Key.Name, StringComparison.Ordinal))];
        Assert.Equal([$"{(kind == "a size beyond" ? "Error" : "Warning")}: The witness odd.example does not cosign the log. {trouble} (told once until that changes)"], told);
    }

    /// <summary>It says at one size, then at another, that it cosigned this log: that is a fork, or a lie; the box says what it said.</summary>
    [Fact]
    public async Task Witness_ThatCosignedAnotherLogOfTheSameSize_IsToldOf()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        await using OddWitness odd = await OddWitness.StartAsync((context, request) => OddWitness.WriteAsync(context, 409, $"{Checkpoint.Parse(request.Note.Text).Size}\n"));
        await box.StartAsync((OddWitness.Key, odd.Url));
        long size = (await box.LastAsync()).Size;

        await box.UntilSaysAsync(
            OddWitness.Key.Name, $"It cosigned another log at size {size}: there are two logs under this box's key, or it was put back to an older day.");
        Assert.InRange(odd.Asked, 2, int.MaxValue);
    }

    /// <summary>Whom the box asks when it ends is let go of at once: it does not wait for an answer.</summary>
    [Fact]
    public async Task Box_ThatEnds_LetsGoOfAWitness()
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        var letGo = new TaskCompletionSource();
        await using OddWitness odd = await OddWitness.StartAsync(async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            letGo.TrySetResult();
        });
        box.AnswerWithin = TimeSpan.FromHours(1);
        await box.StartAsync((OddWitness.Key, odd.Url));
        while (odd.Asked == 0)
        {
            await Task.Delay(10, Token);
        }

        await box.StopAsync();
        await letGo.Task.WaitAsync(Token);
    }

    [Theory]
    [InlineData("""{"witnesses":[{"key":"KEY"}]}""", "rewards.json: witness 1: it wants a key and a url.")]
    [InlineData("""{"witnesses":[null]}""", "rewards.json: witness 1: it wants a key and a url.")]
    [InlineData("""{"witnesses":[{"key":"nobody","url":"https://witness.example"}]}""", "rewards.json: witness 1: A verifier key is one line: name+hex(id)+base64(type and key).")]
    [InlineData("""{"witnesses":[{"key":"LOG","url":"https://witness.example"}]}""", "rewards.json: witness 1: the key of LOGNAME is a log's, which signs checkpoints. A witness gives one of type 4.")]
    [InlineData("""{"witnesses":[{"key":"KEY","url":"https://witness.example"},{"key":"KEY","url":"https://other.example"}]}""", "rewards.json: witness 2: odd.example is named before.")]
    [InlineData("""{"witnesses":[{"key":"KEY","url":"file:///etc"}]}""", Url)]
    [InlineData("""{"witnesses":[{"key":"KEY","url":"witness.example"}]}""", Url)]
    [InlineData("""{"witnesses":[{"key":"KEY","url":"http://"}]}""", Url)]
    [InlineData("""{"witnesses":[{"key":"KEY","url":"https://me:secret@witness.example"}]}""", Url)]
    [InlineData("""{"witnesses":[{"key":"KEY","url":"https://witness.example/?a=b"}]}""", Url)]
    [InlineData("MANY", "rewards.json: witnesses names more than 15.")]
    public async Task Settings_ThatMakeNoSense_AreNamed(string settings, string refusal)
    {
        await using WitnessedBox box = await WitnessedBox.MadeAsync();
        string many = $$"""{"witnesses":[{{string.Join(',', Enumerable.Range(1, 16).Select(n => $$"""{"key":"{{new NoteKey($"w{n}", NoteKey.CosignatureType, OddWitness.Secret.PublicKey)}}","url":"https://w"}"""))}}]}""";
        await box.SetAsync(settings == "MANY" ? many : settings.Replace("KEY", OddWitness.Key.ToString(), StringComparison.Ordinal).Replace("LOG", box.Key.ToString(), StringComparison.Ordinal));
        await box.StartAsync();

        JsonElement status = await box.OwnersAsync("/v1/rewards/status");
        Assert.Equal(refusal.Replace("LOGNAME", box.Key.Name, StringComparison.Ordinal), status.GetProperty("refusal").GetString());
        Assert.Empty(status.GetProperty("witnesses").EnumerateArray());
        Assert.NotEmpty(await box.Box.GetBytesAsync(box.Box.Url("240p", "7.m4s")));
    }

    private static async Task AnswerAsync(string kind, HttpContext context, WitnessRequest request, ServedWitness good, OddWitness other)
    {
        CancellationToken gone = context.RequestAborted;
        string text = request.Note.Text;
        switch (kind)
        {
            case "garbage":
                await OddWitness.WriteAsync(context, 200, "<html>\n\0");
                return;
            case "nothing":
                return;
            case "another text":
                string body = $"another.example\n1\n{Convert.ToBase64String(new byte[32])}\n";
                await OddWitness.WriteAsync(context, 200, $"\n{body}\n{OddWitness.Key.Sign(OddWitness.Secret, body, 1)}\n");
                return;
            case "another key":
                LogKey secret = LogKey.FromSecret(new byte[32]);
                await OddWitness.WriteAsync(context, 200, $"{new NoteKey(OddWitness.Key.Name, NoteKey.CosignatureType, secret.PublicKey).Sign(secret, text, 1)}\n");
                return;
            case "another's word":
                WitnessAnswer answer = good.Witness.Add(Encoding.UTF8.GetBytes(request.ToString()));
                await OddWitness.WriteAsync(context, 200, $"{answer.Cosignature ?? OddWitness.Key.Sign(OddWitness.Secret, "nothing", 1) with { Name = "somebody" }}\n");
                return;
            case "another checkpoint":
                await OddWitness.WriteAsync(context, 200, $"{OddWitness.Key.Sign(OddWitness.Secret, text + "more\n", 1)}\n");
                return;
            case "too much":
                await OddWitness.WriteAsync(context, 200, new string('x', 16_385));
                return;
            case "without end":
                while (!gone.IsCancellationRequested)
                {
                    await OddWitness.WriteAsync(context, 200, $"{OddWitness.Key.Sign(OddWitness.Secret, text, 1)}\n");
                }

                return;
            case "too late":
                await Task.Delay(Timeout.Infinite, gone);
                return;
            case "byte by byte":
                while (!gone.IsCancellationRequested)
                {
                    await OddWitness.WriteAsync(context, 200, "x");
                    await context.Response.Body.FlushAsync(gone);
                    await Task.Delay(20, gone);
                }

                return;
            case "cut off":
                context.Abort();
                return;
            case "redirect":
                context.Response.Headers.Location = other.Url + "/add-checkpoint";
                context.Response.StatusCode = 307;
                return;
            case "no size":
                await OddWitness.WriteAsync(context, 409, "");
                return;
            case "a size that is none":
                await OddWitness.WriteAsync(context, 409, "-1\n");
                return;
            case "the size it was asked with":
                await OddWitness.WriteAsync(context, 409, $"{request.OldSize}\n");
                return;
            case "a size beyond":
                await OddWitness.WriteAsync(context, 409, "9000000\n");
                return;
            default:
                await OddWitness.WriteAsync(context, int.Parse(kind, System.Globalization.CultureInfo.InvariantCulture), "");
                return;
        }
    }
}
