using KubeLab.Client.Http;

namespace KubeLab.Tests.Client.Http;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("https://h:6443", "https://h:6443/api/v1/pods?limit=5")]
    [InlineData("https://h:6443/", "https://h:6443/api/v1/pods?limit=5")]
    [InlineData("https://rancher/k8s/clusters/c-1", "https://rancher/k8s/clusters/c-1/api/v1/pods?limit=5")]
    [InlineData("https://rancher/k8s/clusters/c-1/", "https://rancher/k8s/clusters/c-1/api/v1/pods?limit=5")]
    public void A_servers_own_path_comes_first(string server, string address) =>
        Assert.Equal(address, ServerAddress.With(new Uri(server), "/api/v1/pods?limit=5").ToString());
}
