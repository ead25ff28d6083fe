using System.Reflection;
using Akka.Configuration;
using JoChat.Actors;
using JoChat.Hocon;
using JoChat.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace JoChat.Gateway.Tests;

/// <summary>What <c>jochat.actors</c> and <c>akka</c> do to Akka.NET.</summary>
public sealed class ActorSettingsTests
{
    private const string OnPool = "actor.deployment { /chat/persistence.dispatcher = akka.actor.default-dispatcher }";

    [Fact]
    public void Each_dispatcher_has_the_throughput_that_is_set_for_it()
    {
        var akka = ConfigurationOf(
            "throughput = 2, dispatchers { sessions.throughput = 3, persistence { type = pool, throughput = 4 } }");

        Assert.Equal(
            (2, 3, 4),
            (akka.GetInt("akka.actor.default-dispatcher.throughput"),
                akka.GetInt($"{ChatOptions.SessionsDispatcher}.throughput"),
                akka.GetInt($"{ChatOptions.PersistenceDispatcher}.throughput")));
    }

    [Fact]
    public void A_dispatcher_whose_throughput_is_not_set_has_that_of_all_actors()
    {
        var akka = ConfigurationOf("throughput = 7");

        Assert.Equal(7, akka.GetInt($"{ChatOptions.SessionsDispatcher}.throughput"));
        Assert.Equal(7, akka.GetInt($"{ChatOptions.PersistenceDispatcher}.throughput"));
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("dispatchers.persistence.type = pinned", "", false)]
    [InlineData("dispatchers.persistence.type = pool", "", true)]
    [InlineData("dispatchers.persistence.type = pinned", OnPool, true)] // akka wins over akka.conf of JoChat.Actors
    public async Task The_store_is_called_on_a_thread_of_its_own_unless_the_pool_is_wanted(
        string actors, string akka, bool isPool)
    {
        var store = DispatchProxy.Create<IChatStore, CallerOfStore>();
        var caller = (CallerOfStore)store;

        var service = ChatService.Start(store, Read(actors, akka).Chat, TimeProvider.System, NullLoggerFactory.Instance);
        var isOfPool = await caller.IsOfPool;
        await service.StopAsync();

        Assert.Equal(isPool, isOfPool);
    }

    [Fact]
    public void The_section_akka_reaches_Akka_with_its_keys_as_they_were_written()
    {
        var section = ConfigurationFactory.ParseString(Read("", """
            actor { serialization-bindings { "System.Object, a:b" = json }, Mixed-Case = 10 s }
            loggers = [one, ${akka.actor.Mixed-Case}], text = "${x} \"#\\ \u0000"
            """).Chat.AkkaOverrides);

        Assert.Equal("json", section.GetString("akka.actor.serialization-bindings.\"System.Object, a:b\""));
        Assert.Equal(TimeSpan.FromSeconds(10), section.GetTimeSpan("akka.actor.Mixed-Case"));
        Assert.Equal(["one", "10 s"], section.GetStringList("akka.loggers"));
        Assert.Equal("${x} \"#\\ \0", section.GetString("akka.text"));
    }

    [Fact]
    public void Without_a_section_akka_nothing_is_overridden() => Assert.Empty(
        Settings.Read(new ConfigurationBuilder().Build(), out _).Chat.AkkaOverrides);

    private static Config ConfigurationOf(string actors) =>
        ConfigurationFactory.ParseString(Read(actors).Chat.ActorConfiguration);

    private static Settings Read(string actors, string akka = "")
    {
        var hocon = new ConfigurationBuilder()
            .AddHoconString($"jochat.actors {{ {actors} }}, akka {{ {akka} }}", keptAsJson: ActorSettings.AkkaSection)
            .Build();
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
            if (targetMethod!.Name == nameof(IChatStore.FindHashKinds)) { return Array.Empty<string>(); }
            if (targetMethod.Name == nameof(IChatStore.OpenReader)) { return Create<IChatReader, CallerOfStore>(); }
            _isOfPool.TrySetResult(Thread.CurrentThread.IsThreadPoolThread);
            var type = targetMethod.ReturnType;
            return type.IsValueType && type != typeof(void) ? Activator.CreateInstance(type) : null;
        }
    }
}
