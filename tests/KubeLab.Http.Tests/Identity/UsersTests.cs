using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace KubeLab.Http.Tests.Identity;

/// <summary>Users besides the administrator: certificates, tokens, and service accounts.</summary>
public sealed class UsersTests
{
    private const string Reviews = "apis/authentication.k8s.io/v1/selfsubjectreviews";

    [Fact]
    public async Task A_certificate_proves_a_user_and_the_groups()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        var jane = served.Server.Issue("jane", "students", "testers");
        using var handler = served.Trusting();
        handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPem(jane.Certificate, jane.Key)];
        using var client = new HttpClient(handler) { BaseAddress = served.Server.Address };
        var user = await WhoAmI(client);
        Assert.Equal(("jane", """["students","testers","system:authenticated"]"""), ((string?)user["username"], user["groups"]!.ToJsonString()));
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri("api/v1/pods", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task The_kubeconfig_has_a_context_for_each_user()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        served.Server.Issue("jane");
        served.Server.Issue("system:kube-scheduler");
        Assert.Contains("- name: kubelab\n  context:\n    cluster: kubelab\n    user: kubelab\n", served.Server.Kubeconfig, StringComparison.Ordinal);
        Assert.Contains("- name: jane@kubelab\n  context:\n    cluster: kubelab\n    user: jane@kubelab\n", served.Server.Kubeconfig, StringComparison.Ordinal);
        Assert.Contains("- name: \"system:kube-scheduler@kubelab\"\n  user:\n    client-certificate-data: ", served.Server.Kubeconfig, StringComparison.Ordinal);
        Assert.Equal(3, served.Server.Kubeconfig.Split("client-key-data").Length - 1);
    }

    [Fact]
    public async Task A_token_proves_a_user_and_another_nobody()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        using var client = served.Client(served.Server.IssueToken("joe", "students"));
        Assert.Equal("joe", (string?)(await WhoAmI(client))["username"]);
        using var stranger = served.Client("guess");
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri("api", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task A_service_account_asks_with_the_token_that_was_made_for_it()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0);
        using var admin = served.Client();
        var answer = await admin.PostAsync(new Uri("api/v1/namespaces/default/serviceaccounts/default/token", UriKind.Relative), Json("{}"));
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var client = served.Client((string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["status"]!["token"]!);
        Assert.Equal("system:serviceaccount:default:default", (string?)(await WhoAmI(client))["username"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync(new Uri("api/v1/nodes", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Pods_find_the_certificate_of_the_door()
    {
        await using var served = await ServedCluster.StartAsync(workers: 0, speed: 60);
        using var admin = served.Client();
        for (var i = 0; i < 50; i++)
        {
            var map = await admin.GetFromJsonAsync<JsonObject>(new Uri("api/v1/namespaces/default/configmaps/kube-root-ca.crt", UriKind.Relative));
            if (((string)map!["data"]!["ca.crt"]!).Trim() == served.Server.AuthorityPem.Trim())
            {
                return;
            }

            await Task.Delay(100);
        }

        Assert.Fail("the certificate was not published");
    }

    private static async Task<JsonNode> WhoAmI(HttpClient client)
    {
        var answer = await client.PostAsync(new Uri(Reviews, UriKind.Relative), Json("{}"));
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!["status"]!["userInfo"]!;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
