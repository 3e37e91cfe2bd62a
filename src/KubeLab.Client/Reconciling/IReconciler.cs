using KubeLab.Api;

namespace KubeLab.Client.Reconciling;

/// <summary>Brings the world nearer to the wish of one object.</summary>
/// <remarks>
/// It is level-based: the key names the object and never carries what happened. It may be called at any time, also when nothing changed, and must come to the
/// same end however often. An <see cref="Api.Verbs.ApiException"/> means: try again, with a pause that doubles.
/// </remarks>
/// <seealso href="https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/reconcile">controller-runtime/pkg/reconcile</seealso>
public interface IReconciler
{
    /// <summary>Looks at the object <paramref name="key"/> and does what is missing.</summary>
    ReconcileResult Reconcile(ObjectKey key);
}

/// <summary>What a reconciler wants next.</summary>
/// <param name="RequeueAfter">Call again after this; null waits for the next change.</param>
public readonly record struct ReconcileResult(TimeSpan? RequeueAfter)
{
    /// <summary>Nothing until something changes.</summary>
    public static ReconcileResult Done => default;

    /// <summary>Call again after <paramref name="delay"/>, also when nothing changes.</summary>
    public static ReconcileResult After(TimeSpan delay) => new(delay);
}
