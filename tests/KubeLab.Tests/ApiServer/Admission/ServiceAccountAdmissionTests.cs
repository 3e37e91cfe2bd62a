using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer;

namespace KubeLab.Tests.ApiServer.Admission;

/// <summary>What pods get from their service accounts.</summary>
public sealed class ServiceAccountAdmissionTests
{
    private const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private readonly ServerFixture server = new(new ApiServerOptions { ServiceAccounts = true });

    public ServiceAccountAdmissionTests() => server.Api.Create(Account("default"));

    [Fact]
    public void A_pod_gets_a_token_in_every_container()
    {
        var pod = server.Api.Create(ServerFixture.Pod("p"));
        var volume = Assert.Single(pod.Spec.Volumes);
        Assert.Matches("^kube-api-access-[a-z0-9]{5}$", volume.Name);
        Assert.Equal([new VolumeMount { Name = volume.Name, ReadOnly = true, MountPath = MountPath }], pod.Spec.Containers[0].VolumeMounts);
        Assert.Equal(["sources", "defaultMode"], volume.Projected!.Overflow!.Select(f => f.Key));
    }

    [Fact]
    public void Pods_of_one_template_share_one_spec_and_others_do_not()
    {
        var template = ServerFixture.Pod("a");
        var (first, second) = (server.Api.Create(template), server.Api.Create(template with { Metadata = template.Metadata with { Name = "b" } }));
        Assert.Same(first.Spec, second.Spec);
        Assert.NotEqual(first.Spec.Volumes[0].Name, server.Api.Create(ServerFixture.Pod("c")).Spec.Volumes[0].Name);
    }

    [Theory]
    [InlineData(false, null, 0)]
    [InlineData(null, false, 0)]
    [InlineData(true, false, 1)]
    [InlineData(false, true, 0)]
    public void The_pod_decides_before_its_account(bool? pod, bool? account, int volumes)
    {
        server.Api.Create(Account("robot") with { AutomountServiceAccountToken = account });
        var wish = ServerFixture.Pod("p");
        var made = server.Api.Create(wish with { Spec = wish.Spec with { ServiceAccountName = "robot", AutomountServiceAccountToken = pod } });
        Assert.Equal(volumes, made.Spec.Volumes.Count);
    }

    [Fact]
    public void A_directory_that_is_mounted_there_already_stays()
    {
        var wish = ServerFixture.Pod("p");
        var own = new VolumeMount { Name = "own", MountPath = MountPath };
        var made = server.Api.Create(wish with
        {
            Spec = wish.Spec with
            {
                Volumes = [new() { Name = "own", EmptyDir = new() }],
                Containers = [wish.Spec.Containers[0] with { VolumeMounts = [own] }],
            },
        });
        Assert.Equal(["own"], made.Spec.Volumes.Select(v => v.Name));
    }

    [Fact]
    public void The_accounts_secrets_pull_images_unless_the_pod_names_its_own()
    {
        server.Api.Create(Account("robot") with { ImagePullSecrets = [new() { Name = "registry" }] });
        var wish = ServerFixture.Pod("p") with { Spec = ServerFixture.Pod("p").Spec with { ServiceAccountName = "robot" } };
        Assert.Equal("registry", server.Api.Create(wish).Spec.ImagePullSecrets[0].Name);
        var other = wish with { Metadata = wish.Metadata with { Name = "q" }, Spec = wish.Spec with { ImagePullSecrets = [new() { Name = "mine" }] } };
        Assert.Equal("mine", Assert.Single(server.Api.Create(other).Spec.ImagePullSecrets).Name);
    }

    [Fact]
    public void A_pod_whose_account_is_missing_is_refused()
    {
        var wish = ServerFixture.Pod("p");
        var refusal = ServerFixture.Refused(() => server.Api.Create(wish with { Spec = wish.Spec with { ServiceAccountName = "none" } }));
        Assert.Equal((403, "pods \"p\" is forbidden: error looking up service account default/none: serviceaccount \"none\" not found"), (refusal.Code, refusal.Message));
    }

    [Fact]
    public void The_account_of_a_namespace_that_is_just_being_made_is_waited_for_but_not_for_ever()
    {
        server.Api.Create(new Namespace { Metadata = new() { Name = "young" } });
        Assert.Single(server.Api.Create(ServerFixture.Pod("p", "young")).Spec.Volumes);
        server.Clock.RunFor(TimeSpan.FromSeconds(2));
        Assert.Equal(403, ServerFixture.Refused(() => server.Api.Create(ServerFixture.Pod("q", "young"))).Code);
    }

    private static ServiceAccount Account(string name) => new() { Metadata = new() { Name = name, Namespace = "default" } };
}
