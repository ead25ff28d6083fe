using System.Reflection;
using Akka.Configuration;
using JoChat.Actors;
using JoChat.Hocon;
using JoChat.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Gateway.Tests;

/// <summary>What <c>jochat.actors</c> does to the actor engine.</summary>
public sealed class ActorSettingsTests
{
    [Fact]
    public void Each_dispatcher_has_the_throughput_that_is_set_for_it()
    {
        var engine = EngineConfiguration(
            "throughput = 2, dispatchers { sessions.throughput = 3, persistence { type = pool, throughput = 4 } }");

        Assert.Equal(
            (2, 3, 4),
            (engine.GetInt("akka.actor.default-dispatcher.throughput"),
                engine.GetInt($"{ChatOptions.SessionsDispatcher}.throughput"),
                engine.GetInt($"{ChatOptions.PersistenceDispatcher}.throughput")));
    }

    [Fact]
    public void A_dispatcher_whose_throughput_is_not_set_has_that_of_all_actors()
    {
        var engine = EngineConfiguration("throughput = 7");

        Assert.Equal(7, engine.GetInt($"{ChatOptions.SessionsDispatcher}.throughput"));
        Assert.Equal(7, engine.GetInt($"{ChatOptions.PersistenceDispatcher}.throughput"));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("dispatchers.persistence.type = pinned", false)]
    [InlineData("dispatchers.persistence.type = pool", true)]
    public async Task The_store_is_called_on_a_thread_of_its_own_unless_the_pool_is_wanted(string actors, bool isPool)
    {
        var store = DispatchProxy.Create<IChatStore, CallerOfStore>();
        var caller = (CallerOfStore)store;

        var service = ChatService.Start(store, Read(actors).Chat, TimeProvider.System, NullLoggerFactory.Instance);
        var isOfPool = await caller.IsOfPool;
        await service.StopAsync();

        Assert.Equal(isPool, isOfPool);
    }

    private static Config EngineConfiguration(string actors) =>
        ConfigurationFactory.ParseString(Read(actors).Chat.ActorConfiguration);

    private static Settings Read(string actors)
    {
        var hocon = new ConfigurationBuilder().AddHoconString($"jochat.actors {{ {actors} }}").Build();
        var settings = Settings.Read(hocon, out var faults);
        Assert.Empty(faults);
        return settings;
    }

    /// <summary>An empty store that notes on what kind of thread it is called first.</summary>
    private class CallerOfStore : DispatchProxy
    {
        private readonly TaskCompletionSource<bool> _isOfPool =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> IsOfPool => _isOfPool.Task;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (targetMethod!.Name == nameof(IChatStore.OpenReader)) { return Create<IChatReader, CallerOfStore>(); }
            _isOfPool.TrySetResult(Thread.CurrentThread.IsThreadPoolThread);
            var type = targetMethod.ReturnType;
            return type.IsValueType && type != typeof(void) ? Activator.CreateInstance(type) : null;
        }
    }
}
