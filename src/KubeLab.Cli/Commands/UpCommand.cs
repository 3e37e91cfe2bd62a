using System.CommandLine;
using System.Net;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab up</c>: serves the lab's page and its notebooks until Ctrl+C.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var port = PortOption();
        var host = new Option<string>("--host")
        {
            Description = "The address to listen on. Anything but 127.0.0.1 lets other machines in; they need the token.",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        var noOpen = NoOpenOption();
        var folder = new Option<DirectoryInfo?>("--folder") { Description = "The folder whose notebooks are served. Default: the lab's." };
        var command = new Command("up", "Serves the lab's page and notebooks, also to VS Code and Jupyter, until Ctrl+C.") { port, host, noOpen, folder };
        command.SetAction((parsed, _) =>
        {
            var text = parsed.GetValue(host)!;
            var address = text == "localhost" ? IPAddress.Loopback
                : IPAddress.TryParse(text, out var read) ? read
                : throw new UsageException($"--host takes an address such as 127.0.0.1 or 0.0.0.0, not '{text}'.");
            var place = parsed.GetValue(folder)?.FullName ?? LabFolder.Find().Root;
            return Directory.Exists(place)
                ? UpRun.RunAsync(place, address, parsed.GetValue(port), !parsed.GetValue(noOpen))
                : throw new UsageException($"There is no folder {place}.");
        });
        return command;
    }

    internal static Option<int> PortOption()
    {
        var port = new Option<int>("--port") { Description = "The port; 0 takes a free one.", DefaultValueFactory = _ => UpRun.UsualPort };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 65535)
            {
                result.AddError("--port takes a whole number from 0 to 65535.");
            }
        });
        return port;
    }

    internal static Option<bool> NoOpenOption() => new("--no-open") { Description = "Does not open the browser." };
}
