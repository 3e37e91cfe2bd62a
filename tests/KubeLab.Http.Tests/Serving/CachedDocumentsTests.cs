using System.Net;
using System.Net.Http.Headers;

namespace KubeLab.Http.Tests.Serving;

public sealed class CachedDocumentsTests
{
    [Theory]
    [InlineData("openapi/v3", "application/json")]
    [InlineData("openapi/v3/api/v1", "application/json")]
    [InlineData("apis", "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")]
    public async Task What_a_client_has_already_is_not_sent_again(string path, string accept)
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        using var client = served.Client();
        client.DefaultRequestHeaders.Add("Accept", accept);
        using var first = await client.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        var tag = Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag);
        client.DefaultRequestHeaders.IfNoneMatch.Add(tag);
        for (var round = 0; round < 2; round++)
        {
            using var again = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal((HttpStatusCode.NotModified, 0), (again.StatusCode, (await again.Content.ReadAsByteArrayAsync()).Length));
        }
    }

    [Fact]
    public async Task An_object_may_be_sent_in_protobuf()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        using var client = served.Client();

        // The envelope, apiVersion v1 and kind ConfigMap, and in it a metadata with the name m.
        byte[] body = [.. "k8s\0"u8, 0x0a, 15, 0x0a, 2, .. "v1"u8, 0x12, 9, .. "ConfigMap"u8, 0x12, 5, 0x0a, 3, 0x0a, 1, .. "m"u8];
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/vnd.kubernetes.protobuf");
        using var answer = await client.PostAsync(new Uri("api/v1/namespaces/default/configmaps", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
