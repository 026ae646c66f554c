using Appliance.Sources;
using Appliance.Sources.Watching;

namespace Appliance.Tests.Sources.Watching;

public sealed class FolderMemoryTests
{
    private readonly FolderMemory memory = new();

    [Fact]
    public void Look_First_TakesAllAtOnce()
    {
        FolderLook look = Look(("b", 2), ("a", 1));
        Assert.Equal(["a", "b"], look.Offer);
        Assert.True(look.IsSettled);
        Assert.Empty(Look(("a", 1), ("b", 2)).Offer);
    }

    [Fact]
    public void Look_FileThatGrows_IsTakenWhenItStaysAsItIs()
    {
        Look();
        Assert.Equal((0, false), Counts(Look(("a", 1))));
        Assert.Equal((0, false), Counts(Look(("a", 2))));
        Assert.Equal((1, true), Counts(Look(("a", 2))));
        Assert.Equal((0, true), Counts(Look(("a", 2))));
    }

    [Fact]
    public void Look_FileThatChanged_IsTakenAnew_WhenItStaysAsItIs()
    {
        Look(("a", 1));
        Assert.Equal((0, false), Counts(Look(("a", 3))));
        Assert.Equal(["a"], Look(("a", 3)).Offer);
    }

    [Fact]
    public void Look_FileThatWent_IsToldOnce()
    {
        Look(("a", 1), ("b", 2));
        Assert.Equal(["a"], Look(("b", 2)).Gone);
        Assert.Empty(Look(("b", 2)).Gone);
        Assert.Equal(1, memory.Count);
    }

    /// <summary>It was whole under its old name.</summary>
    [Fact]
    public void Look_FileThatMoved_IsTakenAtOnce()
    {
        Look(("a", 1));
        FolderLook look = Look(("b", 1));
        Assert.Equal(("a", "b", true), (Assert.Single(look.Gone), Assert.Single(look.Offer), look.IsSettled));
    }

    /// <summary>What found no room is not taken for offered.</summary>
    [Fact]
    public void Look_FileThatWasNotOffered_IsTakenAgain()
    {
        memory.Look(Present(("a", 1)));
        Assert.Equal((0, false), Counts(memory.Look(Present(("a", 1)))));
        Assert.Equal(["a"], memory.Look(Present(("a", 1))).Offer);
    }

    [Fact]
    public void ForgetOfLength_OffersThoseAgain()
    {
        Look(("a", 1), ("b", 2), ("c", 1));
        memory.ForgetOfLength(1);
        Assert.Equal(["a", "c"], Look(("a", 1), ("b", 2), ("c", 1)).Offer);
    }

    private static (int, bool) Counts(FolderLook look) => (look.Offer.Count, look.IsSettled);

    private static Dictionary<string, FileStamp> Present(params (string Path, long Length)[] files) =>
        files.ToDictionary(file => file.Path, file => new FileStamp(file.Length, DateTime.UnixEpoch));

    private FolderLook Look(params (string Path, long Length)[] files)
    {
        Dictionary<string, FileStamp> present = Present(files);
        FolderLook look = memory.Look(present);
        foreach (string path in look.Offer)
        {
            memory.Offered(path, present[path]);
        }

        return look;
    }
}
