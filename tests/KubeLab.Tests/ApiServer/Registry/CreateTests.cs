using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Registry;

public sealed class CreateTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void The_server_gives_identity_birth_version_and_generation()
    {
        var pod = f.Api.Create(ServerFixture.Pod("web"));

        Assert.Equal(36, pod.Metadata.Uid!.Length);
        Assert.Equal(new Timestamp(f.Clock.Now), pod.Metadata.CreationTimestamp);
        Assert.Equal(f.Server.ResourceVersion, pod.Metadata.ResourceVersion);
        Assert.Equal(1, pod.Metadata.Generation);
        Assert.Same(pod, f.Api.Get<Pod>("default", "web"));
    }

    [Fact]
    public void A_status_that_the_client_sends_is_the_servers_to_set()
    {
        var pod = f.Api.Create(ServerFixture.Pod("web") with { Status = new() { Phase = "Running", PodIP = "10.0.0.1" } });

        Assert.Equal(("Pending", null), (pod.Status.Phase, pod.Status.PodIP));
    }

    [Fact]
    public void A_generated_name_has_five_letters_behind_its_prefix()
    {
        var names = Enumerable.Range(0, 50)
            .Select(_ => f.Api.Create(ServerFixture.Pod("") with { Metadata = new() { GenerateName = "web-", Namespace = "default" } }).Metadata.Name!)
            .ToList();

        Assert.All(names, n => Assert.Matches("^web-[bcdfghjklmnpqrstvwxz2456789]{5}$", n));
        Assert.Equal(50, names.Distinct().Count());
    }

    [Fact]
    public void The_same_seed_gives_the_same_names_and_uids() => Assert.Equal(
        new ServerFixture().Api.Create(ServerFixture.Pod("web")).Metadata.Uid,
        new ServerFixture().Api.Create(ServerFixture.Pod("web")).Metadata.Uid);

    [Fact]
    public void A_name_is_taken_once()
    {
        f.Api.Create(ServerFixture.Pod("web"));
        var status = ServerFixture.Refused(() => f.Api.Create(ServerFixture.Pod("web")));

        Assert.Equal((409, "AlreadyExists", "pods \"web\" already exists"), (status.Code, status.Reason, status.Message));
        Assert.Equal(("web", "pods"), (status.Details!.Name, status.Details.Kind));
    }

    [Fact]
    public void A_name_is_still_taken_while_its_object_goes()
    {
        var pod = f.Api.Create(ServerFixture.Pod("web"));
        f.Api.Bind(pod, "node-1");
        f.Api.Delete<Pod>("default", "web");

        var status = ServerFixture.Refused(() => f.Api.Create(ServerFixture.Pod("web")));
        Assert.Equal("object is being deleted: pods \"web\" already exists", status.Message);
    }

    [Fact]
    public void A_namespace_must_exist()
    {
        var status = ServerFixture.Refused(() => f.Api.Create(ServerFixture.Pod("web", "nowhere")));

        Assert.Equal((404, "NotFound", "namespaces \"nowhere\" not found"), (status.Code, status.Reason, status.Message));
    }

    [Fact]
    public void A_name_must_be_given_and_must_be_a_name()
    {
        var none = ServerFixture.Refused(() => f.Api.Create(ServerFixture.ConfigMap("")));
        Assert.Equal("ConfigMap \"\" is invalid: metadata.name: Required value: name or generateName is required", none.Message);

        var wrong = ServerFixture.Refused(() => f.Api.Create(ServerFixture.ConfigMap("Web_1")));
        Assert.Equal((422, "Invalid", "metadata.name"), (wrong.Code, wrong.Reason, wrong.Details!.Causes[0].Field));
        Assert.StartsWith("Invalid value: \"Web_1\": a lowercase RFC 1123 subdomain must consist of", wrong.Details.Causes[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_version_has_no_place_in_a_new_object()
    {
        var map = ServerFixture.ConfigMap("a");
        var status = ServerFixture.Refused(() => f.Api.Create(map with { Metadata = map.Metadata with { ResourceVersion = "1" } }));

        Assert.Equal((500, "resourceVersion should not be set on objects to be created"), (status.Code, status.Message));
    }

    [Fact]
    public void A_dry_run_checks_everything_and_stores_nothing()
    {
        var map = f.Api.Create(ServerFixture.ConfigMap("a"), new WriteOptions { DryRun = true });

        Assert.NotNull(map.Metadata.Uid);
        Assert.Null(map.Metadata.ResourceVersion);
        Assert.Null(f.Api.Find<ConfigMap>("default", "a"));
        f.Api.Create(ServerFixture.ConfigMap("a"));
        Assert.Equal("AlreadyExists", ServerFixture.Refused(() => f.Api.Create(ServerFixture.ConfigMap("a"), new WriteOptions { DryRun = true })).Reason);
    }

    [Fact]
    public void Events_go_after_about_an_hour()
    {
        f.Api.Create(new Event { Metadata = new() { Name = "e", Namespace = "default" }, InvolvedObject = new() { Namespace = "default" } });
        f.Clock.RunFor(TimeSpan.FromMinutes(59));
        Assert.NotNull(f.Api.Find<Event>("default", "e"));

        f.Clock.RunFor(TimeSpan.FromMinutes(3));
        Assert.Null(f.Api.Find<Event>("default", "e"));
    }

    [Fact]
    public void A_new_server_has_namespaces_and_the_kubernetes_service()
    {
        Assert.Equal(["default", "kube-node-lease", "kube-public", "kube-system"], f.Api.List<Namespace>().Select(n => n.Metadata.Name!));
        Assert.Equal("10.96.0.1", f.Api.Get<Service>("default", "kubernetes").Spec.ClusterIP);
    }

    [Fact]
    public void What_is_not_served_is_not_found()
    {
        var widgets = ApiResource.Named("example.com/v1", "widgets", "Widget", true);
        var status = ServerFixture.Refused(() => f.Api.List(widgets, null, ListOptions.All));

        Assert.Equal((404, "the server could not find the requested resource"), (status.Code, status.Message));
    }
}
