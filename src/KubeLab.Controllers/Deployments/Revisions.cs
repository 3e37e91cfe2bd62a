using System.Globalization;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Meta;

namespace KubeLab.Controllers.Deployments;

/// <summary>The history of a deployment, which is written into annotations of its replica sets.</summary>
/// <remarks>Upstream: pkg/controller/deployment/util/deployment_util.go.</remarks>
public static class Revisions
{
    /// <summary>Which rollout a replica set was made or reused for.</summary>
    public const string Current = "deployment.kubernetes.io/revision";

    /// <summary>Which earlier rollouts it served.</summary>
    public const string History = "deployment.kubernetes.io/revision-history";

    /// <summary>How many pods the deployment wished when the replica set was last sized; tells scaling from rolling out.</summary>
    public const string DesiredReplicas = "deployment.kubernetes.io/desired-replicas";

    /// <summary>That number and the surge.</summary>
    public const string MaxReplicas = "deployment.kubernetes.io/max-replicas";

    /// <summary>How long the history may become, in characters.</summary>
    public const int HistoryLengthMax = 2000;

    /// <summary>The number in annotation <paramref name="key"/>, or null.</summary>
    public static int? Number(ObjectMeta metadata, string key) =>
        int.TryParse(metadata.Annotations[key], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>The revision of an object; 0 when it has none.</summary>
    public static long Of(ObjectMeta metadata) =>
        long.TryParse(metadata.Annotations[Current], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    /// <summary>The revision that comes after those of <paramref name="old"/>.</summary>
    public static long Next(IEnumerable<ReplicaSet> old) => old.Select(s => Of(s.Metadata)).DefaultIfEmpty(0).Max() + 1;

    /// <summary>The annotations with the sizes of <paramref name="desired"/> and <paramref name="max"/> noted.</summary>
    public static StringMap WithSizes(StringMap annotations, int desired, int max) => annotations
        .With(DesiredReplicas, desired.ToString(CultureInfo.InvariantCulture))
        .With(MaxReplicas, max.ToString(CultureInfo.InvariantCulture));

    /// <summary>
    /// The annotations of the replica set that serves revision <paramref name="next"/>: those of the deployment, and its own history.
    /// </summary>
    public static StringMap ForNewest(Deployment deployment, StringMap annotations, long next)
    {
        foreach (var (key, value) in deployment.Metadata.Annotations)
        {
            if (IsCopied(key) && annotations[key] != value)
            {
                annotations = annotations.With(key, value);
            }
        }

        var known = annotations.TryGetValue(Current, out var text);
        var old = 0L;
        if (known && text.Length > 0 && !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out old))
        {
            return annotations;
        }

        if (old >= next)
        {
            return annotations;
        }

        annotations = annotations.With(Current, next.ToString(CultureInfo.InvariantCulture));
        return known ? WithHistory(annotations, text) : annotations;
    }

    private static bool IsCopied(string key) =>
        key is not (Current or History or DesiredReplicas or MaxReplicas
            or "kubectl.kubernetes.io/last-applied-configuration" or "deprecated.deployment.rollback.to");

    /// <summary>
    /// Notes that a replica set served revision <paramref name="old"/> before; the oldest entries give way when the text grows too
    /// long.
    /// </summary>
    private static StringMap WithHistory(StringMap annotations, string old)
    {
        var history = annotations[History] is { Length: > 0 } text ? text.Split(',').ToList() : [];
        history.Add(old);
        while (history.Sum(h => h.Length) + history.Count - 1 > HistoryLengthMax && history.Count > 1)
        {
            history.RemoveAt(0);
        }

        return annotations.With(History, string.Join(',', history));
    }
}
