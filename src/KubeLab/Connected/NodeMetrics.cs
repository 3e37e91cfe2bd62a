using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Client.Http;
using KubeLab.Simulation;

namespace KubeLab.Connected;

/// <summary>What nodes use, as the cluster's metrics server says it.</summary>
/// <seealso href="https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/">Resource metrics pipeline</seealso>
internal sealed class NodeMetrics(HttpKubernetesApi http, VirtualClock clock)
{
    /// <summary>Said where nothing is served.</summary>
    public const string Absent =
        "what is used is not shown: this cluster serves no metrics.k8s.io; install metrics-server and open the lab again (https://github.com/kubernetes-sigs/metrics-server)";

    private const string Path = "/apis/metrics.k8s.io/v1beta1";
    private static readonly TimeSpan BehindMax = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, NodeUsage> last = new(StringComparer.Ordinal);
    private DateTimeOffset read = DateTimeOffset.MinValue;

    /// <summary>Asks whether the cluster serves them.</summary>
    public bool IsServed() => http.Send(new RawRequest("GET", Path) { IsSentOnce = true }).Code == 200;

    /// <summary>What a node uses; null when nobody says.</summary>
    public NodeUsage? UsageOf(string node)
    {
        // While the clock catches up with the wall, the present says nothing about the instants it passes.
        var isPresent = TimeProvider.System.GetUtcNow() - clock.Now < BehindMax;
        if (isPresent && read != clock.Now)
        {
            read = clock.Now;
            Read();
        }

        return last.GetValueOrDefault(node);
    }

    private void Read()
    {
        try
        {
            var answer = http.Send(new RawRequest("GET", $"{Path}/nodes") { IsSentOnce = true });
            if (answer.Code == 200)
            {
                Take(answer.Text);
            }
        }
        catch (Exception e) when (e is ApiException or JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            // The metrics server pauses; what it said last is drawn on.
        }
    }

    private void Take(string text)
    {
        using var document = JsonDocument.Parse(text);
        last.Clear();
        foreach (var item in document.RootElement.GetProperty("items").EnumerateArray())
        {
            var usage = item.GetProperty("usage");
            last[item.GetProperty("metadata").GetProperty("name").GetString()!] =
                new NodeUsage(Amount(usage, "cpu").MilliValue, Amount(usage, "memory").Value, []);
        }
    }

    private static Quantity Amount(JsonElement usage, string resource) => Quantity.Parse(usage.GetProperty(resource).GetString()!);
}
