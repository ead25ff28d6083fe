namespace JoChat.Cli.Commands;

/// <summary>Gathers what a server gives page by page.</summary>
internal static class Pages
{
    private const int MaxPage = 500; // no list of the server's is longer

    /// <summary>The newest below an id.</summary>
    /// <param name="before">Only those with a smaller id; null means all.</param>
    /// <param name="limit">How many, ≥ 1.</param>
    /// <param name="readAsync">Reads the newest below an id, at most so many, ascending; none: there are no older ones.
    /// </param>
    /// <param name="idOf">The id of one.</param>
    /// <param name="isWanted">Which of them count; null means all.</param>
    /// <returns>They, ascending, and whether there are older ones.</returns>
    public static async Task<(List<T> Found, bool HasMore)> NewestAsync<T>(
        long? before,
        int limit,
        Func<long?, int, Task<IReadOnlyList<T>>> readAsync,
        Func<T, long> idOf,
        Func<T, bool>? isWanted = null)
    {
        var found = new List<T>();
        while (true)
        {
            // One more than is wanted tells whether there are more.
            var page = await readAsync(before, (int)Math.Min((long)limit + 1 - found.Count, MaxPage));
            if (page.Count == 0) { return (found, false); }
            found.InsertRange(0, isWanted is null ? page : page.Where(isWanted));
            if (found.Count > limit) { return (found[^limit..], true); }
            before = idOf(page[0]);
        }
    }
}
