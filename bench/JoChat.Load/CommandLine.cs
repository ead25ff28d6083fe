using System.CommandLine;

namespace JoChat.Load;

/// <summary>The program's commands. Each is in a file of <c>Commands</c>, with its options and their bounds.</summary>
internal static class CommandLine
{
    /// <summary>Makes the program's command.</summary>
    public static RootCommand Create()
    {
        var common = new CommonOptions();
        return new RootCommand(
            """
            Loads a real gateway process over loopback, and measures the floors under it in the same run.
            Exit status: 0 measured, 1 a message was lost, doubled, disordered or refused, or a client was cut off,
            2 wrong usage.
            """)
        {
            ThroughputCommand.Create(common),
            AwayCommand.Create(common),
            IdleCommand.Create(common),
            FailOverCommand.Create(common),
            StormCommand.Create(common),
            StalledCommand.Create(common),
            LargeCommand.Create(common),
            BackupCommand.Create(common),
            LoginsCommand.Create(common),
            AttackCommand.Create(common),
            AttackCommand.CreateAttackers(),
            new TortureCommand(common).Create(),
            TortureCommand.CreateGateway(),
            Echo(),
        };
    }

    private static Command Echo()
    {
        var command = new Command("echo-server", "The server of the echo floor") { Hidden = true };
        command.SetAction((_, cancellation) => EchoServer.RunAsync(cancellation));
        return command;
    }
}
