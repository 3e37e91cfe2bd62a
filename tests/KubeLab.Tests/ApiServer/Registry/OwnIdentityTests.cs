using KubeLab.Api.Coordination;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer;
using KubeLab.ApiServer.Registry;
using KubeLab.Simulation;
using Server = KubeLab.ApiServer.ApiServer;

namespace KubeLab.Tests.ApiServer.Registry;

public sealed class OwnIdentityTests
{
    // The first 16 bytes of the SHA-256 of the host's name, in base 32 without padding and in small letters, as upstream.
    [Theory]
    [InlineData("master-1", "apiserver-nihm5ngprxqxnpjevp7yosa6ze")]
    [InlineData("node", "apiserver-krpkkocgcab67xemqhbeiuy3aa")]
    public void A_server_is_called_by_a_hash_of_its_host(string host, string name) => Assert.Equal(name, OwnIdentity.NameOf(host));

    [Fact]
    public void It_renews_its_lease_and_removes_those_of_servers_gone_for_an_hour()
    {
        var f = new ServerFixture(new ApiServerOptions { Host = "master-1" });
        var second = new Server(f.Clock, new Randomness(2), f.Etcd, new ApiServerOptions { Host = "master-2" });
        f.Clock.RunFor(TimeSpan.FromMinutes(1));
        Lease Of(string host) => f.Api.Get<Lease>("kube-system", OwnIdentity.NameOf(host));
        Assert.Equal(f.Clock.Now, Of("master-1").Spec.RenewTime!.Value.Instant);
        Assert.Equal((3600, "kube-apiserver", "master-1"), (Of("master-1").Spec.LeaseDurationSeconds, Of("master-1").Metadata.Labels["apiserver.kubernetes.io/identity"], Of("master-1").Metadata.Labels["kubernetes.io/hostname"]));
        var before = Of("master-2").Spec.HolderIdentity;
        second.Stop();
        second.Start();
        Assert.NotEqual(before, Of("master-2").Spec.HolderIdentity);

        second.Stop();
        f.Clock.RunFor(TimeSpan.FromMinutes(50));
        Assert.NotNull(Of("master-2"));
        f.Clock.RunFor(TimeSpan.FromMinutes(75));
        Assert.Equal([OwnIdentity.NameOf("master-1")], f.Api.List<Lease>("kube-system").Select(l => l.Metadata.Name));
    }
}
