using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeLab.Client.Connecting;

/// <summary>
/// A program that hands out credentials, such as <c>gke-gcloud-auth-plugin</c>; it is run when there are none or they have expired.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins">
/// Credential plugins
/// </seealso>
internal sealed class ExecPlugin(KubeconfigEntry exec, KubeconfigEntry cluster)
{
    private ExecCredential? last;

    /// <summary>Valid credentials.</summary>
    /// <exception cref="KubeconfigException">The program cannot be run, fails, or answers something else.</exception>
    public ExecCredential Read()
    {
        if (last is null || last.Expires <= TimeProvider.System.GetUtcNow())
        {
            last = Parse(Run());
        }

        return last;
    }

    /// <summary>Forgets the credentials, because the server does not believe them.</summary>
    public void Forget() => last = null;

    private string Run()
    {
        var command = exec.Text("command") ?? throw exec.Wrong("command", "is not set");
        var start = new ProcessStartInfo(command.Contains('/', StringComparison.Ordinal) ? exec.PathOf(command) : command)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var argument in exec.List("args"))
        {
            start.ArgumentList.Add(argument.GetValue<string>());
        }

        foreach (var variable in exec.List("env").OfType<JsonObject>())
        {
            start.Environment[(string?)variable["name"] ?? ""] = (string?)variable["value"] ?? "";
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = Info();
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0
                ? output
                : throw exec.Wrong("command", $"{command} failed with exit code {process.ExitCode}");
        }
        catch (Win32Exception e)
        {
            var hint = exec.Text("installHint") is { } text ? $"\n{text}" : "";
            throw exec.Wrong("command", $"{command} cannot be run: {e.Message}{hint}", e);
        }
    }

    private string Info()
    {
        var info = new JsonObject
        {
            ["apiVersion"] = exec.Text("apiVersion") ?? throw exec.Wrong("apiVersion", "is not set"),
            ["kind"] = "ExecCredential",
            ["spec"] = new JsonObject { ["interactive"] = false },
        };
        if (exec.Is("provideClusterInfo"))
        {
            info["spec"]!["cluster"] = new JsonObject
            {
                ["server"] = cluster.Text("server"),
                ["certificate-authority-data"] = cluster.Bytes("certificate-authority") is { } pem ? Convert.ToBase64String(pem) : null,
            };
        }

        return info.ToJsonString();
    }

    private ExecCredential Parse(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            var status = document.RootElement.GetProperty("status");
            return new ExecCredential(
                Text(status, "token"),
                Text(status, "clientCertificateData"),
                Text(status, "clientKeyData"),
                Text(status, "expirationTimestamp") is { } time ? DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture) : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw exec.Wrong("command", $"did not answer with an ExecCredential: {e.Message}", e);
        }
    }

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>What a plugin hands out.</summary>
/// <param name="Token">A bearer token, or null.</param>
/// <param name="CertificatePem">A certificate, or null.</param>
/// <param name="KeyPem">Its key, or null.</param>
/// <param name="Expires">When it must be asked again; null is never.</param>
internal sealed record ExecCredential(string? Token, string? CertificatePem, string? KeyPem, DateTimeOffset? Expires);
