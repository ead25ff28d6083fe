using System.IO.Pipelines;

namespace JoChat.Gateway.Tests;

/// <summary>The two directions of a connection.</summary>
internal sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
