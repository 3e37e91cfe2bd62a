using System.Net;
using KubeLab.Http.Live;
using KubeLab.Notebook.Server;

namespace KubeLab.Cli;

/// <summary>The life of <c>lab up</c>.</summary>
internal static class UpRun
{
    /// <summary>The port that Jupyter uses too, and people know.</summary>
    public const int UsualPort = 8888;

    private const int PortsTried = 20;

    public static Task<int> RunAsync(string folder, IPAddress address, int port, bool opens) =>
        RunAsync(folder, address, port, server => Greeting(server, folder), opens ? server => server.Url.AbsoluteUri : null);

    /// <summary>Serves until Ctrl+C; <paramref name="greeting"/> is printed once the server is up, and <paramref name="opens"/> says what the browser opens, if it does.</summary>
    public static async Task<int> RunAsync(string folder, IPAddress address, int port, Func<NotebookServer, string> greeting, Func<NotebookServer, string>? opens)
    {
        using var signals = new StopSignals();
        var kubeconfig = KubeconfigOf(folder);

        // A lab that was killed has left clusters there that are gone; another one that runs beside this has not.
        Tidy(kubeconfig, () => LiveClusters.ForgetEnded(kubeconfig));
        await using var server = await StartAsync(new NotebookServerOptions
        {
            Folder = folder,
            Address = address,
            Port = port,
            KernelCommand = OwnProgram.CommandLine("kernel", "--kubeconfig", kubeconfig),
            KernelEnded = process => Tidy(kubeconfig, () => LiveClusters.Forget(kubeconfig, process)),
            Log = Console.Error.WriteLine,
        });
        Console.WriteLine(greeting(server));
        if (!IPAddress.IsLoopback(address))
        {
            Console.WriteLine("Other machines can reach it, over a connection that is not encrypted.");
        }

        if (opens is not null)
        {
            Browser.Open(opens(server));
        }

        await Task.Delay(Timeout.Infinite, signals.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await server.StopAsync(CancellationToken.None);

        // Kernels that were told to end take a moment; what is left after it belongs to another lab.
        for (var i = 0; i < 20 && File.Exists(kubeconfig); i++)
        {
            Tidy(kubeconfig, () => LiveClusters.ForgetEnded(kubeconfig));
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return 0;
    }

    private static string Greeting(NotebookServer server, string folder) => $"""
        The lab is up, with the notebooks of {LabFolder.Shown(folder)}

          in the browser   {server.Url}
          in VS Code       Jupyter extension, Select Kernel, Existing Jupyter Server, and paste the same address
          in Jupyter       JUPYTER_GATEWAY_AUTH_TOKEN={server.Token} jupyter notebook --gateway-url {server.Address.GetLeftPart(UriPartial.Authority)}
          with kubectl     export KUBECONFIG={KubeconfigOf(folder)}   (context kubelab-03-cluster: the simulated cluster that the variable cluster of lesson 03 holds; the one opened last is current)

        Whoever has the token can run programs as you. Ctrl+C ends the lab; notebooks are saved as you work.
        """;

    private static void Tidy(string kubeconfig, Action tidy)
    {
        try
        {
            tidy();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"{kubeconfig} names clusters that are gone: {error.Message}");
        }
    }

    private static string KubeconfigOf(string folder) => Path.Combine(folder, ".kubelab", "kubeconfig");

    /// <summary>When the usual port is taken, by another lab or by Jupyter, one of the next will do; a port that was asked for is not changed.</summary>
    private static async Task<NotebookServer> StartAsync(NotebookServerOptions options)
    {
        for (var port = options.Port; ; port++)
        {
            try
            {
                return await NotebookServer.StartAsync(options with { Port = port }, CancellationToken.None);
            }
            catch (IOException error) when (options.Port != UsualPort || port == UsualPort + PortsTried)
            {
                throw new UsageException($"Port {port} cannot be used: {error.Message}. Give another one with --port, or 0 for any.");
            }
            catch (IOException)
            {
                // Taken: try the next.
            }
        }
    }
}
