using System.CommandLine;
using System.CommandLine.Parsing;
using JoChat.Storage;

namespace JoChat.Gateway;

/// <summary>The process: its command line, and the command that is run by it.</summary>
internal static class GatewayProcess
{
    // No response files: an argument that begins with "@" never names a file to read.
    internal static readonly ParserConfiguration Parsing = new()
    {
        ResponseFileTokenReplacer = null,
        EnablePosixBundling = false,
    };

    /// <summary>Runs what is asked for.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="openStore">Opens the store that is configured, for <see cref="ServeCommand"/>.</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string[] arguments, Func<StorageSettings, IChatStore> openStore)
    {
        var command = new CommandLine().Create(source => ServeCommand.RunAsync(source, openStore));
        var parsed = command.Parse(arguments, Parsing);
        // It would be passed over silently.
        if (parsed.Tokens.FirstOrDefault(token => token.Type == TokenType.Directive) is { } directive)
        {
            return Fail(2, [$"there is no argument {directive.Value}; see --help"]);
        }
        // It stands for bytes that were no text: another file would be opened than the one that was named.
        if (Array.Exists(arguments, argument => argument.Contains('\uFFFD')))
        {
            return Fail(2, ["an argument is not valid UTF-8, or holds U+FFFD"]);
        }
        if (parsed.Errors.Count > 0) { return Fail(2, parsed.Errors.Select(error => error.Message)); }
        // Ctrl-C and SIGTERM belong to the host, which stops in order.
        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (Exception fault) when (fault is FormatException or InvalidDataException or FileNotFoundException)
        {
            // The settings could not be read; inside is where.
            return Fail(2, [(fault.InnerException ?? fault).Message]);
        }
    }

    /// <summary>Tells faults on stderr.</summary>
    /// <returns>The exit status.</returns>
    internal static int Fail(int status, IEnumerable<string> faults)
    {
        foreach (var fault in faults) { Console.Error.WriteLine($"jochat-gateway: {fault}"); }
        return status;
    }
}
