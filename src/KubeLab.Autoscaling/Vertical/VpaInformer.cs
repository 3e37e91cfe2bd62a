using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.Vertical;

/// <summary>The autoscalers that there are, each read once for each of its versions.</summary>
internal sealed class VpaInformer(IKubernetesApi api, VirtualClock clock, VerticalPodAutoscalerOptions options)
{
    private readonly Informer<CustomObject> informer = new(api, clock, Vpa.Resource);
    private readonly Dictionary<ObjectKey, Vpa> read = [];

    /// <summary>All of them, in the order of their keys, but for those in namespaces that are left alone.</summary>
    public IReadOnlyList<Vpa> All
    {
        get
        {
            var found = new List<Vpa>(informer.Count);
            foreach (var obj in informer.Objects)
            {
                if (!options.IgnoredVpaObjectNamespaces.Exists(n => n == obj.Metadata.Namespace) && Read(obj) is { } vpa)
                {
                    found.Add(vpa);
                }
            }

            Forget();
            found.Sort((a, b) => a.Key.CompareTo(b.Key));
            return found;
        }
    }

    /// <summary>Whether the first list has been read.</summary>
    public bool HasSynced => informer.HasSynced;

    /// <summary>Begins to watch.</summary>
    public void Start() => informer.Start();

    /// <summary>Ends it.</summary>
    public void Stop()
    {
        informer.Stop();
        read.Clear();
    }

    private Vpa? Read(CustomObject obj)
    {
        var key = ObjectKey.Of(obj);
        if (read.TryGetValue(key, out var known) && ReferenceEquals(known.Object, obj))
        {
            return known;
        }

        try
        {
            return read[key] = Vpa.Read(obj);
        }
        catch (JsonException)
        {
            // Stored under another schema; whoever changes it will be told what is wrong.
            return null;
        }
    }

    private void Forget()
    {
        if (read.Count > informer.Count)
        {
            foreach (var gone in read.Keys.Where(k => informer[k] is null).ToList())
            {
                read.Remove(gone);
            }
        }
    }
}
