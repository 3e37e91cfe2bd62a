using System.Security.Cryptography;
using System.Text;
using KubeLab.Api;
using KubeLab.Api.Coordination;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Registry;

/// <summary>The lease in kube-system by which a server says that it lives, and under which name; leases of servers that have been gone for an hour are removed.</summary>
/// <remarks>Upstream: the feature APIServerIdentity, pkg/controlplane/instance.go and pkg/controlplane/controller/leasegarbagecollector.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/architecture/leases/#api-server-identity">API server identity</seealso>
internal sealed class OwnIdentity(IKubernetesApi api, VirtualClock clock, Randomness chance, string host)
{
    private const string Namespace = "kube-system";
    private const string Label = "apiserver.kubernetes.io/identity";
    private const int LeaseSeconds = 3600;
    private const string Digits = "abcdefghijklmnopqrstuvwxyz234567";
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CollectEvery = TimeSpan.FromHours(1);
    private readonly string name = NameOf(host);
    private Repeating? renewal;
    private Repeating? collection;
    private string holder = "";
    private Lease? lease;

    /// <summary>What the server on <paramref name="host"/> is called.</summary>
    public static string NameOf(string host) => $"apiserver-{Base32(SHA256.HashData(Encoding.UTF8.GetBytes(host)).AsSpan(0, 16))}";

    /// <summary>A new process begins.</summary>
    public void Start()
    {
        holder = $"{name}_{chance.NextUid()}";
        lease = null;
        Renew();
        renewal = clock.Every(RenewEvery, Renew);
        collection = clock.Every(CollectEvery, Collect);
    }

    /// <summary>The process ends.</summary>
    public void Stop()
    {
        renewal?.Cancel();
        collection?.Cancel();
    }

    private void Renew()
    {
        try
        {
            MicroTime now = clock.Now;
            lease ??= api.Find<Lease>(Namespace, name);
            lease = lease is null ? api.Create(New(now)) : api.Update(lease with { Spec = lease.Spec with { HolderIdentity = holder, LeaseDurationSeconds = LeaseSeconds, RenewTime = now } });
        }
        catch (ApiException)
        {
            // The store does not answer, or somebody else wrote: it is read again the next time.
            lease = null;
        }
    }

    private Lease New(MicroTime now) => new()
    {
        Metadata = new() { Name = name, Namespace = Namespace, Labels = StringMap.Of((Label, "kube-apiserver"), ("kubernetes.io/hostname", host)) },
        Spec = new() { HolderIdentity = holder, LeaseDurationSeconds = LeaseSeconds, RenewTime = now },
    };

    private void Collect()
    {
        try
        {
            foreach (var found in api.List<Lease>(Namespace, new ListOptions { LabelSelector = $"{Label}=kube-apiserver" }))
            {
                if (found.Spec.RenewTime is { } renewed && renewed.Instant + TimeSpan.FromSeconds(found.Spec.LeaseDurationSeconds ?? 0) < clock.Now)
                {
                    api.Delete<Lease>(Namespace, found.Metadata.Name!);
                }
            }
        }
        catch (ApiException)
        {
            // The next round comes in an hour.
        }
    }

    private static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        var (bits, count) = (0u, 0);
        foreach (var b in bytes)
        {
            bits = (bits << 8) | b;
            for (count += 8; count >= 5; count -= 5)
            {
                text.Append(Digits[(int)((bits >> (count - 5)) & 31)]);
            }
        }

        return count == 0 ? text.ToString() : text.Append(Digits[(int)((bits << (5 - count)) & 31)]).ToString();
    }
}
