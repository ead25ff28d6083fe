using System.Globalization;

namespace JoChat.Load.Torture;

/// <summary>The server over all its lives: one port, one database.</summary>
/// <param name="folder">Where the database lies, on a disk.</param>
/// <param name="isDurable">Whether the server's commits are what they claim; else only every so-manieth is.</param>
/// <param name="counts">What happens to it.</param>
internal sealed class TorturedServer(string folder, bool isDurable, Counts counts) : IAsyncDisposable
{
    private const int CommitsAtOnce = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2); // for a loaded machine; never a measure
    private readonly string _smallFolder = Path.Combine(folder, "small");
    private ServerProcess? _process;
    private SmallDisk? _small;
    private bool _mayMount = true;

    public int Port { get; } = FreePort.Find();

    /// <summary>The life that it lives now, or the last one.</summary>
    public CurrentLife Life { get; private set; } = new(0, MayRefuseWrites: false, MayRefuseReads: false);

    /// <summary>Whether the full disk had to be left out because mounting is not allowed.</summary>
    public bool IsWithoutSmallDisk => !_mayMount;

    /// <summary>Lives one life to its end, by kill -9.</summary>
    public async Task LiveAsync(ServerLife life, CancellationToken cancellation)
    {
        await BeginAsync(life);
        if (life.DyingAtBirth)
        {
            await Task.WhenAny(_process!.Listens, Task.Delay(life.Lasts, cancellation));
            if (!_process.Listens.IsCompleted) { counts.Add(Count.KillAtBirth); }
        }
        else
        {
            await ListensAsync(cancellation);
            await SufferAsync(life, cancellation);
        }
        await KillAsync();
    }

    /// <summary>Starts a life in which nothing is wrong, and which goes on.</summary>
    public async Task StayAsync(CancellationToken cancellation)
    {
        await BeginAsync(ServerLife.Calm);
        await ListensAsync(cancellation);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        _process.Dispose();
        counts.Add(Count.Kill);
        if (_small is null) { return; }
        _small.Clear();
        Database.Move(_smallFolder, folder);
        await _small.DisposeAsync();
        _small = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasEnded: false }) { await _process.KillAsync(); }
        _process?.Dispose();
        if (_small is not null) { await _small.DisposeAsync(); }
    }

    private async Task BeginAsync(ServerLife life)
    {
        var place = folder;
        if (life.Disk == DiskFault.FullDisk && _mayMount)
        {
            _small = await SmallDisk.MountAsync(_smallFolder, Database.Size(folder));
            _mayMount = _small is not null;
            if (_small is not null) { Database.Move(folder, place = _smallFolder); }
        }
        Life = new CurrentLife(Life.Number + 1, life.MayRefuseWrites, life.MayRefuseReads);
        _process = new ServerProcess(Arguments(life, place), counts);
    }

    private string[] Arguments(ServerLife life, string place)
    {
        string[] gateway =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--http-port", "0",
            "--db", Path.Combine(place, Database.Name),
            "--set", "jochat.accounts.password-iterations=1",
            "--set", FormattableString.Invariant($"jochat.session.window-messages={life.WindowMessages}"),
        ];
        // The accounts and the end are sound in every run: what is to be seen is what the lives between do.
        var isSound = isDurable || life == ServerLife.Calm;
        if (isSound && life.Disk != DiskFault.FailingCalls) { return ["jochat-gateway.dll", .. gateway]; }
        var failing = life.Disk == DiskFault.FailingCalls ? life.FailingCalls : FailingCalls.None;
        var commits = (isSound ? 1 : CommitsAtOnce).ToString(CultureInfo.InvariantCulture);
        return ["jochat-load.dll", "faulty-gateway", failing.ToString(), commits, "--", .. gateway];
    }

    private async Task ListensAsync(CancellationToken cancellation)
    {
        if (!await _process!.Listens.WaitAsync(Patience, cancellation))
        {
            throw new LoadFailedException($"the server did not start: {_process.Errors}");
        }
        counts.Add(Count.Start);
    }

    private async Task SufferAsync(ServerLife life, CancellationToken cancellation)
    {
        await LastAsync(life.Lasts * life.FullFrom, cancellation);
        // Where a small disk cannot be mounted, its turn is the limit's.
        var isLimited = life.Disk == DiskFault.FileSizeLimit || (life.Disk == DiskFault.FullDisk && _small is null);
        if (isLimited && FileSizeLimit.Set(_process!.Id, isOn: true))
        {
            counts.Add(Count.SizeLimitPeriod);
        }
        if (_small is not null)
        {
            _small.Fill();
            counts.Add(Count.FullDiskPeriod);
        }
        await LastAsync(life.Lasts * Math.Min(life.FullFor, 1 - life.FullFrom), cancellation);
        if (life.FullFrom + life.FullFor >= 1) { return; } // killed while nothing can be written
        if (isLimited) { FileSizeLimit.Set(_process!.Id, isOn: false); }
        _small?.Clear();
        await LastAsync(life.Lasts * (1 - life.FullFrom - life.FullFor), cancellation);
    }

    // It must not end by itself, whatever is done to its disk.
    private async Task LastAsync(TimeSpan time, CancellationToken cancellation)
    {
        await Task.Delay(time, cancellation);
        if (_process!.HasEnded) { throw new LoadFailedException($"the server ended by itself: {_process.Errors}"); }
    }
}
