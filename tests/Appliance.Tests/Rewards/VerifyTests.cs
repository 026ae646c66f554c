using System.Text.Json;
using Appliance.Tests.Hosting;
using Transcode.Engine.Recipes;
using global::Rewards.Verdicts;

namespace Appliance.Tests.Rewards;

/// <summary>Whoever paid looks at what he got, with the source beside it: real boxes, honest ones and such that cheat, over HTTP.</summary>
public sealed class VerifyTests
{
    private const string Rung = "240p";

    /// <summary>Of no ladder.</summary>
    private const string Wished = "256x144-250k";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_ThatIsAsAsked_IsAcceptedByItsBytes_AndCountersigned()
    {
        await using var workers = new CheatingWorkers();
        using var scratch = new ScratchFolder();
        await using Bought bought = await Bought.OrderAsync(scratch, workers, Rung);
        (int code, string printed) = await bought.VerifyAsync("--pieces", "all", "--countersign");

        Assert.True(code == 0, printed);
        Assert.All(bought.Verdicts(), verdict => Assert.Equal((VerdictOutcome.Accepted, "Bytes"), (verdict.Outcome, verdict.Check)));
        Assert.Equal(bought.Receipts, bought.Verdicts().Count);
        JsonElement settled = await Requester.UntilAsync(bought.Box, bought.Order, Requester.IsSettled);
        Assert.NotEqual("0", settled.GetProperty("charged").GetString());
        Assert.Contains("stands good: 0 points of 40", printed, StringComparison.Ordinal);
    }

    /// <summary>A rung of any size and rate, whose name whoever ordered it says, or in the long form the box shows.</summary>
    [Theory]
    [InlineData(Explicit = true)]
    [InlineData("--renditions", Wished)]
    public async Task Work_OfAWishedRung_IsAcceptedByItsBytes_AndCountersigned(params string[] says)
    {
        await using var workers = new CheatingWorkers();
        using var scratch = new ScratchFolder();
        await using Bought bought = await Bought.OrderAsync(scratch, workers, Wished);
        (int code, string printed) = await bought.VerifyAsync(["--pieces", "all", "--countersign", .. says]);

        Assert.True(code == 0, printed);
        Assert.All(bought.Verdicts(), verdict => Assert.Equal((VerdictOutcome.Accepted, "Bytes"), (verdict.Outcome, verdict.Check)));
        Assert.Equal(bought.Receipts, bought.Verdicts().Count);
        Assert.Equal(Bought.Segments, printed.Split('\n').Count(line => line.Contains($"{Wished} segment", StringComparison.Ordinal)));
        JsonElement settled = await Requester.UntilAsync(bought.Box, bought.Order, Requester.IsSettled);
        Assert.NotEqual("0", settled.GetProperty("charged").GetString());
        Assert.Equal([Wished, "audio"], settled.GetProperty("renditions").EnumerateArray().Select(name => name.GetString()));
    }

    /// <summary>Work of a smaller rung than was ordered, all of it as its records say: only what was ordered tells.</summary>
    [Theory]
    [InlineData(Rung, Wished, VerdictOutcome.Rejected, "Order", 1)]
    [InlineData(Wished, Rung, VerdictOutcome.CannotTell, "", 0)]
    public async Task Work_OfAnotherRungThanOrdered_IsNotCountersigned(string made, string ordered, VerdictOutcome outcome, string check, int exit)
    {
        await using var workers = new CheatingWorkers();
        using var scratch = new ScratchFolder();
        await using Bought bought = await Bought.OrderAsync(scratch, workers, made);
        (int code, string printed) = await bought.VerifyAsync("--pieces", "all", "--countersign", "--renditions", ordered);

        Assert.True(code == exit, printed);
        Assert.Equal(Bought.Segments, bought.Verdicts().Count(verdict => (verdict.Outcome, verdict.Check) == (outcome, check)));
        Assert.Contains($"Countersigned {Bought.Segments} of {bought.Receipts}", printed, StringComparison.Ordinal);
    }

    /// <summary>An honest box of another build: nothing but pictures to go by.</summary>
    [Theory]
    [InlineData(Rung, Explicit = true)]
    [InlineData(Wished)]
    public async Task Work_OfAnotherEngine_IsAcceptedByItsPictures(string rung)
    {
        await using var workers = new CheatingWorkers { SaysAnotherEngine = true, Recipe = recipe => recipe with { Preset = "medium" } };
        using var scratch = new ScratchFolder();
        await using Bought bought = await Bought.OrderAsync(scratch, workers, rung);
        (int code, string printed) = await bought.VerifyAsync("--pieces", "all", "--frames", "5", "--countersign");

        Assert.True(code == 0, printed);
        Assert.All(bought.Verdicts().Where(verdict => verdict.Frames > 0), verdict => Assert.Equal((VerdictOutcome.Accepted, 5UL), (verdict.Outcome, verdict.Frames)));
        Assert.Equal(Bought.Segments, bought.Verdicts().Count(verdict => verdict.Frames > 0));

        // Sound of another engine cannot be compared; where nothing speaks against the box it is paid.
        Assert.Contains($"Countersigned {bought.Receipts} of {bought.Receipts}", printed, StringComparison.Ordinal);
    }

    /// <summary>Each cheat once, of a rung of the ladder or of none; of both in the long form.</summary>
    [Theory]
    [InlineData(Rung, "starved", false, VerdictOutcome.Refuted, new[] { "Bytes" })]
    [InlineData(Rung, "starved", true, VerdictOutcome.Rejected, new[] { "Likeness", "Motion" })]
    [InlineData(Rung, "a lower rung", true, VerdictOutcome.Rejected, new[] { "Shape" }, Explicit = true)]
    [InlineData(Rung, "black", true, VerdictOutcome.Rejected, new[] { "Motion", "Likeness" })]
    [InlineData(Rung, "upscaled", true, VerdictOutcome.Rejected, new[] { "Motion", "Likeness", "Structure", "Color" })]
    [InlineData(Wished, "a lower rate", false, VerdictOutcome.Refuted, new[] { "Bytes" }, Explicit = true)]
    [InlineData(Wished, "a lower rate", true, VerdictOutcome.Rejected, new[] { "Motion", "Likeness", "Structure" })]
    [InlineData(Wished, "a lower rung", true, VerdictOutcome.Rejected, new[] { "Shape" })]
    [InlineData(Wished, "upscaled", true, VerdictOutcome.Rejected, new[] { "Motion", "Likeness", "Structure", "Color" }, Explicit = true)]
    public async Task Work_ThatCheats_IsRejected_AndNotCountersigned(string rung, string cheat, bool saysAnotherEngine, VerdictOutcome outcome, string[] checks)
    {
        using var scratch = new ScratchFolder();
        await using var workers = new CheatingWorkers
        {
            SaysAnotherEngine = saysAnotherEngine,
            Recipe = cheat switch
            {
                "starved" => recipe => recipe with { ConstantRateFactor = 45 },
                "a lower rate" => recipe => recipe with { MaxRateBitsPerSecond = recipe.MaxRateBitsPerSecond / 4, BufferBits = recipe.BufferBits / 4 },
                "a lower rung" => recipe => recipe with { Width = 160, Height = 90 },
                _ => recipe => recipe,
            },
            Film = cheat switch
            {
                "black" => await Bought.FilmAsync(scratch, "black", "drawbox=color=black:t=fill"),
                "upscaled" => await Bought.FilmAsync(scratch, "upscaled", "scale=iw/4:-1,scale=320:180"),
                _ => null,
            },
        };
        await using Bought bought = await Bought.OrderAsync(scratch, workers, rung);
        (int code, string printed) = await bought.VerifyAsync("--pieces", "all", "--countersign");

        Assert.True(code == 1, printed);
        WorkVerdict[] pictures = [.. bought.Verdicts().Where(verdict => verdict.Outcome is VerdictOutcome.Rejected or VerdictOutcome.Refuted)];
        Assert.Equal(Bought.Segments, pictures.Length);
        Assert.All(pictures, verdict => Assert.Equal(outcome, verdict.Outcome));
        Assert.All(pictures, verdict => Assert.Contains(verdict.Check, checks));

        // Sound that this engine makes to the byte is paid; of another engine's nobody can tell, and nobody signs it.
        Assert.Contains($"Countersigned {(saysAnotherEngine ? 0 : Bought.Segments)} of {bought.Receipts}", printed, StringComparison.Ordinal);
    }

    /// <summary>Its bytes were what it says when it made them; what it gives out now is something else.</summary>
    [Fact]
    public async Task Work_GivenOutOtherwiseThanCommitted_IsRefuted_AndStandingIsLost()
    {
        await using var workers = new CheatingWorkers();
        using var scratch = new ScratchFolder();
        await using Bought bought = await Bought.OrderAsync(scratch, workers, Rung);
        foreach (string file in Directory.GetFiles(scratch.Path, "*.m4s", SearchOption.AllDirectories))
        {
            byte[] content = await File.ReadAllBytesAsync(file, Token);
            content[^1] ^= 1;
            await File.WriteAllBytesAsync(file, content, Token);
        }

        (int code, string printed) = await bought.VerifyAsync("--pieces", "all");
        Assert.True(code == 1, printed);
        Assert.All(bought.Verdicts(), verdict => Assert.Equal((VerdictOutcome.Refuted, "Commitment"), (verdict.Outcome, verdict.Check)));
        Assert.Contains("has lost its standing, by verdict 2", printed, StringComparison.Ordinal);
        (code, printed) = await bought.RunAsync("standing", bought.Book);
        Assert.Equal(1, code);
        Assert.Contains("has lost its standing, by verdict 2: 80 points of 40 against it, of 0 accepted and 4 rejected", printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WhatMakesNoSense_IsOneLine()
    {
        await using var workers = new CheatingWorkers();
        using var scratch = new ScratchFolder();
        await using Bought bought = await Bought.OrderAsync(scratch, workers, Rung);
        string other = Path.Combine(scratch.Path, "other.mkv");
        await Bought.FilmAsync(scratch, "other", "negate");

        await AssertOneLineAsync(2, "is not what was ordered", "verify", bought.Order, "--source", other, "--key", bought.KeyFile, "--verdicts", bought.Book);
        await AssertOneLineAsync(2, "rewards verify wants an order", "verify", "0x12", "--source", bought.Film, "--key", bought.KeyFile);
        await AssertOneLineAsync(2, "rewards verify wants --source", "verify", bought.Order, "--key", bought.KeyFile);
        await AssertOneLineAsync(2, "--pieces wants a number", "verify", bought.Order, "--source", bought.Film, "--pieces", "0");
        await AssertOneLineAsync(2, "is not offered as 900p", "verify", bought.Order, "--source", bought.Film, "--key", bought.KeyFile, "--verdicts", bought.Book, "--renditions", "900p");
        await AssertOneLineAsync(2, "--log-key", "verify", bought.Order, "--source", bought.Film, "--key", bought.KeyFile, "--log-key", "x");
        await AssertOneLineAsync(1, "There is no key to sign with", "verify", bought.Order, "--source", bought.Film, "--key", bought.Film);
        await AssertOneLineAsync(1, "There is no such order", "verify", $"0x{new string('7', 64)}", "--source", bought.Film, "--key", bought.KeyFile, "--verdicts", bought.Book);
        await AssertOneLineAsync(1, "does not hold", "standing", bought.Film);
        await AssertOneLineAsync(1, "cannot be read", "standing", Path.Combine(scratch.Path, "nothing"));

        async Task AssertOneLineAsync(int code, string says, params string[] arguments)
        {
            (int Code, string Printed) ran = await bought.RunAsync(arguments);
            Assert.Equal(code, ran.Code);
            Assert.Contains(says, ran.Printed, StringComparison.Ordinal);
            Assert.Single(ran.Printed.TrimEnd('\n').Split('\n'));
        }
    }
}
