using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors.Tests;

public sealed class SessionRegistryTests
{
    private static readonly Comparer<OnlineSession<string>> BySession =
        Comparer<OnlineSession<string>>.Create((one, other) => string.CompareOrdinal(one.Session, other.Session));

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
                    var before = added.IsSide ? null : Own(added.Account);
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
                    var settled = (features & ~Features.Side) | (bound.Features & Features.Side);
                    online[online.IndexOf(bound)] = bound with { Features = settled };
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
            Assert.Equal(online.Any(IsListening), registry.AnyoneListens);
            Assert.Equal(
                online.Find(one => one.Session == session), registry.TryFindBound(session, out var found) ? found : null);
            for (var id = 1; id < 5; id++)
            {
                var (account, name) = (new AccountId(id), $"NAME{id}");
                var all = online.FindAll(one => one.Account == account);
                Assert.Equal(Own(account), registry.TryFind(account, out var byAccount) ? byAccount : null);
                Assert.Equal(all.Any(one => one.Session == session), registry.IsBound(account, session));
                Assert.Equal(all.Where(one => one.IsSide).Order(BySession), registry.SidesOf(account).Order(BySession));
                Assert.Equal(Sessions(all), registry.Of(account).Order());
                Assert.Equal(Sessions(all.Where(IsListening)), registry.ListenersOf(account).Order());
                var wanting = Sessions(all.Where(one => one.Wants(features)));
                Assert.Equal(wanting, registry.Wanting(features, account).Order());
                Assert.Equal(wanting, registry.Wanting(features, name).Order());
                Assert.Equal(wanting.Any(), registry.IsWanted(features, account));
                Assert.Equal(
                    all.Any(one => !one.IsSide || IsListening(one)) ? $"Name{id}" : null, registry.FindPresent(name)?.Username);
                Assert.Equal(watched.Where(watch => watch.Name == name).Select(watch => watch.Watcher).Order(),
                    registry.WatchersOf(name).Order());
            }
        }

        OnlineSession<string>? Own(AccountId account) => online.Find(one => one.Account == account && !one.IsSide);

        void Leave(OnlineSession<string> leaving)
        {
            online.Remove(leaving);
            watched.RemoveWhere(watch => watch.Watcher == leaving.Session);
        }
    }

    private static bool IsListening(OnlineSession<string> one) => one.IsSide && one.Wants(Features.Push);

    private static IEnumerable<string> Sessions(IEnumerable<OnlineSession<string>> bound) =>
        bound.Select(one => one.Session).Order();
}
