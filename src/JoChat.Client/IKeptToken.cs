using JoChat.Protocol;

namespace JoChat.Client;

/// <summary>A resume token that is kept where other clients may use it too, such as a file that several processes share.
/// Each resume gives another in its place, and whoever shows one that was replaced ends the login for all: so one at a
/// time may use it.</summary>
public interface IKeptToken
{
    /// <summary>Renews the token while nobody else does.</summary>
    /// <param name="renew">Takes the token that is kept now, and gives the one to keep in its place. If it throws, the
    /// token stays.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>False if none is kept any more.</returns>
    /// <exception cref="IOException">It cannot be read, or others would not let go of it.</exception>
    Task<bool> RenewAsync(Func<Secret, Task<Secret>> renew, CancellationToken cancellation);
}
