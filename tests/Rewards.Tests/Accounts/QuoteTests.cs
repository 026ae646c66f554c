using Rewards.Accounts;
using Xunit;

namespace Rewards.Tests.Accounts;

public sealed class QuoteTests
{
    private static readonly QuotedRendition Film = new(8, "h264", 48, 100_000_000, 150_000_000, 44_236_800, 3000);

    private static readonly QuotedRendition Sound = new(0, "aac", 94, 0, 0, 0, 3000);

    private readonly TestClock _clock = new();

    [Fact]
    public void Of_Renditions_SumsSegmentBySegment()
    {
        Quote quote = Quote.Of(Books.Ann, Books.Box, [Film, Sound], PriceTable.Default, _clock.Now);

        // 3000 × (100,000,000 × 0.150 + 44,236,800), and 3000 × 94 × 10,000 below the minimum of 1,000,000 each.
        Assert.Equal((Int128)3000 * (59_236_800 + 1_000_000), quote.Expected);
        Assert.Equal((Int128)3000 * (66_736_800 + 1_000_000), quote.Bound);
        Assert.Equal(900_000_000, quote.ExpiresAt - quote.IssuedAt);
    }

    [Fact]
    public void Of_SameQuestionAtTheSameTime_IsTheSameQuote()
    {
        Quote first = Quote.Of(Books.Ann, Books.Box, [Film], PriceTable.Default, _clock.Now);

        Assert.Equal(first.Id, Quote.Of(Books.Ann, Books.Box, [Film], PriceTable.Default, _clock.Now).Id);
        Assert.NotEqual(first.Id, Quote.Of(Books.Bob, Books.Box, [Film], PriceTable.Default, _clock.Now).Id);
        Assert.NotEqual(first.Id, Quote.Of(Books.Ann, Books.Box, [Film], Books.Prices, _clock.Now).Id);
        Assert.NotEqual(first.Id, Quote.Of(Books.Ann, Books.Box, [Film], PriceTable.Default, _clock.Now.AddSeconds(1)).Id);
    }

    [Fact]
    public void Of_CacheThatCostsMore_IsWithinTheBound()
    {
        PriceTable dear = Books.Prices with { FromCache = new(0, 5000) };

        Assert.Equal(5000, Books.Quote(Books.Ann, _clock, prices: dear).Bound);
    }

    [Fact]
    public void Of_NothingOrWithoutWeightOrTooMuch_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Of());
        Assert.Throws<ArgumentException>(() => Of([.. Enumerable.Repeat(Film, 65)]));
        Assert.Contains("no weight for h264 of 10 bits", Assert.Throws<ArgumentException>(() => Of(Film with { BitDepth = 10 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Of(Film with { Segments = 0 }));
        Assert.Throws<ArgumentException>(() => Of(Film with { PixelsInMost = 1 }));
        Assert.Throws<ArgumentException>(() => Of(Film with { Codec = "" }));
        Assert.Throws<ArgumentException>(() => Of(Sound with { Frames = 1L << 53 }));
        PriceTable dearest = PriceTable.Default with { Made = new(Amounts.Limit, 0) };
        Assert.Contains("10^30", Assert.Throws<ArgumentException>(() => Quote.Of(Books.Ann, Books.Box, [Film], dearest, _clock.Now)).Message, StringComparison.Ordinal);

        Quote Of(params QuotedRendition[] renditions) => Quote.Of(Books.Ann, Books.Box, renditions, PriceTable.Default, _clock.Now);
    }

    [Fact]
    public void Shelf_Quote_IsThereUntilItExpires()
    {
        var shelf = new QuoteShelf<string>(2, _clock);
        Quote first = Books.Quote(Books.Ann, _clock);
        shelf.Put(first, "a film");
        shelf.Put(first, "another film");
        Assert.Equal((first, "a film"), shelf.Find(first.Id));

        _clock.Now = _clock.Now.AddSeconds(899);
        Assert.NotNull(shelf.Find(first.Id));
        _clock.Now = _clock.Now.AddSeconds(1);
        Assert.Null(shelf.Find(first.Id));
    }

    [Fact]
    public void Shelf_Full_PutsOutWhatExpiresFirst()
    {
        var shelf = new QuoteShelf<string>(2, _clock);
        List<Quote> quotes = [];
        for (int i = 0; i < 3; i++)
        {
            _clock.Now = _clock.Now.AddSeconds(1);
            quotes.Add(Books.Quote(Books.Ann, _clock));
            shelf.Put(quotes[i], "a film");
        }

        Assert.Null(shelf.Find(quotes[0].Id));
        Assert.NotNull(shelf.Find(quotes[1].Id));
        Assert.NotNull(shelf.Find(quotes[2].Id));
    }
}
