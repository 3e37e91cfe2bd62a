using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.CustomResources.Controlling;

/// <summary>Deletes the objects of a definition that goes, waits until all are gone, and then lets it go.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/controller/finalizer/crd_finalizer.go.</remarks>
internal sealed class InstanceRemoval(IKubernetesApi api, VirtualClock clock, KindRegistrar registrar)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, (Scheduled Next, DateTimeOffset Since)> waiting = new(StringComparer.Ordinal);

    /// <summary>Looks at a definition that is being deleted.</summary>
    public void Look(CustomResourceDefinition definition)
    {
        var name = definition.Metadata.Name!;
        if (waiting.ContainsKey(name) || !definition.Metadata.Finalizers.Exists(f => f == CustomResourceDefinition.CleanupFinalizer))
        {
            return;
        }

        definition = Write(definition, Terminating("True", "InstanceDeletionInProgress", "CustomResource deletion is in progress"));
        if (!definition.Status.Is("Established"))
        {
            LetGo(definition, Terminating("False", "NeverEstablished", "resource was never established"));
            return;
        }

        Remove(name, clock.Now);
    }

    public void Stop()
    {
        foreach (var (next, _) in waiting.Values)
        {
            next.Cancel();
        }

        waiting.Clear();
    }

    private void Remove(string name, DateTimeOffset since)
    {
        waiting.Remove(name);
        try
        {
            if (api.Find<CustomResourceDefinition>("", name) is not { Metadata.DeletionTimestamp: not null } definition)
            {
                return;
            }

            if (Delete(name) == 0)
            {
                LetGo(definition, Terminating("False", "InstanceDeletionCompleted", "removed all instances"));
                return;
            }

            if (clock.Now - since >= Patience)
            {
                Write(definition, Terminating(
                    "True", "InstanceDeletionCheck", "could not confirm zero CustomResources remaining: timed out waiting for the condition"));
            }
        }
        catch (ApiException)
        {
            // Somebody was faster, or the store is away; the next look finds out.
        }

        waiting[name] = (clock.After(Pause, () => Remove(name, since)), since);
    }

    /// <summary>Deletes what is there; returns how much is left, for finalizers may hold it.</summary>
    private int Delete(string name)
    {
        if (registrar.KindOf(name)?.Resource is not { } resource)
        {
            return 0;
        }

        foreach (var item in api.List(resource, null, ListOptions.All).Items.Where(i => i.Metadata.DeletionTimestamp is null))
        {
            try
            {
                api.Delete(resource, ObjectKey.Of(item), DeleteOptions.Default);
            }
            catch (ApiException refusal) when (refusal.IsNotFound)
            {
                // It went before its turn.
            }
        }

        return api.List(resource, null, ListOptions.All).Items.Count;
    }

    private void LetGo(CustomResourceDefinition definition, Condition condition) => api.UpdateStatus(definition with
    {
        Metadata = definition.Metadata with
        {
            Finalizers = definition.Metadata.Finalizers.Where(f => f != CustomResourceDefinition.CleanupFinalizer),
        },
        Status = definition.Status.With(condition, clock.Now),
    });

    private CustomResourceDefinition Write(CustomResourceDefinition definition, Condition condition)
    {
        var status = definition.Status.With(condition, clock.Now);
        return status == definition.Status ? definition : api.UpdateStatus(definition with { Status = status });
    }

    private static Condition Terminating(string status, string reason, string message) =>
        new() { Type = "Terminating", Status = status, Reason = reason, Message = message };
}
