using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Observing;

namespace KubeLab.Explaining;

/// <summary>Why an object is as it is, and what to do: read off its own state and that of what it made, the deepest cause first.</summary>
internal sealed record Diagnosis(string Now, IReadOnlyList<string> Problems, IReadOnlyList<string> Next)
{
    private const int CausesMax = 5;

    public static Diagnosis Of(Cluster cluster, IApiObject subject, IReadOnlyList<IApiObject> family)
    {
        List<string> problems = [], next = [];
        foreach (var (why, what) in Failures(family).Concat(PodProblems(cluster, family)).Concat(ClaimProblems(cluster, family)).Concat(NodeProblems(subject)))
        {
            if (!problems.Contains(why) && problems.Count < CausesMax)
            {
                problems.Add(why);
            }

            if (!next.Contains(what) && next.Count < CausesMax)
            {
                next.Add(what);
            }
        }

        var state = StateWords.Of(subject);
        var now = $"{StoryTeller.NameOf(subject)}{(state.Length == 0 ? " exists" : $": {state}")}"
            + (problems.Count > 0 ? "." : subject is Deployment d && d.Status.AvailableReplicas < (d.Spec.Replicas ?? 1) ? ", and nothing is wrong: it takes its time." : ", as it should be.");
        return new(now, problems, next);
    }

    /// <summary>What controllers could not make: quotas, admission.</summary>
    private static IEnumerable<(string, string)> Failures(IReadOnlyList<IApiObject> family)
    {
        foreach (var obj in family)
        {
            foreach (var condition in StateWords.ConditionsOf(obj).ToArray())
            {
                if (condition is { Type: "ReplicaFailure", Status: "True" })
                {
                    var advice = condition.Message?.Contains("exceeded quota", StringComparison.Ordinal) == true
                        ? $"ask for less in the template, scale down, or raise the quota: kubectl describe resourcequota -n {obj.Metadata.Namespace}"
                        : $"read the refusal and mend the template: kubectl describe {StoryTeller.NameOf(obj)} -n {obj.Metadata.Namespace}";
                    yield return ($"{StoryTeller.NameOf(obj)} cannot make its pods: {condition.Message}", advice);
                }
                else if (condition is { Type: "Progressing", Status: "False", Reason: "ProgressDeadlineExceeded" })
                {
                    yield return ($"the rollout of {StoryTeller.NameOf(obj)} has not got on for its progress deadline", $"go back if the new version is at fault: kubectl rollout undo {StoryTeller.NameOf(obj)} -n {obj.Metadata.Namespace}");
                }
                else if (condition is { Type: "Failed", Status: "True" })
                {
                    yield return ($"{StoryTeller.NameOf(obj)} failed: {condition.Reason} {condition.Message}".TrimEnd(), $"read the logs of its pods: kubectl logs {StoryTeller.NameOf(obj)} -n {obj.Metadata.Namespace}");
                }
            }
        }
    }

    private static IEnumerable<(string, string)> PodProblems(Cluster cluster, IReadOnlyList<IApiObject> family)
    {
        var sick = family.OfType<Pod>().Where(p => !PodPhases.IsReady(p) && p.Status.Phase != "Succeeded").ToList();
        foreach (var group in sick.GroupBy(KindOfTrouble).Where(g => g.Key.Length > 0))
        {
            var pod = group.First();
            var who = group.Count() == 1 ? $"pod/{pod.Metadata.Name}" : $"{group.Count()} pods, such as pod/{pod.Metadata.Name},";
            yield return Trouble(cluster, group.Key, pod, who, group.Count() == 1);
        }
    }

    private static string KindOfTrouble(Pod pod)
    {
        if (pod.Metadata.DeletionTimestamp is not null)
        {
            return "";
        }

        if (string.IsNullOrEmpty(pod.Spec.NodeName))
        {
            return "unscheduled";
        }

        if (pod.Status.Phase == "Failed")
        {
            return "failed";
        }

        var waiting = pod.Status.ContainerStatuses.Concat(pod.Status.InitContainerStatuses).Select(c => c.State?.Waiting?.Reason).FirstOrDefault(r => r is not null);
        return waiting is null ? pod.Status.Phase == "Running" ? "unready" : "" : waiting is "ContainerCreating" or "PodInitializing" ? "" : waiting;
    }

    private static (string, string) Trouble(Cluster cluster, string kind, Pod pod, string who, bool single)
    {
        var (has, does) = single ? ("has", "does") : ("have", "do");
        var at = $"-n {pod.Metadata.Namespace}";
        var status = pod.Status.ContainerStatuses.Find(c => c.State?.Waiting is not null || !c.Ready);
        var last = status?.LastState?.Terminated ?? status?.State?.Terminated;
        switch (kind)
        {
            case "unscheduled":
                var answer = cluster.Answer(pod, withChanges: true);
                var held = answer.Explanation.Held;
                var why = held.Length > 0 ? held : answer.Fits ? "a node fits now, and the scheduler tries it again soon" : answer.Explanation.Message;
                var step = held.Length > 0 ? "lift what holds it back, if it is yours to lift"
                    : answer.Counterfactuals.Count > 0 ? string.Join(", or ", answer.Counterfactuals.Take(3).Select(c => c.ToString()))
                    : "look at every node: cluster.WhyPending(\"" + pod.Metadata.Namespace + "/" + pod.Metadata.Name + "\")";
                return ($"{who} {has} no node: {why}", step);
            case "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName":
                return ($"{who} cannot get the image {status?.Image}: {status?.State?.Waiting?.Message ?? kind}", "mend the image's name or tag, or give the secret of its registry");
            case "CreateContainerConfigError":
                return ($"{who} cannot be set up: {status?.State?.Waiting?.Message}", "make the config map or secret that it names, with the key that it names");
            case "CrashLoopBackOff":
                var end = last is null ? "" : last.Reason == "OOMKilled" ? " after being killed for using more memory than its limit" : $" with exit code {last.ExitCode}";
                return (
                    $"{who} start{(single ? "s" : "")} and end{(single ? "s" : "")} again{end}; the kubelet waits longer each time",
                    last?.Reason == "OOMKilled" ? "raise the memory limit, or let the program use less" : $"read its last words: kubectl logs {pod.Metadata.Name} --previous {at}");
            case "failed":
                return ($"{who} failed: {pod.Status.Reason ?? last?.Reason} {pod.Status.Message}".TrimEnd(), $"read its log: kubectl logs {pod.Metadata.Name} {at}");
            case "unready":
                return ($"{who} run{(single ? "s" : "")} and {does} not answer the readiness probe", $"see what the probe says: kubectl describe pod {pod.Metadata.Name} {at}");
            default:
                return ($"{who} wait{(single ? "s" : "")}: {kind} {status?.State?.Waiting?.Message}".TrimEnd(), $"kubectl describe pod {pod.Metadata.Name} {at}");
        }
    }

    private static IEnumerable<(string, string)> ClaimProblems(Cluster cluster, IReadOnlyList<IApiObject> family)
    {
        var named = family.OfType<Pod>().SelectMany(p => p.Spec.Volumes.Select(v => (p.Metadata.Namespace, v.PersistentVolumeClaim?.ClaimName))).Where(c => c.ClaimName is not null).Distinct().ToList();
        foreach (var (ns, name) in named)
        {
            if (cluster.Api.Find<PersistentVolumeClaim>(ns!, name!) is { } claim && claim.Status.Phase != "Bound")
            {
                yield return ($"claim {name} is {claim.Status.Phase ?? "Pending"}", $"see why it has no volume: kubectl describe pvc {name} -n {ns}");
            }
        }

        foreach (var claim in family.OfType<PersistentVolumeClaim>().Where(c => c.Status.Phase != "Bound"))
        {
            yield return ($"claim {claim.Metadata.Name} is {claim.Status.Phase ?? "Pending"}", $"see why it has no volume: kubectl describe pvc {claim.Metadata.Name} -n {claim.Metadata.Namespace}");
        }
    }

    private static IEnumerable<(string, string)> NodeProblems(IApiObject subject)
    {
        if (subject is not Node node)
        {
            yield break;
        }

        var ready = node.Status.Conditions.Find(c => c.Type == "Ready");
        if (ready is { Status: not "True" })
        {
            yield return ($"its kubelet does not report that it is ready: {ready.Reason} {ready.Message}".TrimEnd(), "start the machine or its kubelet again; its pods are sent away five minutes after it fell silent");
        }
    }
}
