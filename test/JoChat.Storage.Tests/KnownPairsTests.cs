namespace JoChat.Storage.Tests;

/// <summary>What the store remembers of pairs, which must never be more than there is in the database.</summary>
public sealed class KnownPairsTests
{
    private static readonly AccountId Ada = new(1), Bob = new(2), Eve = new(3);

    private readonly KnownPairs _pairs = new(most: 2);

    [Fact]
    public void A_pair_is_known_from_both_sides()
    {
        _pairs.Add(Bob, Ada);

        Assert.True(_pairs.Contains(Ada, Bob));
        Assert.True(_pairs.Contains(Bob, Ada));
        Assert.False(_pairs.Contains(Ada, Ada));
    }

    [Fact]
    public void What_a_batch_added_is_forgotten_with_it_and_what_was_committed_is_not()
    {
        _pairs.Add(Ada, Bob);
        _pairs.Committed();
        _pairs.Add(Ada, Eve);

        _pairs.RolledBack();

        Assert.True(_pairs.Contains(Ada, Bob));
        Assert.False(_pairs.Contains(Ada, Eve));
    }

    [Fact]
    public void One_pair_too_many_begins_anew()
    {
        _pairs.Add(Ada, Bob);
        _pairs.Add(Ada, Eve);
        Assert.True(_pairs.Contains(Ada, Bob));

        _pairs.Add(Bob, Eve);

        Assert.True(_pairs.Contains(Bob, Eve));
        Assert.False(_pairs.Contains(Ada, Bob));
    }
}
