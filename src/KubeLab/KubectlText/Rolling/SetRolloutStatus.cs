using KubeLab.Api;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Rolling;

/// <summary>How far the rollout of a StatefulSet or a DaemonSet is, and whether it is done.</summary>
/// <remarks>Upstream: k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go.</remarks>
internal static class SetRolloutStatus
{
    /// <exception cref="Failure">Its pods change when somebody deletes them, so there is no rollout.</exception>
    public static (string Message, bool IsDone) OfStatefulSet(Json set)
    {
        var (spec, status) = (set["spec"], set["status"]);
        Demand(spec);
        if (status["observedGeneration"].Int == 0 || set["metadata"]["generation"].Int > status["observedGeneration"].Int)
        {
            return ("Waiting for statefulset spec update to be observed...\n", false);
        }

        var (wanted, ready, updated) = (spec["replicas"].Int, status["readyReplicas"].Int, status["updatedReplicas"].Int);
        if (spec["replicas"].Exists && ready < wanted)
        {
            return ($"Waiting for {wanted - ready} pods to be ready...\n", false);
        }

        if (spec["updateStrategy"]["rollingUpdate"] is { Exists: true } rolling)
        {
            var share = wanted - rolling["partition"].Int;
            return spec["replicas"].Exists && rolling["partition"].Exists && updated < share
                ? ($"Waiting for partitioned roll out to finish: {updated} out of {share} new pods have been updated...\n", false)
                : ($"partitioned roll out complete: {updated} new pods have been updated...\n", true);
        }

        return status["updateRevision"].Text != status["currentRevision"].Text
            ? ($"waiting for statefulset rolling update to complete {updated} pods at revision {status["updateRevision"].Text}...\n", false)
            : ($"statefulset rolling update complete {status["currentReplicas"].Int} pods at revision {status["currentRevision"].Text}...\n", true);
    }

    /// <exception cref="Failure">Its pods change when somebody deletes them, so there is no rollout.</exception>
    public static (string Message, bool IsDone) OfDaemonSet(Json set)
    {
        var (metadata, status) = (set["metadata"], set["status"]);
        Demand(set["spec"]);
        if (metadata["generation"].Int > status["observedGeneration"].Int)
        {
            return ("Waiting for daemon set spec update to be observed...\n", false);
        }

        var name = GoQuote.Quote(metadata["name"].Text);
        var (desired, updated, available) = (status["desiredNumberScheduled"].Int, status["updatedNumberScheduled"].Int, status["numberAvailable"].Int);
        return updated < desired ? ($"Waiting for daemon set {name} rollout to finish: {updated} out of {desired} new pods have been updated...\n", false)
            : available < desired ? ($"Waiting for daemon set {name} rollout to finish: {available} of {desired} updated pods are available...\n", false)
            : ($"daemon set {name} successfully rolled out\n", true);
    }

    private static void Demand(Json spec)
    {
        if (spec["updateStrategy"]["type"].Text != "RollingUpdate")
        {
            throw Failure.Error("rollout status is only available for RollingUpdate strategy type");
        }
    }
}
