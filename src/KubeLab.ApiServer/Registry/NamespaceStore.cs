using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Admission;

namespace KubeLab.ApiServer.Registry;

/// <summary>Namespaces go in two steps: first their contents, then, when <c>spec.finalizers</c> is empty, they themselves.</summary>
/// <remarks>Upstream: pkg/registry/core/namespace/storage.</remarks>
internal sealed class NamespaceStore(KindStrategy strategy, RegistryContext context) : ObjectStore(strategy, context)
{
    /// <inheritdoc/>
    public override IApiObject? Delete(ObjectKey key, DeleteOptions options)
    {
        while (true)
        {
            var current = Etcd.Get(KeyOf(key)) ?? throw ApiErrors.NotFound(Resource, key.Name);
            var ns = (Namespace)current.Value;
            OptimisticConcurrency.Check(Resource, options, ns.Metadata);
            NamespaceLifecycle.RequireMortal(key.Name);
            if (ns.Spec is null || ns.Spec.Finalizers.IsEmpty)
            {
                return base.Delete(key, options);
            }

            if (ns.Metadata.DeletionTimestamp is not null)
            {
                return ns;
            }

            var going = ns with
            {
                Metadata = ns.Metadata with { DeletionTimestamp = Context.Clock.Now },
                Status = (ns.Status ?? new()) with { Phase = "Terminating" },
            };
            if (options.DryRun || TryReplace(current, going, out _))
            {
                return options.DryRun ? going : Find(key);
            }
        }
    }

    /// <summary>Replaces <c>spec.finalizers</c>; the namespace goes with the last of them.</summary>
    public IApiObject Finalize(Namespace wanted)
    {
        var path = KeyOf(new ObjectKey("", wanted.Metadata.Name ?? ""));
        while (true)
        {
            var current = Etcd.Get(path) ?? throw ApiErrors.NotFound(Resource, wanted.Metadata.Name ?? "");
            var old = (Namespace)current.Value;
            OptimisticConcurrency.Check(Strategy, path, wanted.Metadata, old.Metadata);
            var next = old with { Spec = wanted.Spec };
            if (next.Equals(old))
            {
                return old;
            }

            IApiObject stored = next;
            if (CompletesDeletion(next, old) ? TryRemove(current) : TryReplace(current, next, out stored))
            {
                return stored;
            }
        }
    }

    /// <inheritdoc/>
    protected override bool CompletesDeletion(IApiObject obj, IApiObject old) =>
        obj is Namespace { Metadata: { DeletionTimestamp: not null, Finalizers.IsEmpty: true } } ns && (ns.Spec is null || ns.Spec.Finalizers.IsEmpty);
}
