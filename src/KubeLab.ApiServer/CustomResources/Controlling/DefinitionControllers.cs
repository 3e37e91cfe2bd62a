using KubeLab.Api.Apiextensions;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.CustomResources.Controlling;

/// <summary>The controllers in the API server's own process that make definitions into kinds: naming, establishing, serving, removal.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/controller. Each looks at a definition whenever it has changed, and writes its status.</remarks>
internal sealed class DefinitionControllers(IKubernetesApi api, VirtualClock clock, KindRegistrar registrar) : IWatchSink
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private readonly SortedDictionary<string, CustomResourceDefinition> known = new(StringComparer.Ordinal);
    private readonly InstanceRemoval removal = new(api, clock, registrar);
    private IDisposable? watch;
    private Scheduled? retry;

    /// <summary>Serves what is there already and begins to watch.</summary>
    public void Start()
    {
        try
        {
            var list = api.List(CustomResourceDefinition.Resource, null, ListOptions.All);
            known.Clear();
            foreach (var definition in list.Items.Cast<CustomResourceDefinition>())
            {
                known.Add(definition.Metadata.Name!, definition);
            }

            foreach (var gone in registrar.Names.Where(n => !known.ContainsKey(n)))
            {
                registrar.Remove(gone);
            }

            foreach (var definition in known.Values)
            {
                registrar.Sync(definition);
            }

            watch = api.Watch(CustomResourceDefinition.Resource, null, new ListOptions { ResourceVersion = list.Metadata.ResourceVersion }, this);
            foreach (var definition in known.Values.ToList())
            {
                Look(definition);
            }
        }
        catch (ApiException)
        {
            retry = clock.After(Again, Start);
        }
    }

    /// <summary>Stops watching; what is served stays so until the next start, for nobody is answered meanwhile.</summary>
    public void Stop()
    {
        retry?.Cancel();
        watch?.Dispose();
        watch = null;
        removal.Stop();
    }

    void IWatchSink.OnEvent(in WatchEvent change)
    {
        if (change.Object is not CustomResourceDefinition definition)
        {
            return;
        }

        if (change.Type == WatchEventType.Deleted)
        {
            known.Remove(definition.Metadata.Name!);
            registrar.Remove(definition.Metadata.Name!);

            // Names that it had are free for others of its group.
            foreach (var other in known.Values.Where(d => d.Spec.Group == definition.Spec.Group).ToList())
            {
                Look(other);
            }

            return;
        }

        known[definition.Metadata.Name!] = definition;
        registrar.Sync(definition);
        Look(definition);
    }

    void IWatchSink.OnEnd(Status? error)
    {
        watch = null;
        retry = clock.After(Again, Start);
    }

    private void Look(CustomResourceDefinition definition)
    {
        try
        {
            if (definition.Metadata.DeletionTimestamp is not null)
            {
                removal.Look(definition);
                return;
            }

            var status = NameClaims.Decide(definition, known.Values, clock.Now);
            if (status == definition.Status && status.Is("NamesAccepted") && !status.Is("Established"))
            {
                status = status.With(
                    new() { Type = "Established", Status = "True", Reason = "InitialNamesAccepted", Message = "the initial names have been accepted" }, clock.Now);
            }

            if (status != definition.Status)
            {
                api.UpdateStatus(definition with { Status = status });
            }
        }
        catch (ApiException refusal) when (refusal.IsConflict || refusal.IsNotFound)
        {
            // It changed meanwhile, and the change comes here too.
        }
        catch (ApiException)
        {
            retry?.Cancel();
            retry = clock.After(Again, Restart);
        }
    }

    private void Restart()
    {
        watch?.Dispose();
        Start();
    }
}
