using KubeLab.Api;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Topping;

/// <summary>What <c>kubectl top node</c> and <c>kubectl top pod</c> share: they print what a metrics server has measured.</summary>
internal abstract class TopCommand : Command
{
    private const string Path = "/apis/metrics.k8s.io/v1beta1";

    /// <summary>The measures of a list, or of one object.</summary>
    /// <exception cref="Failure">Nobody measures, or the options are wrong.</exception>
    protected static List<Json> Measures(Session session, Arguments arguments, string? ns, string plural)
    {
        if (arguments.Text("sort-by") is not ("" or "cpu" or "memory"))
        {
            throw Failure.Error("--sort-by accepts only cpu or memory");
        }

        if (!session.Discovery.GroupVersions().Any(version => version.StartsWith("metrics.k8s.io/", StringComparison.Ordinal)))
        {
            throw Failure.Error("Metrics API not available");
        }

        var path = ns is null ? $"{Path}/{plural}" : $"{Path}/namespaces/{ns}/{plural}";
        if (arguments.Words.Count > 0)
        {
            return [new Json(session.Api.Get($"{path}/{arguments.Words[0]}"))];
        }

        var query = new Query().With("labelSelector", arguments.Text("selector")).With("fieldSelector", arguments.Text("field-selector"));
        return [.. new Json(session.Api.Get($"{path}{query}"))["items"].Items];
    }

    /// <summary>The heavier one first when it is asked for, otherwise the order of the names.</summary>
    protected static IEnumerable<T> Sorted<T>(IEnumerable<T> measures, string by, Func<T, string, Quantity> usage, Func<T, string> name) =>
        by.Length > 0 ? measures.OrderByDescending(m => usage(m, by).AsDouble) : measures.OrderBy(name, StringComparer.Ordinal);

    /// <summary>An amount that was measured.</summary>
    protected static Quantity Usage(Json usage, string resource) => Quantity.TryParse(usage[resource].Text, out var amount) ? amount : default;

    /// <summary>Thousandths of a core, or mebibytes, with the share of what there is where that is known.</summary>
    protected static string Cells(Quantity cpu, Quantity memory, Json available)
    {
        var (cores, bytes) = (Share(cpu, available["cpu"]), Share(memory, available["memory"]));
        return $"{cpu.MilliValue}m\t{cores}{memory.Value / (1024 * 1024)}Mi\t{bytes}";
    }

    private static string Share(Quantity used, Json available) =>
        Quantity.TryParse(available.Text, out var all) && available.Exists ? $"{(all.IsZero ? 0 : (long)(used.AsDouble / all.AsDouble * 100))}%\t" : "";
}
