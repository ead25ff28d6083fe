using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

public sealed class SessionRegistryTests
{
    [Fact]
    public void Whoever_comes_goes_takes_over_and_watches_it_holds_what_naive_lists_do()
    {
        var random = new Random(1);
        var registry = new SessionRegistry<string>();
        var online = new List<OnlineSession<string>>();
        var watched = new HashSet<(string Watcher, string Name)>();

        for (var step = 0; step < 20_000; step++)
        {
            var (session, features) = ($"session {random.Next(6)}", (Features)random.Next(64));
            var bound = online.Find(one => one.Session == session);
            switch (random.Next(4))
            {
                case 0 when bound is null:
                    var id = random.Next(1, 5);
                    var added = new OnlineSession<string>(new AccountId(id), $"Name{id}", $"NAME{id}", session, features);
                    var before = online.Find(one => one.Account == added.Account);
                    Assert.Equal(before, registry.Bind(added));
                    if (before is not null) { Leave(before); }
                    online.Add(added);
                    break;
                case 1:
                    Assert.Equal(bound, registry.Unbind(session));
                    if (bound is not null) { Leave(bound); }
                    break;
                case 2 when bound is not null:
                    registry.Change(bound, features);
                    online[online.IndexOf(bound)] = bound with { Features = features };
                    if (!features.HasFlag(Features.Presence)) { watched.RemoveWhere(watch => watch.Watcher == session); }
                    break;
                case 3 when bound is not null:
                    var names = Enumerable.Range(0, random.Next(4)).Select(_ => $"NAME{random.Next(1, 5)}").ToArray();
                    registry.Watch(session, [.. names]);
                    watched.RemoveWhere(watch => watch.Watcher == session);
                    watched.UnionWith(names.Select(name => (session, name)));
                    break;
            }

            Assert.Equal(online.Select(one => one.Session).Order(), registry.All.Order());
            Assert.Equal(online.Any(one => one.Wants(Features.Receipts)), registry.AnyoneWantsReceipts);
            for (var id = 1; id < 5; id++)
            {
                var (account, name) = (new AccountId(id), $"NAME{id}");
                var expected = online.Find(one => one.Account == account);
                Assert.Equal(expected, registry.TryFind(account, out var byAccount) ? byAccount : null);
                Assert.Equal(expected, registry.TryFind(name, out var byName) ? byName : null);
                Assert.Equal(expected?.Session == session, registry.IsBound(account, session));
                Assert.Equal(watched.Where(watch => watch.Name == name).Select(watch => watch.Watcher).Order(),
                    registry.WatchersOf(name).Order());
            }
        }

        void Leave(OnlineSession<string> leaving)
        {
            online.Remove(leaving);
            watched.RemoveWhere(watch => watch.Watcher == leaving.Session);
        }
    }
}
