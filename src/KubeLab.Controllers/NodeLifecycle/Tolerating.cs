using KubeLab.Api;
using KubeLab.Api.Core;

namespace KubeLab.Controllers.NodeLifecycle;

/// <summary>How long a pod may stay on a node with taints that drive pods away.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/">Taints and tolerations</seealso>
public static class Tolerating
{
    /// <summary>
    /// Zero when a taint is not tolerated, the shortest of the times that count otherwise, null when it may stay for ever.
    /// </summary>
    public static TimeSpan? Patience(ValueList<Taint> taints, ValueList<Toleration> tolerations)
    {
        long? shortest = null;
        foreach (var taint in taints)
        {
            if (taint.Effect != "NoExecute")
            {
                continue;
            }

            var tolerated = false;
            foreach (var toleration in tolerations)
            {
                if (Tolerates(toleration, taint))
                {
                    tolerated = true;
                    shortest = toleration.TolerationSeconds is { } seconds
                        ? Math.Min(shortest ?? long.MaxValue, Math.Max(0, seconds))
                        : shortest;
                    break;
                }
            }

            if (!tolerated)
            {
                return TimeSpan.Zero;
            }
        }

        return shortest is { } patience ? TimeSpan.FromSeconds(Math.Min(patience, int.MaxValue)) : null;
    }

    /// <summary>Whether <paramref name="toleration"/> covers <paramref name="taint"/>.</summary>
    public static bool Tolerates(Toleration toleration, Taint taint)
    {
        if (!string.IsNullOrEmpty(toleration.Effect) && toleration.Effect != taint.Effect)
        {
            return false;
        }

        if (!string.IsNullOrEmpty(toleration.Key) && toleration.Key != taint.Key)
        {
            return false;
        }

        return toleration.Operator switch
        {
            null or "" or "Equal" => (toleration.Value ?? "") == (taint.Value ?? ""),
            "Exists" => true,
            _ => false,
        };
    }

    /// <summary>Whether the node drives any pods away.</summary>
    public static bool DrivesAway(Node node)
    {
        foreach (var taint in node.Spec.Taints)
        {
            if (taint.Effect == "NoExecute")
            {
                return true;
            }
        }

        return false;
    }
}
