using JoChat.Protocol;

namespace JoChat.Actors.Tests;

/// <summary>Requests told to a session as its connection does.</summary>
internal static class Submitting
{
    public static void Submit(this IActorRef session, Request request) =>
        session.Tell(new ClientRequest(request, Bytes: 1), ActorRefs.NoSender);
}
