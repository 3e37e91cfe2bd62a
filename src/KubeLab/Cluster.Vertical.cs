using KubeLab.Autoscaling.Vertical;

namespace KubeLab;

/// <content>The vertical autoscaler.</content>
public abstract partial class Cluster
{
    /// <summary>Installs the vertical pod autoscaler: its kinds, recommender, updater and admission controller. Apply a <c>VerticalPodAutoscaler</c> afterwards.</summary>
    /// <param name="options">How it behaves; null for upstream's defaults.</param>
    /// <param name="wait">Whether time passes until its kinds are served, a moment.</param>
    /// <exception cref="InvalidOperationException">There is no master yet, or it is installed already.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    /// <seealso href="https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler">Vertical Pod Autoscaler</seealso>
    public virtual void InstallVerticalPodAutoscaler(VerticalPodAutoscalerOptions? options = null, bool wait = true) => throw OnlySimulated(
        "installing the vertical pod autoscaler", "check out kubernetes/autoscaler and run vertical-pod-autoscaler/hack/vpa-up.sh");
}
