using KubeLab.Api.Core;

namespace KubeLab.Controllers.CloudNodes;

/// <summary>What is to be done about a node, from what it says itself and what the cloud says of its machine.</summary>
public static class CloudNodeVerdict
{
    /// <summary>The taint of a node whose machine is shut down.</summary>
    public const string Shutdown = "node.cloudprovider.kubernetes.io/shutdown";

    /// <summary>Whether there is anything to find out: the node is not ready, or carries a mark that may be old.</summary>
    public static bool IsSuspect(Node node) => !IsReady(node) || IsMarked(node);

    /// <summary>The verdict; the cloud is not asked about nodes that are ready.</summary>
    public static CloudNodeAction Of(Node node, Func<Node, bool> exists, Func<Node, bool> isShutdown)
    {
        if (IsReady(node))
        {
            return IsMarked(node) ? CloudNodeAction.UnmarkShutdown : CloudNodeAction.None;
        }

        if (!exists(node))
        {
            return CloudNodeAction.Delete;
        }

        return isShutdown(node) && !IsMarked(node) ? CloudNodeAction.MarkShutdown : CloudNodeAction.None;
    }

    private static bool IsReady(Node node) => node.Status.Conditions.Find(c => c.Type == "Ready")?.Status == "True";

    private static bool IsMarked(Node node) => node.Spec.Taints.Exists(t => t is { Key: Shutdown, Effect: "NoSchedule" });
}

/// <summary>What a cloud node lifecycle controller does with a node.</summary>
public enum CloudNodeAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its machine is gone.</summary>
    Delete,

    /// <summary>Its machine is shut down.</summary>
    MarkShutdown,

    /// <summary>It is ready again.</summary>
    UnmarkShutdown,
}
