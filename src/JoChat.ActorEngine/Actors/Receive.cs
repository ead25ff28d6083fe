#nullable disable annotations
namespace JoChat.ActorEngine;

/// <summary>A behaviour that says whether it handled the message.</summary>
/// <param name="message">What was told to the actor.</param>
/// <returns>False leaves the message unhandled.</returns>
public delegate bool Receive(object message);

/// <summary>A behaviour that decides by itself what is unhandled.</summary>
/// <param name="message">What was told to the actor.</param>
public delegate void UntypedReceive(object message);
