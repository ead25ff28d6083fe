using JoChat.Protocol;
using JoChat.Storage;

namespace JoChat.Actors;

/// <summary>An account that is online, and where.</summary>
/// <param name="Account">Whose session.</param>
/// <param name="Username">Their name as signed up.</param>
/// <param name="NameKey">The same as it is compared.</param>
/// <param name="Session">The session.</param>
/// <param name="Features">What its connection asked for.</param>
internal sealed record OnlineSession<TSession>(
    AccountId Account, string Username, string NameKey, TSession Session, Features Features)
{
    public bool Wants(Features feature) => (Features & feature) != Features.None;
}
