using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;

namespace KubeLab.Benchmarks;

/// <summary>Pods as upstream's scheduler_perf has them, by what they ask of others.</summary>
internal static class SchedulingSamples
{
    private const string Host = "kubernetes.io/hostname";
    private const string Zone = "topology.kubernetes.io/zone";

    public static IReadOnlyList<string> Kinds { get; } = ["basic", "spread", "affinity", "anti-affinity", "preferred"];

    public static Pod Pod(string kind)
    {
        var pod = Samples.Pod("pod");
        var own = new LabelSelector { MatchLabels = StringMap.Of(("app", "web")) };
        var spec = kind switch
        {
            "basic" => pod.Spec,
            "spread" => pod.Spec with { TopologySpreadConstraints = [new() { MaxSkew = 5, TopologyKey = Zone, WhenUnsatisfiable = "DoNotSchedule", LabelSelector = own }] },
            "affinity" => With(new Affinity { PodAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = Zone, LabelSelector = own }] } }),

            // Upstream's anti-affinity pods refuse those of another colour on their node, so that all of them fit.
            "anti-affinity" => With(new Affinity
            {
                PodAntiAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = Host, LabelSelector = new() { MatchLabels = StringMap.Of(("colour", "green")) } }] },
            }),
            "preferred" => With(new Affinity { PodAffinity = new() { PreferredDuringSchedulingIgnoredDuringExecution = [new() { Weight = 1, PodAffinityTerm = new() { TopologyKey = Host, LabelSelector = own } }] } }),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such kind of pod"),
        };
        return pod with { Spec = spec };

        PodSpec With(Affinity affinity) => pod.Spec with { Affinity = affinity };
    }
}
