using System.Globalization;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Lessons;

/// <summary>The exercises of episode 11, Namespaces and quota.</summary>
internal static class Episode11
{
    private const double HandedOutMin = 0.9;
    private const long QuotaMillis = 4000;
    private const long CopyMillis = 780;
    private const int Copies = 8;
    private const string Cpu = "requests.cpu";
    private static readonly string[] Teams = ["red", "green", "blue"];

    public static IReadOnlyList<Exercise> Exercises { get; } =
    [
        new("E11.1", "Share the workers' CPUs fairly among red, green and blue.", (cluster, _) => FairShares(cluster)),
        new("E11.2", "Say how many copies of 780m run under a quota of 4 CPUs.", (_, answer) => CopiesUnderQuota(answer)),
        new("E11.3", "Make eight of eight copies run by changing one object.", (cluster, _) => EightOfEight(cluster)),
        new("E11.4", "Say of ten kinds whether they are in a namespace.", (_, answer) => Namespaced(answer)),
    ];

    private static CheckResult FairShares(Cluster cluster)
    {
        var shares = new List<long>();
        foreach (var team in Teams)
        {
            if (cluster.Api.Find<Namespace>("", team) is null)
            {
                return CheckResult.NotYet($"there is no namespace \"{team}\".");
            }

            var quotas = cluster.Api.List<ResourceQuota>(team);
            if (quotas.Select(CpuOf).OfType<long>().Order().Cast<long?>().FirstOrDefault() is not { } share)
            {
                return CheckResult.NotYet(quotas.Any(q => q.Spec.Hard["limits.cpu"] is not null)
                    ? $"the quota of {team} counts limits.cpu, which the scheduler does not look at: {Cpu} is asked for."
                    : $"no quota of the namespace {team} has {Cpu}. kubectl get quota -A shows those that there are.");
            }

            shares.Add(share);
        }

        var allocatable = cluster.Nodes().Where(n => n.Metadata.Labels["node-role.kubernetes.io/control-plane"] is null).Sum(n => n.Status.Allocatable["cpu"]?.MilliValue ?? 0);
        var sum = shares.Sum();
        if (shares.Distinct().Count() > 1)
        {
            return CheckResult.NotYet($"not all the same: {string.Join(", ", Teams.Zip(shares, (team, share) => $"{team} {share}m"))}.");
        }

        if (sum > allocatable)
        {
            return CheckResult.NotYet($"together they may request {sum}m, and pods may request {allocatable}m on the workers: capacity is not allocatable.");
        }

        return sum < HandedOutMin * allocatable
            ? CheckResult.NotYet($"together they may request {sum}m of {allocatable}m: more than a tenth is for nobody.")
            : CheckResult.Passed($"{shares[0]}m for each, {sum}m of {allocatable}m: when all want everything, everybody gets it.");
    }

    /// <summary>What a quota allows of requested CPU, in thousandths; <c>cpu</c> is its other name.</summary>
    private static long? CpuOf(ResourceQuota quota) => (quota.Spec.Hard[Cpu] ?? quota.Spec.Hard["cpu"])?.MilliValue;

    private static CheckResult CopiesUnderQuota(IReadOnlyList<string>? answer)
    {
        if (Answers.Numbers(answer, 1) is not [var copies])
        {
            return CheckResult.NotYet("give one number: lesson.Check(\"E11.2\", 3).");
        }

        const long Right = QuotaMillis / CopyMillis;
        return copies == Right
            ? CheckResult.Passed($"{Right} × {CopyMillis}m = {Right * CopyMillis}m; the {QuotaMillis - (Right * CopyMillis)}m that are left are too little for one more.")
            : CheckResult.NotYet(copies > Right
                ? string.Create(CultureInfo.InvariantCulture, $"{copies:0.##} × {CopyMillis}m = {copies * CopyMillis:0}m, more than {QuotaMillis}m.")
                : $"one more fits under {QuotaMillis}m.");
    }

    private static CheckResult EightOfEight(Cluster cluster)
    {
        const string Ns = "physics";
        var view = cluster.Deployment("analysis", Ns);
        if (view.Object is not { } analysis)
        {
            return CheckResult.NotYet($"there is no deployment \"analysis\" in the namespace {Ns}. Run the cell that applies it.");
        }

        if (cluster.Api.Find<ResourceQuota>(Ns, "quota") is not { } quota || CpuOf(quota) is not { } allowed)
        {
            return CheckResult.NotYet($"the quota of {Ns} is gone, or counts no CPU any more: then nobody is protected from it. Apply it again.");
        }

        if ((analysis.Spec.Replicas ?? 1) != Copies)
        {
            return CheckResult.NotYet($"{analysis.Spec.Replicas ?? 1} copies are wanted now; {Copies} were asked for.");
        }

        var (isQuotaChanged, isAnalysisChanged) = (allowed != QuotaMillis, RequestOf(analysis) != CopyMillis);
        if (isQuotaChanged && isAnalysisChanged)
        {
            return CheckResult.NotYet("both the quota and the Deployment were changed: put one of them back as it was.");
        }

        if (view.IsAvailable)
        {
            return CheckResult.Passed($"{Copies} of {Copies}: {(isQuotaChanged ? $"the quota is {allowed}m now, {Copies} × {CopyMillis}m = {Copies * CopyMillis}m." : "each copy requests less now.")}");
        }

        return CheckResult.NotYet((isQuotaChanged, isAnalysisChanged) switch
        {
            (true, _) when allowed < Copies * CopyMillis => $"the quota is {allowed}m, and {Copies} × {CopyMillis}m are {Copies * CopyMillis}m.",
            (true, _) => $"{view.Available} of {Copies}. The controller that was refused asks again, later and later: give it a few minutes.",
            (_, true) when Copies * RequestOf(analysis) > QuotaMillis => $"{Copies} × {RequestOf(analysis)}m are {Copies * RequestOf(analysis)}m, more than {QuotaMillis}m.",
            (_, true) => $"{view.Available} of {Copies}, {analysis.Status.UpdatedReplicas} of them new: the old copies hold the quota that the new ones need. Let it replace them all at once (strategy Recreate), or leave the Deployment and change the quota.",
            _ => $"{view.Available} of {Copies} copies are available, and nothing was changed yet. kubectl get events -n {Ns} says who was forbidden what.",
        });
    }

    private static long RequestOf(Deployment deployment) => deployment.Spec.Template.Spec.Containers.Sum(c => c.Resources.Requests["cpu"]?.MilliValue ?? 0);

    private static CheckResult Namespaced(IReadOnlyList<string>? answer)
    {
        (string Kind, bool IsNamespaced)[] kinds =
        [
            ("Pod", true), ("Node", false), ("PersistentVolume", false), ("PersistentVolumeClaim", true), ("Namespace", false),
            ("Secret", true), ("StorageClass", false), ("Service", true), ("ClusterRole", false), ("ResourceQuota", true),
        ];
        if (answer is null || answer.Count != kinds.Length || answer.Any(a => a.Trim().ToLowerInvariant() is not ("yes" or "no")))
        {
            return CheckResult.NotYet("give ten words, yes or no, in the order of the list.");
        }

        var wrong = Enumerable.Range(0, kinds.Length).Where(i => string.Equals(answer[i].Trim(), "yes", StringComparison.OrdinalIgnoreCase) != kinds[i].IsNamespaced).Select(i => kinds[i].Kind).ToList();
        return wrong.Count == 0
            ? CheckResult.Passed("claims, quotas and secrets are a team's own; nodes, volumes, classes and namespaces belong to the house.")
            : CheckResult.NotYet($"look again at {string.Join(" and ", wrong)}: could two teams have one of the same name?");
    }
}
