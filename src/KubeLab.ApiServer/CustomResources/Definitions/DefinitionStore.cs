using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Definitions;

/// <summary>Definitions go in two steps: marked first, and taken away when the objects of their kind are gone.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/registry/customresourcedefinition/etcd.go.</remarks>
internal sealed class DefinitionStore(KindStrategy strategy, RegistryContext context) : ObjectStore(strategy, context)
{
    /// <inheritdoc/>
    public override IApiObject? Delete(ObjectKey key, DeleteOptions options)
    {
        while (true)
        {
            var current = Etcd.Get(KeyOf(key)) ?? throw ApiErrors.NotFound(Resource, key.Name);
            var definition = (CustomResourceDefinition)current.Value;
            OptimisticConcurrency.Check(Resource, options, definition.Metadata);
            if (definition.Metadata.DeletionTimestamp is not null || options.DryRun)
            {
                return base.Delete(key, options);
            }

            if (TryReplace(current, Marked(definition), out _))
            {
                return base.Delete(key, options with { ResourceVersion = null });
            }
        }
    }

    private CustomResourceDefinition Marked(CustomResourceDefinition definition)
    {
        var metadata = definition.Metadata;
        var finalizers = metadata.Finalizers;
        return definition with
        {
            Metadata = metadata with
            {
                DeletionTimestamp = Context.Clock.Now,
                DeletionGracePeriodSeconds = metadata.DeletionGracePeriodSeconds ?? 0,
                Finalizers = finalizers.Exists(f => f == CustomResourceDefinition.CleanupFinalizer)
                    ? finalizers : finalizers.Add(CustomResourceDefinition.CleanupFinalizer),
            },
            Status = definition.Status.With(
                new()
                {
                    Type = "Terminating",
                    Status = "True",
                    Reason = "InstanceDeletionPending",
                    Message = "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
                },
                Context.Clock.Now),
        };
    }
}
