using System.Globalization;
using System.Net;
using JoChat.Testing;

namespace JoChat.Load.Torture;

/// <summary>The server, killed and started again with the same port and database.</summary>
/// <param name="folder">Where the database lies, on a disk.</param>
/// <param name="postgres">Where messages are kept instead; null: in that folder.</param>
/// <param name="isDurable">Whether every commit is done; else only every n-th is, and the others only claim to
/// be.</param>
/// <param name="counts">Counts what is done to it.</param>
/// <param name="noteFault">Is told what it did that it must not.</param>
internal sealed class TorturedServer(
    string folder, PostgresUnderTorture? postgres, bool isDurable, Counts counts, Action<string> noteFault)
    : IServerUnderTorture
{
    private const int CommitsAtOnce = 50;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2); // for a loaded machine; never a measure
    private readonly int _port = FreePort.Find();
    private readonly string _smallFolder = Path.Combine(folder, "small");
    private ServerProcess? _process;
    private SmallDisk? _small;
    private bool _mayMount = true;

    public CurrentLife Life { get; private set; } = new(0);

    public IReadOnlyList<string> LeftOut => _mayMount ? [] : ["full disk: mounting is not allowed here"];

    public IPEndPoint PickAddress(Random random) => new(IPAddress.Loopback, _port);

    public Task StartAsync(CancellationToken cancellation) => StartHealthyAsync(cancellation);

    public Task HealAsync(CancellationToken cancellation) => StartHealthyAsync(cancellation);

    public void Judge() { } // it was watched

    // One life, which ends by kill -9.
    public async Task HarmAsync(int round, Random random, CancellationToken cancellation)
    {
        if (_process is not null) { await KillAsync(); }
        var life = ServerLife.Next(round, random, postgres is not null);
        await StartAsync(life);
        if (life.KilledWhileStarting)
        {
            await Task.WhenAny(_process!.Listening, Task.Delay(life.Duration, cancellation));
            if (!_process.Listening.IsCompleted) { counts.Add(Count.KillAtBirth); }
        }
        else
        {
            await AwaitListeningAsync(cancellation);
            await ApplyStorageFaultAsync(life, cancellation);
            // Whatever is done to its disk, it must not end by itself.
            if (_process!.Process.HasExited) { noteFault($"the server ended by itself: {_process.Errors}"); }
        }
        await KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) { await _process.DisposeAsync(); }
        if (_small is not null) { await _small.DisposeAsync(); }
        postgres?.Dispose();
    }

    private async Task StartHealthyAsync(CancellationToken cancellation)
    {
        await StartAsync(ServerLife.Calm);
        await AwaitListeningAsync(cancellation);
    }

    private async Task KillAsync()
    {
        await _process!.KillAsync();
        await _process.DisposeAsync();
        _process = null;
        counts.Add(Count.Kill);
        if (_small is null) { return; }
        _small.Clear();
        Database.Move(_smallFolder, folder);
        await _small.DisposeAsync();
        _small = null;
    }

    private async Task StartAsync(ServerLife life)
    {
        var place = folder;
        if (life.Storage == StorageFault.FullDisk && _mayMount)
        {
            _small = await SmallDisk.MountAsync(_smallFolder, Database.Size(folder));
            _mayMount = _small is not null;
            if (_small is not null) { Database.Move(folder, place = _smallFolder); }
        }
        Life = new CurrentLife(Life.Number + 1)
        {
            MayRefuseWrites = life.MayRefuseWrites,
            MayRefuseReads = life.MayRefuseReads,
            MayStoreRefused = life.MayStoreRefused,
        };
        var program = Program(life, place);
        _process = ServerProcess.Start(program[0], program[1..], line =>
        {
            if (line == FaultyStore.FaultLine) { counts.Add(Count.StoreFault); }
        });
    }

    private string[] Program(ServerLife life, string place)
    {
        string[] gateway =
        [
            "--port", _port.ToString(CultureInfo.InvariantCulture), "--http-port", "0",
            "--db", Path.Combine(place, Database.Name), .. postgres?.Settings ?? [],
            .. TorturedSettings.Arguments,
            "--set", FormattableString.Invariant($"jochat.session.window-messages={life.WindowMessages}"),
        ];
        // The first and the last life are sound in every run: only those between are tested.
        var isSound = isDurable || life == ServerLife.Calm;
        if (isSound && life.Storage != StorageFault.FailingCalls) { return ["jochat-gateway.dll", .. gateway]; }
        var failing = life.Storage == StorageFault.FailingCalls ? life.FailingCalls : FailingCalls.None;
        var commits = (isSound ? 1 : CommitsAtOnce).ToString(CultureInfo.InvariantCulture);
        return ["jochat-load.dll", "faulty-gateway", failing.ToString(), commits, "--", .. gateway];
    }

    private async Task AwaitListeningAsync(CancellationToken cancellation)
    {
        await _process!.ListenAsync(Timeout, cancellation);
        counts.Add(Count.Start);
    }

    private async Task ApplyStorageFaultAsync(ServerLife life, CancellationToken cancellation)
    {
        await Task.Delay(life.Duration * life.FaultFrom, cancellation);
        using var database = postgres?.Begin(life.Storage, counts);
        // Where a small disk cannot be mounted, the size limit stands in for it.
        var isLimited = life.Storage == StorageFault.FileSizeLimit || (life.Storage == StorageFault.FullDisk && _small is null);
        if (isLimited && FileSizeLimit.Set(_process!.Process.Id, isOn: true))
        {
            counts.Add(Count.SizeLimitPeriod);
        }
        if (_small is not null)
        {
            _small.Fill();
            counts.Add(Count.FullDiskPeriod);
        }
        await Task.Delay(life.Duration * Math.Min(life.FaultFor, 1 - life.FaultFrom), cancellation);
        if (life.FaultFrom + life.FaultFor >= 1) { return; } // killed while nothing can be written
        if (isLimited) { FileSizeLimit.Set(_process!.Process.Id, isOn: false); }
        _small?.Clear();
        database?.Dispose();
        await Task.Delay(life.Duration * (1 - life.FaultFrom - life.FaultFor), cancellation);
    }
}
