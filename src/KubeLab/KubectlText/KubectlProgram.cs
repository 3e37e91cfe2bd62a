using System.Text.Json;
using KubeLab.Api.Yaml;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText;

/// <summary>kubectl as a notebook uses it: a line in, and out what kubectl 1.33 prints.</summary>
/// <remarks>A client like any other: it sends HTTP paths to the API and lays out what comes back; the server prints the tables.</remarks>
internal sealed class KubectlProgram(IKubectlHost host)
{
    private readonly Discovery discovery = new(new(host, _ => { }));

    /// <summary>Runs a line; a leading <c>kubectl</c> is accepted.</summary>
    /// <param name="line">The line as a shell would get it.</param>
    /// <param name="stdin">What <c>-f -</c> reads.</param>
    public KubectlOutput Run(string line, string? stdin)
    {
        var terminal = new Terminal();
        try
        {
            var words = ShellWords.Split(line);
            if (words is ["kubectl", ..])
            {
                words.RemoveAt(0);
            }

            var (command, rest) = CommandTree.Find(words);
            if (command is RefusedCommand refused)
            {
                return (refused.MayBeInstalled ? host.RunInstalled(line, stdin) : null) ?? throw refused.Refusal();
            }

            var arguments = Arguments.Parse(command.Flags, $"kubectl {command.Name}".TrimEnd(), rest);
            if (arguments.Bool("help"))
            {
                terminal.Out(HelpText.Of(command));
                return terminal.Result(0);
            }

            var session = new Session(host, discovery, terminal, new(host, terminal.Error, DisguiseOf(host, arguments)), arguments, stdin);
            Run(command, session, arguments);
            return End(terminal, session.Failures);
        }
        catch (Exception failure) when (failure is Failure or StatusException)
        {
            return End(terminal, [failure]);
        }
    }

    private static Disguise? DisguiseOf(IKubectlHost host, Arguments arguments)
    {
        var (user, groups, uid) = (arguments.Text("as"), arguments.List("as-group"), arguments.Text("as-uid"));
        if (user.Length == 0 && (groups.Count > 0 || uid.Length > 0))
        {
            throw Failure.Error($"requesting uid, groups or user-extra for {host.Context} without impersonating a user");
        }

        return user.Length == 0 ? null : new(user, groups, uid);
    }

    private static void Run(Command command, Session session, Arguments arguments)
    {
        try
        {
            command.Run(session, arguments);
        }
        catch (Exception failure) when (failure is Failure or StatusException && session.Failures.Count > 0)
        {
            session.Fail(failure);
        }
        catch (YamlSyntaxException wrong)
        {
            throw Failure.Error(wrong.Message);
        }
        catch (JsonException wrong)
        {
            throw Failure.Error($"the answer of the server is not JSON: {wrong.Message}");
        }
    }

    private static KubectlOutput End(Terminal terminal, IReadOnlyList<Exception> failures)
    {
        if (failures.Count > 0)
        {
            terminal.Error(ErrorText.Of(failures));
        }

        return terminal.Result(failures.Count == 0 ? 0 : failures.OfType<Failure>().FirstOrDefault()?.ExitCode ?? 1);
    }
}
