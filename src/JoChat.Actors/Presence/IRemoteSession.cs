namespace JoChat.Actors;

/// <summary>A session in another process. A death watch on each would be too much for the connection between them, so nobody
/// watches it: <see cref="SessionGone"/> tells of its end.</summary>
internal interface IRemoteSession : IActorRef;
