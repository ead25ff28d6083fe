using JoChat.Actors;
using JoChat.Cluster;

namespace JoChat.Gateway;

/// <summary>A node of a cluster.</summary>
/// <param name="node">The node, started.</param>
/// <param name="settings">What it is.</param>
internal sealed class MemberNode(ClusterNode node, ClusterSettings settings) : INode
{
    /// <summary>The exit status of a node that can be a part of its cluster no longer: EX_TEMPFAIL of sysexits.h. Who
    /// supervises it starts it again.</summary>
    public const int LeftStatus = 75;

    private static readonly TimeSpan CauseIsTold = TimeSpan.FromSeconds(1);

    public ChatService? Chat => node.Chat;

    public Administration? Administration => node.Administration;

    public string Place => $"messages are kept by the cluster of {settings.SeedNodes}";

    public Task Ended { get; } = node.Chat is { } chat ? Task.WhenAny(node.Lost, chat.Stopped) : node.Lost;

    public async Task<(int Status, string? Fault)> StopAsync()
    {
        if (!Ended.IsCompleted)
        {
            return await node.StopAsync() ? (0, null) : (1, "the node did not finish in time; left as by a kill");
        }
        // Sessions end too when the cluster ends: which was first need not be told first.
        await Task.WhenAny(node.Lost, Task.Delay(CauseIsTold));
        var result = node.Lost.IsCompletedSuccessfully
            ? (LeftStatus, await node.Lost)
            : (1, "the chat service failed; see the log above");
        await node.StopAsync();
        return result;
    }
}
