using System.Reflection;
using Microsoft.Extensions.Logging;

namespace JoChat.Actors.Tests;

/// <summary>Log events can be searched by their ids.</summary>
public sealed class LogEventIdTests
{
    [Fact]
    public void Every_event_has_an_id_of_its_own_in_this_projects_block()
    {
        var ids = typeof(ChatService).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId)
            .OfType<int>()
            .ToArray();

        Assert.NotEmpty(ids);
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.InRange(id, 3000, 3999));
    }
}
