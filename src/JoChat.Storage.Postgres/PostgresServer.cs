using Npgsql;

namespace JoChat.Storage.Postgres;

/// <summary>How to reach a database, and what is asked of it.</summary>
internal sealed class PostgresServer : IDisposable
{
    // Older ones lack client_connection_check_interval.
    private const int OldestVersion = 14;

    private const int MaxTimeout = 10; // seconds, to connect

    private readonly NpgsqlDataSource _source;

    /// <param name="connectionString">As Npgsql takes it.</param>
    /// <param name="callTimeout">A call that takes longer loses its connection: the server may be gone without a word.
    /// </param>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public PostgresServer(string connectionString, TimeSpan callTimeout)
    {
        NpgsqlDataSourceBuilder builder;
        try
        {
            builder = new NpgsqlDataSourceBuilder(connectionString);
            builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false)); // none but PostgreSQL's own
            Complete(builder.ConnectionStringBuilder, callTimeout);
            _source = builder.Build();
        }
        catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or NotSupportedException)
        {
            throw new FormatException(fault.Message, fault);
        }
        var (host, port) = (builder.ConnectionStringBuilder.Host, builder.ConnectionStringBuilder.Port);
        var database = builder.ConnectionStringBuilder.Database ?? builder.ConnectionStringBuilder.Username;
        Name = FormattableString.Invariant($"PostgreSQL database {database} at {host}:{port}");
    }

    /// <summary>What to call the database.</summary>
    public string Name { get; }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="NpgsqlException">It cannot be opened.</exception>
    /// <exception cref="StorageException">It cannot be opened.</exception>
    public NpgsqlConnection Connect()
    {
        try
        {
            return _source.OpenConnection();
        }
        catch (Exception fault) when (fault is not NpgsqlException)
        {
            // Npgsql lets through what a file with a certificate, or a value that it has not checked before, throws.
            throw new StorageException($"cannot connect to {Name}: {fault.Message}", isTransient: false, fault);
        }
    }

    /// <summary>Opens the writer's connection, and refuses a server on which a commit would not be durable.</summary>
    /// <exception cref="NpgsqlException">It cannot be opened.</exception>
    /// <exception cref="StorageException">The server cannot do what is asked of it.</exception>
    public NpgsqlConnection ConnectWriter()
    {
        var connection = Connect();
        try
        {
            if (FindFault(connection) is { } fault)
            {
                throw new StorageException($"cannot open {Name}: {fault}", isTransient: false);
            }
            // A writer that has gone must not hold its lock for long: see it die, and let nobody wait for what it began.
            connection.Execute("""
                SET client_connection_check_interval = '1s';
                SET idle_in_transaction_session_timeout = '10s';
                SET tcp_keepalives_idle = 10;
                SET tcp_keepalives_interval = 5;
                SET tcp_keepalives_count = 3;
                SET default_transaction_isolation = 'read committed';
                SET statement_timeout = 0;
                SET lock_timeout = 0
                """);
            // Stronger settings of the operator's stay: remote_apply waits for a standby too. It is set also if it is so
            // already, or a reload of the server's settings would change it.
            connection.Execute("""
                SELECT set_config(
                  'synchronous_commit', CASE WHEN setting IN ('off', 'local') THEN 'on' ELSE setting END, false)
                FROM current_setting('synchronous_commit') AS setting
                """);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static void Complete(NpgsqlConnectionStringBuilder builder, TimeSpan callTimeout)
    {
        if (string.IsNullOrEmpty(builder.Host)) { throw new ArgumentException("Host is missing"); }
        builder.ApplicationName ??= "jochat-gateway";
        builder.MaxAutoPrepare = 200;
        builder.AutoPrepareMinUsages = 2;
        builder.NoResetOnClose = true; // no session is shared with others
        builder.CommandTimeout = (int)Math.Max(callTimeout.TotalSeconds, 1);
        // What is timed out loses its connection at once: a wait for a standby that is cancelled would look like success.
        builder.CancellationTimeout = -1;
        builder.Timeout = builder.Timeout is 0 ? MaxTimeout : Math.Min(builder.Timeout, MaxTimeout); // 0 is no end
        (builder.Encoding, builder.ClientEncoding) = ("UTF8", "UTF8"); // whatever PGCLIENTENCODING says
        builder.Multiplexing = false; // the right to write belongs to one connection
        if (builder.Host.Contains(',', StringComparison.Ordinal)) { builder.TargetSessionAttributes ??= "read-write"; }
    }

    private static string? FindFault(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < OldestVersion)
        {
            return $"PostgreSQL {connection.PostgreSqlVersion.Major} is too old; {OldestVersion} is needed";
        }
        if (Show(connection, "server_encoding") is var encoding and not "UTF8")
        {
            return $"its encoding is {encoding}; make one with createdb --encoding=UTF8 --template=template0";
        }
        if (Show(connection, "fsync") != "on")
        {
            return "the server has fsync = off and would lose messages at a power failure; set fsync = on";
        }
        return (bool)connection.ReadScalar("SELECT pg_is_in_recovery()")!
            ? "the server is a standby; name the primary" : null;
    }

    private static string Show(NpgsqlConnection connection, string setting) =>
        (string)connection.ReadScalar("SELECT current_setting($1)", setting)!;
}
