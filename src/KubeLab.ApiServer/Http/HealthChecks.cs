using System.Text;

namespace KubeLab.ApiServer.Http;

/// <summary><c>/livez</c>, <c>/readyz</c> and <c>/healthz</c>: what the server checks of itself, and how it says so.</summary>
/// <remarks>Upstream: k8s.io/apiserver/pkg/server/healthz. Only what is really looked at is listed.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/health-checks/">Kubernetes API health endpoints</seealso>
internal sealed class HealthChecks(ApiServer server, Func<bool> isStopping)
{
    /// <summary>Answers the path <paramref name="parts"/>, which begins with one of the three names.</summary>
    public ApiResponse Answer(string[] parts, string query)
    {
        var checks = Of(parts[0]);
        if (parts.Length > 1)
        {
            return checks.FirstOrDefault(c => c.Name == string.Join('/', parts[1..])) is { Name: not null } one ? Single(one) : HttpFront.NoSuchPath();
        }

        var excluded = Excluded(query);
        var lines = new StringBuilder();
        var failed = false;
        foreach (var (name, holds) in checks)
        {
            if (excluded.Remove(name))
            {
                lines.Append("[+]").Append(name).Append(" excluded: ok\n");
                continue;
            }

            var good = holds();
            failed |= !good;
            lines.Append(good ? $"[+]{name} ok\n" : $"[-]{name} failed: reason withheld\n");
        }

        if (excluded.Count > 0)
        {
            lines.Append("warn: some health checks cannot be excluded: no matches for ").AppendJoin(", ", excluded.Order(StringComparer.Ordinal).Select(e => $"\"{e}\"")).Append('\n');
        }

        if (failed)
        {
            return Text(500, $"{lines}{parts[0]} check failed\n");
        }

        return Text(200, IsVerbose(query) ? $"{lines}{parts[0]} check passed\n" : "ok");
    }

    private List<(string Name, Func<bool> Holds)> Of(string kind)
    {
        List<(string, Func<bool>)> checks = [("ping", () => true), ("etcd", server.StoreAnswers)];
        if (kind == "readyz")
        {
            checks.AddRange([("etcd-readiness", server.StoreAnswers), ("informer-sync", () => server.IsUp), ("shutdown", () => !isStopping())]);
        }

        return checks;
    }

    private static ApiResponse Single((string Name, Func<bool> Holds) check) =>
        check.Holds() ? Text(200, "ok") : Text(500, $"internal server error: {check.Name} failed\n");

    private static bool IsVerbose(string query) => query.Split('&').Any(p => p == "verbose" || p.StartsWith("verbose=", StringComparison.Ordinal));

    private static HashSet<string> Excluded(string query) => query.Split('&')
        .Where(p => p.StartsWith("exclude=", StringComparison.Ordinal))
        .Select(p => Uri.UnescapeDataString(p["exclude=".Length..]))
        .ToHashSet(StringComparer.Ordinal);

    private static ApiResponse Text(int code, string text) => new() { Code = code, ContentType = "text/plain; charset=utf-8", Body = Encoding.UTF8.GetBytes(text) };
}
