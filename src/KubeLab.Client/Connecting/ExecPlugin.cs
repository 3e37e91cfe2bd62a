using System.ComponentModel;
using System.Diagnostics;

namespace KubeLab.Client.Connecting;

/// <summary>
/// A program that hands out credentials, such as <c>gke-gcloud-auth-plugin</c>; it is run when there are none or they have expired.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">
/// Credential plugins
/// </seealso>
internal sealed class ExecPlugin(KubeconfigEntry exec, KubeconfigEntry cluster, TimeProvider time)
{
    /// <summary>How long the program may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private const string NotInstalled =
        "\n\nIt looks like you are trying to use a client-go credential plugin that is not installed.\n\n"
        + "To learn more about this feature, consult the documentation available at:\n"
        + "      https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins";

    private readonly ExecSettings settings = ExecSettings.Of(exec);
    private readonly Lock running = new();
    private ExecCredential? last;

    /// <summary>Valid credentials; those from the last run while they have not expired.</summary>
    /// <exception cref="KubeconfigException">The program cannot be run, fails, or answers something else.</exception>
    public ExecCredential Read()
    {
        lock (running)
        {
            if (last is null || last.Expires < time.GetUtcNow())
            {
                last = Parse(Run());
            }

            return last;
        }
    }

    /// <summary>The server does not believe <paramref name="used"/>: they are forgotten, unless newer ones have come meanwhile.</summary>
    public void Forget(ExecCredential used)
    {
        lock (running)
        {
            if (ReferenceEquals(last, used))
            {
                last = null;
            }
        }
    }

    private ExecCredential Parse(string output)
    {
        try
        {
            return ExecCredential.Parse(output, settings.ApiVersion);
        }
        catch (FormatException e)
        {
            throw Wrong(e.Message);
        }
    }

    private string Run()
    {
        if (settings.IsAlwaysInteractive)
        {
            throw Wrong("exec plugin cannot support interactive mode: a notebook has no terminal; use interactiveMode IfAvailable or Never");
        }

        try
        {
            using var process = Process.Start(Start())!;

            // What the program tells the user goes to the user, as with kubectl; it never becomes part of an error.
            process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
            process.BeginErrorReadLine();
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Limit))
            {
                process.Kill(entireProcessTree: true);
                throw Wrong($"exec: executable {settings.Command} did not end within {Limit.TotalSeconds} s");
            }

            return process.ExitCode == 0
                ? output.GetAwaiter().GetResult()
                : throw Wrong($"exec: executable {settings.Command} failed with exit code {process.ExitCode}");
        }
        catch (Win32Exception e)
        {
            throw Wrong(e.NativeErrorCode == NoSuchFile
                ? $"exec: executable {settings.Command} not found{NotInstalled}{(settings.InstallHint is { } hint ? $"\n\n{hint.TrimEnd()}" : "")}"
                : $"exec: executable {settings.Command} cannot be run: {e.Message}");
        }
    }

    private const int NoSuchFile = 2;

    private ProcessStartInfo Start()
    {
        var start = new ProcessStartInfo(settings.Command, settings.Arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in settings.Variables)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = ExecInfo.Of(settings.ApiVersion, settings.WantsCluster ? cluster : null);
        return start;
    }

    private KubeconfigException Wrong(string problem) => exec.Wrong("", $"getting credentials: {problem}");
}
