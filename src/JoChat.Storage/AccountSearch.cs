namespace JoChat.Storage;

/// <summary>Finds accounts by a <c>LIKE</c> pattern for their name. See docs/adr/0004.</summary>
/// <param name="names">The names in the database.</param>
/// <param name="namesAtOnce">How many names a call looks at, ≥ 1.</param>
internal sealed class AccountSearch(INameTable names, int namesAtOnce)
{
    private const int MaxGramsProbed = 16;

    // A gram rarer than the first is good enough; among grams as frequent as the last any will do.
    private static readonly long[] ProbeLimits = [32, 256, 1024];

    // Names begin behind the control characters; the keys of deleted accounts do not.
    private const string FirstName = " ";

    /// <summary>As <see cref="IChatReader.ListAccounts"/>.</summary>
    public ListPart<AccountName, AccountListing> List(AccountListing listing)
    {
        var pattern = KeyPattern.Parse(listing.KeyPattern);
        var gram = listing.Gram ?? FindRarest(pattern, pattern.High) ?? "";
        var low = listing.After is { } after ? KeyPattern.Behind(after) : Later(pattern.Low, FirstName);

        var accounts = new List<AccountName>();
        var (toSkip, looked) = (listing.Start, 0);
        foreach (var name in names.Find(gram, low, pattern.High, listing.KeyPattern, namesAtOnce))
        {
            if (accounts.Count == listing.Count) { break; }
            if (name.IsMatch && toSkip-- <= 0) { accounts.Add(name.Account); }
            if (++looked < namesAtOnce) { continue; }
            return new(accounts, listing with
            {
                After = name.Key,
                Gram = gram,
                Start = Math.Max(0, toSkip),
                Count = listing.Count - accounts.Count,
            });
        }
        return new(accounts, Rest: null);
    }

    private static string Later(string one, string other) => string.CompareOrdinal(one, other) < 0 ? other : one;

    // Of the grams that every match has, one that few names between the bounds have; null if there is none. The grams
    // that cover the text usually include a rare one; the others are only counted if not.
    private string? FindRarest(KeyPattern pattern, string? high)
    {
        string[] covering = [.. pattern.Inner.SelectMany(NameGrams.CoveringOf).Distinct().Take(MaxGramsProbed)];
        string[] all = [.. pattern.Inner.SelectMany(NameGrams.LongestOf).Distinct()];
        if (all.Length < 2) { return all.FirstOrDefault(); }
        return FindRare(covering, ProbeLimits, pattern, high)
            ?? FindRare([.. all.Except(covering).Take(MaxGramsProbed)], ProbeLimits[^1..], pattern, high)
            ?? covering[0];
    }

    // Null if all are at least as frequent as the last limit.
    private string? FindRare(string[] grams, long[] limits, KeyPattern pattern, string? high)
    {
        foreach (var limit in limits)
        {
            var (rarest, least) = ((string?)null, limit);
            foreach (var gram in grams)
            {
                var count = names.CountWithGram(gram, pattern.Low, high, least);
                if (count < least) { (rarest, least) = (gram, count); }
                if (least == 0) { break; }
            }
            if (rarest is not null) { return rarest; }
        }
        return null;
    }
}

/// <summary>The names of accounts in a database, in the order of their keys' bytes.</summary>
internal interface INameTable
{
    /// <summary>The names from a key on.</summary>
    /// <param name="gram">Only those that have it; empty for all.</param>
    /// <param name="low">The first key.</param>
    /// <param name="high">The key behind the last; null if there is none.</param>
    /// <param name="pattern">What they are matched with.</param>
    /// <param name="limit">Most names.</param>
    IEnumerable<FoundName> Find(string gram, string low, string? high, string pattern, int limit);

    /// <summary>How many of the names have a gram, counted up to a limit.</summary>
    long CountWithGram(string gram, string low, string? high, long limit);
}

/// <summary>A name that was looked at.</summary>
internal readonly record struct FoundName(bool IsMatch, AccountName Account, string Key);
