using System.Diagnostics;
using System.Net.Sockets;

namespace JoChat.Gateway.Tests;

/// <summary>What may be in the place of the admin socket when a server starts.</summary>
public sealed class AdminSocketTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Place => _folder.File("admin");

    public void Dispose() => _folder.Dispose();

    [LinuxFact("mkfifo")]
    public async Task A_FIFO_is_refused_at_once_and_stays()
    {
        using (var made = Process.Start("mkfifo", [Place])) { await made.WaitForExitAsync(); }

        await RefuseAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("mine")]
    public async Task A_file_is_refused_and_stays_also_if_a_program_has_it_alone(string text)
    {
        await File.WriteAllTextAsync(Place, text);
        await RefuseAsync();

        using var alone = new FileStream(Place, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        await RefuseAsync();
    }

    [LinuxFact]
    public void A_socket_that_was_left_is_replaced()
    {
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(Place));
            File.Move(Place, Place + ".left"); // with a socket goes its file
        }
        File.Move(Place + ".left", Place);

        AdminSocket.Bind(Place).Dispose();
    }

    // On a thread of its own: it may hang.
    private async Task RefuseAsync()
    {
        var refused = await Assert.ThrowsAsync<IOException>(() => Task.Run(() => AdminSocket.Bind(Place)).OrFail());

        Assert.StartsWith($"cannot make the admin socket {Place}: a file is there", refused.Message, StringComparison.Ordinal);
        Assert.True(File.Exists(Place));
    }
}
