namespace KubeLab.Api.Quotas;

/// <summary>What one kind of object uses of quotas. The server asks it before it admits an object, the quota controller when it counts anew.</summary>
/// <remarks>Upstream: pkg/quota/v1/evaluator/core and staging/src/k8s.io/apiserver/pkg/quota/v1/generic.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/policy/resource-quotas/">Resource Quotas</seealso>
public abstract class QuotaEvaluator
{
    private static readonly Quantity One = Quantity.FromValue(1);

    /// <summary>Makes one for the objects of <paramref name="resource"/>.</summary>
    protected QuotaEvaluator(ApiResource resource)
    {
        CountName = $"count/{resource.QualifiedName}";
        Resource = resource;
    }

    /// <summary>The resource whose objects it knows.</summary>
    public ApiResource Resource { get; }

    /// <summary>The name under which their number is counted, for example <c>count/deployments.apps</c>.</summary>
    public string CountName { get; }

    /// <summary>Whether a changed object may use more than before.</summary>
    public virtual bool HandlesUpdates => false;

    /// <summary>The one for <paramref name="resource"/>; null when its objects are counted by no quota.</summary>
    public static QuotaEvaluator? For(ApiResource resource) => (resource.Group, resource.Plural) switch
    {
        ("", "pods") => new PodEvaluator(),
        ("", "services") => new ServiceEvaluator(),
        ("", "persistentvolumeclaims") => new ClaimEvaluator(),
        ("", "events") or ("events.k8s.io", _) => null,
        ("", "configmaps" or "secrets" or "replicationcontrollers" or "resourcequotas") => new ObjectEvaluator(resource, resource.Plural),
        _ => resource.Namespaced ? new ObjectEvaluator(resource, null) : null,
    };

    /// <summary>Whether its objects use the resource that a quota calls <paramref name="name"/>.</summary>
    public abstract bool Uses(string name);

    /// <summary>What <paramref name="obj"/> uses.</summary>
    /// <param name="obj">The object.</param>
    /// <param name="now">The present: a pod that should be gone long ago uses nothing.</param>
    public abstract ResourceList Usage(IApiObject obj, DateTimeOffset now);

    /// <summary>Whether <paramref name="obj"/> is within <paramref name="scope"/>; only pods ever are.</summary>
    public virtual bool Matches(QuotaScope scope, IApiObject obj) => false;

    /// <summary>What <paramref name="obj"/> must say since quotas limit it, as a sentence; null when it says it.</summary>
    public virtual string? Missing(IReadOnlyCollection<string> limited, IApiObject obj) => null;

    /// <summary>One object, under its names.</summary>
    protected static ResourceList Count(params ReadOnlySpan<string> names)
    {
        var amounts = default(ResourceList);
        foreach (var name in names)
        {
            amounts = amounts.With(name, One);
        }

        return amounts;
    }

    /// <summary>Objects of which only the number counts.</summary>
    private sealed class ObjectEvaluator(ApiResource resource, string? alias) : QuotaEvaluator(resource)
    {
        public override bool Uses(string name) => name == CountName || name == alias;

        public override ResourceList Usage(IApiObject obj, DateTimeOffset now) => alias is null ? Count(CountName) : Count(CountName, alias);
    }
}
