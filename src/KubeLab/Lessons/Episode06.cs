using KubeLab.Api.Core;

namespace KubeLab.Lessons;

/// <summary>The exercises of episode 06, Scheduling.</summary>
internal static partial class Episode06
{
    private const int FreeMillis = 3620;
    private const int Files = 353;
    private const int PerNode = 4;
    private static readonly int[] RequestsAsked = [750, 780, 800, 900, 1000];

    public static IReadOnlyList<Exercise> Exercises { get; } =
    [
        new("E06.1", "Say how many pods of 750m, 780m, 800m, 900m and 1000m fit into 3.62 CPUs.", (_, answer) => PodsThatFit(answer)),
        new("E06.2", "Run the 353 pods of batch, four on a node at a time, and none of them killed.", (cluster, _) => FourAtATime(cluster)),
        new("E06.3", "Cure five programs that wait for five different reasons.", (cluster, _) => CuredWard(cluster)),
        new("E06.4", "Let steady get its CPU in every second while its neighbours want everything.", (cluster, _) => Undisturbed(cluster)),
    ];

    private static CheckResult PodsThatFit(IReadOnlyList<string>? answer)
    {
        if (Answers.Numbers(answer, RequestsAsked.Length) is not { } numbers)
        {
            return CheckResult.NotYet("give five numbers, for 750m to 1000m: lesson.Check(\"E06.1\", 0, …).");
        }

        for (var i = 0; i < numbers.Length; i++)
        {
            var (request, right) = (RequestsAsked[i], FreeMillis / RequestsAsked[i]);
            if (numbers[i] == right)
            {
                continue;
            }

            return CheckResult.NotYet(numbers[i] > right
                ? $"{numbers[i]:0} pods of {request}m would request {numbers[i] * request:0}m, and {FreeMillis}m are left."
                : $"{request}m: one more fits, for {right} × {request}m are {right * request}m of {FreeMillis}m.");
        }

        return CheckResult.Passed("4, 4, 4, 4, 3: up to 905m it is four, and from 906m on it is three.");
    }

    private static CheckResult FourAtATime(Cluster cluster)
    {
        var view = cluster.Job("batch");
        if (view.Object is not { } job)
        {
            return CheckResult.NotYet("there is no job \"batch\" in the namespace default. Apply it first.");
        }

        if ((job.Spec.Completions ?? 1) < Files)
        {
            return CheckResult.NotYet($"the job has {job.Spec.Completions ?? 1} completions, and there are {Files} files.");
        }

        var pods = view.Pods;
        var killed = pods.Count(p => p.Status.Reason == "Evicted" || p.Status.ContainerStatuses.Exists(c => c.State?.Terminated?.Reason == "OOMKilled"));
        if (killed > 0)
        {
            return CheckResult.NotYet($"{killed} pods were killed for their memory: each uses 1740Mi. What does the job's limit say?");
        }

        if (!view.IsComplete)
        {
            return CheckResult.NotYet($"{view.Succeeded} of {Files} pods have succeeded so far, {view.Active} are active. Let time pass: cluster.RunFor(600).");
        }

        var crowds = MostAtATime(pods);
        var (fullest, emptiest) = (crowds.MaxBy(c => c.Value), crowds.MinBy(c => c.Value));
        if (fullest.Value > PerNode)
        {
            return CheckResult.NotYet($"up to {fullest.Value} ran on {fullest.Key} at a time: {fullest.Value} × 0.8 CPU are more than the node gives them in peace. Request more.");
        }

        return emptiest.Value < PerNode
            ? CheckResult.NotYet($"never more than {emptiest.Value} ran on {emptiest.Key} at a time, and a CPU of it did nothing. Request less, of CPU or of memory, or allow more parallelism.")
            : CheckResult.Passed($"{Files} files, {PerNode} at a time on each of {crowds.Count} nodes, nobody killed: {(Ends(pods) - Begins(pods)).TotalMinutes:0} minutes.");
    }

    /// <summary>The most pods that ever ran at a time, by node.</summary>
    private static SortedDictionary<string, int> MostAtATime(IEnumerable<Pod> pods)
    {
        var most = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in pods.Where(p => p.Status.Phase == "Succeeded").GroupBy(p => p.Spec.NodeName!, StringComparer.Ordinal))
        {
            var (now, peak) = (0, 0);
            foreach (var (_, step) in node.Select(Run).SelectMany(r => new[] { (At: r.StartedAt!.Value.Instant, Step: 1), (At: r.FinishedAt!.Value.Instant, Step: -1) }).OrderBy(x => x.At).ThenBy(x => x.Step))
            {
                peak = Math.Max(peak, now += step);
            }

            most[node.Key] = peak;
        }

        return most;
    }

    private static ContainerStateTerminated Run(Pod pod) => pod.Status.ContainerStatuses[0].State!.Terminated!;

    private static DateTimeOffset Begins(IEnumerable<Pod> pods) => pods.Min(p => Run(p).StartedAt!.Value.Instant);

    private static DateTimeOffset Ends(IEnumerable<Pod> pods) => pods.Max(p => Run(p).FinishedAt!.Value.Instant);
}
