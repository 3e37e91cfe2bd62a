using KubeLab.KubectlText.CommandLine;

namespace KubeLab.KubectlText.Asking;

/// <summary><c>kubectl top node</c> and <c>top pod</c>, which need a metrics server.</summary>
internal sealed class TopCommand(string what, string summary) : Command
{
    public override string Name => $"top {what}";

    public override IReadOnlyList<string> Aliases => what == "node" ? ["nodes", "no"] : ["pods", "po"];

    public override string Summary => summary;

    public override Flags Flags => new Flags().Selector().Bool("all-namespaces", 'A').Text("sort-by").Bool("no-headers").Bool("containers");

    public override void Run(Session session, Arguments arguments) => throw Failure.Error(
        session.Discovery.GroupVersions().Any(version => version.StartsWith("metrics.k8s.io/", StringComparison.Ordinal))
            ? "kubectl top is not offered here; read the metrics with kubectl get --raw /apis/metrics.k8s.io/v1beta1/" + what + "s"
            : "Metrics API not available");
}
