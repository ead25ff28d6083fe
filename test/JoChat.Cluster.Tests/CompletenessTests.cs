using System.Reflection;
using JoChat.Actors;
using JoChat.Storage;

namespace JoChat.Cluster.Tests;

/// <summary>Nothing that sessions ask or hear is forgotten.</summary>
public sealed class CompletenessTests
{
    private static readonly Dictionary<Type, string> NeverCross = new()
    {
        [typeof(Flush)] = "ChatService asks it, in the writer's own process, and not a session",
        [typeof(Flushed)] = "the answer to that",
        [typeof(PartDone)] = "the PersistenceActor tells it itself",
        [typeof(WriterLost)] = "the gateway's end of the link tells it",
        [typeof(WriterFound)] = "the same",
    };

    [Fact]
    public void Everything_that_sessions_ask_or_hear_has_a_form()
    {
        Type[] places = [typeof(PersistenceCommands), typeof(ReaderCommands), typeof(PersistenceReplies)];
        var messages = places
            .SelectMany(place => place.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic))
            .Where(type => !type.IsAbstract);
        var forms = LinkEncoding.Commands.Forms.Concat(LinkEncoding.Replies.Forms).Select(form => form.Type);

        Assert.Equal(
            messages.Select(type => type.Name).Order(StringComparer.Ordinal),
            forms.Concat(NeverCross.Keys).Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_never_crosses_a_link_is_not_written()
    {
        Assert.Throws<ArgumentException>(() => LinkMessages.Encode(new Flush()));
        Assert.Throws<ArgumentException>(() => LinkMessages.Encode(new Flushed(1)));
    }

    [Fact]
    public void The_members_that_actors_note_are_still_there()
    {
        const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var members = new[] { typeof(PersistenceCommands).Assembly, typeof(AccountListing).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetProperties(Any))
            .Select(member => $"{member.DeclaringType!.Name}.{member.Name}");

        Assert.Empty(Arbitrary.NotedByActors.Except(members));
    }
}
