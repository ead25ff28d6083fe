using System.Collections.Immutable;
using System.Reflection;
using JoChat.Actors;
using JoChat.Protocol;

namespace JoChat.Cluster.Tests;

/// <summary>Makes random instances of any record that is a message, or part of one: every member that is not derived
/// gets a value of its own.</summary>
internal sealed class Arbitrary(Random random)
{
    /// <summary>What the actors alone note in a command, between its parts or on its way to the ReaderActor.</summary>
    public static readonly ImmutableHashSet<string> NotedByActors =
    [
        "ListAndDeliver.Listed", "ListAndDeliver.Before", "ListAndDeliver.Budget",
        "DiscardMessages.Deleted",
        "RemoveAccount.ToTell", "RemoveAccount.After",
        "FindAccounts.Found",
        "PairCommand.Watermark",
        "FindConversations.Listing", "FindConversations.Found",
        "AccountListing.After", "AccountListing.Gram",
    ];

    /// <summary>What the session adds to an answer, according to the request.</summary>
    private static readonly ImmutableHashSet<string> AddedBySessions = ["Response.Id", "Response.IsExtended"];

    /// <summary>What has one value only, or that of another member, where the constructor does not ask for it.
    /// </summary>
    private static readonly ImmutableHashSet<string> GivenByConstructors =
        ["Command.Request", "AccountCommand.Account", "Reply.Request"];

    private static readonly string[] Texts =
    [
        "", "a", "alice", "Zoë", "漢字", "\U0001F600\U0001F600", "\"\\\n\t\u0001</",
        string.Concat(Enumerable.Repeat("\U0001D49C", 64)), // the longest name there is
    ];

    private static readonly Type[] Responses = Concrete<Response>(), Events = Concrete<ServerEvent>();

    /// <summary>All types of the protocol that are a <typeparamref name="T"/>.</summary>
    public static Type[] Concrete<T>() =>
        [.. typeof(T).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)];

    /// <summary>Makes an instance.</summary>
    public object Of(Type type)
    {
        if (type == typeof(bool)) { return random.Next(2) == 0; }
        if (type == typeof(int)) { return (int)Number(31); }
        if (type == typeof(long)) { return Number(63); }
        if (type == typeof(string)) { return Text(); }
        if (type == typeof(DateTimeOffset)) { return DateTimeOffset.FromUnixTimeMilliseconds(Number(47)); }
        if (type == typeof(TimeSpan)) { return TimeSpan.FromMilliseconds(Number(31)); }
        if (type == typeof(Features)) { return (Features)random.Next(128); }
        if (type == typeof(Refused)) { return Refused(); }
        if (type == typeof(Username)) { return Name(); }
        if (type == typeof(ClientAddress)) { return Address(); }
        if (type == typeof(TokenHash)) { return TokenHash.New().Hash; }
        if (type == typeof(ReadOnlyMemory<long>)) { return new ReadOnlyMemory<long>(Many<long>(2000)); }
        if (type == typeof(Response)) { return Of(Pick(Responses)); }
        if (type == typeof(ServerEvent)) { return Of(Pick(Events)); }
        if (type.IsEnum) { return Pick([.. Enum.GetValues(type).Cast<object>()]); }
        if (type.IsGenericType) { return OfGeneric(type.GetGenericTypeDefinition(), type.GetGenericArguments()[0]); }
        return OfRecord(type);
    }

    /// <summary>As many digits as any number has, of either sign where there may be one.</summary>
    private long Number(int bits) => random.NextInt64() & ((1L << random.Next(bits + 1)) - 1);

    private string Text() => random.Next(20) == 0
        ? new string('x', random.Next(60_000))
        : Pick(Texts) + Pick(Texts);

    private object OfGeneric(Type generic, Type element)
    {
        var make = generic == typeof(ImmutableArray<>) ? nameof(Array)
            : generic == typeof(IReadOnlyList<>) ? nameof(Some)
            : throw new NotSupportedException(generic.Name);
        return GetType().GetMethod(make, BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(element).Invoke(this, null)!;
    }

    private ImmutableArray<T> Array<T>() => [.. Some<T>()];

    private T[] Some<T>() => Many<T>(random.Next(10) == 0 ? 400 : 4);

    private T[] Many<T>(int most) => [.. Enumerable.Range(0, random.Next(most)).Select(_ => (T)Of(typeof(T)))];

    // The values of its longest constructor, then of what else can be set.
    private object OfRecord(Type type)
    {
        var constructor = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public)
            .MaxBy(one => one.GetParameters().Length)!;
        var parameters = constructor.GetParameters();
        var record = constructor.Invoke([.. parameters.Select(one => Of(one, one.ParameterType))]);
        var others = Members(type).Where(member => parameters.All(one => one.Name != member.Name));
        foreach (var member in others) { member.SetValue(record, Of(member, member.PropertyType)); }
        return record;
    }

    private static IEnumerable<PropertyInfo> Members(Type type) =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(member => member.CanWrite && !IsElsewhere($"{member.DeclaringType!.Name}.{member.Name}"));

    private static bool IsElsewhere(string member) =>
        NotedByActors.Contains(member) || AddedBySessions.Contains(member) || GivenByConstructors.Contains(member);

    private object? Of(ICustomAttributeProvider place, Type type)
    {
        var isNullable = place switch
        {
            ParameterInfo parameter => new NullabilityInfoContext().Create(parameter).ReadState,
            PropertyInfo member => new NullabilityInfoContext().Create(member).ReadState,
            _ => NullabilityState.NotNull,
        } is NullabilityState.Nullable;
        return isNullable && random.Next(3) == 0 ? null : Of(Nullable.GetUnderlyingType(type) ?? type);
    }

    private Refused Refused() => new((Operation)Of(typeof(Operation)), (ErrorCode)Of(typeof(ErrorCode)), Text())
    {
        Since = random.Next(2) == 0 ? null : (DateTimeOffset)Of(typeof(DateTimeOffset)),
        RetryAfter = random.Next(2) == 0 ? null : (TimeSpan)Of(typeof(TimeSpan)),
    };

    private Username Name()
    {
        string[] texts = ["alice", "Zoë", "Straße", "漢字", "e\u0301", "\u212B"];
        _ = Username.TryParse(Pick(texts), out var name, out _);
        return name!;
    }

    private ClientAddress Address() => random.Next(3) switch
    {
        0 => default,
        1 => ClientAddress.OfVersion4((uint)random.NextInt64(1L << 32)),
        _ => ClientAddress.OfVersion6((ulong)random.NextInt64(long.MinValue, long.MaxValue)),
    };

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];
}
