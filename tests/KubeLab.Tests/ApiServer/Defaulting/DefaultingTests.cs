using System.Text.Json.Nodes;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.ApiServer.Defaulting;

public sealed class DefaultingTests
{
    public const string Web = """
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: c, image: nginx}]}
        """;

    private readonly FrontRig rig = new();

    [Fact]
    public void A_pod_gets_what_it_leaves_out()
    {
        var pod = rig.Created(FrontRig.Pods, """
            metadata: {name: p}
            spec:
              containers:
              - {name: a, image: nginx, ports: [{containerPort: 80}], readinessProbe: {httpGet: {port: 80}}}
              - {name: b, image: "nginx:1.29", resources: {limits: {cpu: 100m}}}
              volumes: [{name: empty}, {name: config, configMap: {name: m}}]
            """);
        Expect(pod["spec"]!, """
            restartPolicy: Always
            dnsPolicy: ClusterFirst
            terminationGracePeriodSeconds: 30
            schedulerName: default-scheduler
            securityContext: {}
            serviceAccountName: default
            serviceAccount: default
            enableServiceLinks: true
            preemptionPolicy: PreemptLowerPriority
            priority: 0
            volumes: [{name: empty, emptyDir: {}}, {name: config, configMap: {name: m, defaultMode: 420}}]
            """);
        Expect(pod["spec"]!["containers"]![0]!, """
            imagePullPolicy: Always
            terminationMessagePath: /dev/termination-log
            terminationMessagePolicy: File
            ports: [{containerPort: 80, protocol: TCP}]
            readinessProbe: {httpGet: {port: 80, path: /, scheme: HTTP}, timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3}
            """);
        Expect(pod["spec"]!["containers"]![1]!, """
            imagePullPolicy: IfNotPresent
            resources: {limits: {cpu: 100m}, requests: {cpu: 100m}}
            """);
    }

    [Theory]
    [InlineData("nginx", "Always")]
    [InlineData("nginx:latest", "Always")]
    [InlineData("registry:5000/team/nginx", "Always")]
    [InlineData("registry:5000/team/nginx:1", "IfNotPresent")]
    [InlineData("nginx@sha256:0123", "IfNotPresent")]
    public void Images_whose_tag_moves_are_looked_up_each_time(string image, string policy)
    {
        var pod = rig.Created(FrontRig.Pods, $"{{metadata: {{name: p}}, spec: {{containers: [{{name: c, image: '{image}'}}]}}}}");
        Assert.Equal(policy, (string?)pod["spec"]!["containers"]![0]!["imagePullPolicy"]);
    }

    [Fact]
    public void A_deployment_and_its_template_get_what_they_leave_out()
    {
        var deployment = rig.Created(FrontRig.Deployments, Web);
        Expect(deployment["spec"]!, """
            replicas: 1
            revisionHistoryLimit: 10
            progressDeadlineSeconds: 600
            strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 25%}}
            """);
        var template = deployment["spec"]!["template"]!["spec"]!;
        Assert.Equal("Always", (string?)template["restartPolicy"]);
        Assert.Null(template["enableServiceLinks"]);
        Assert.Null(template["serviceAccountName"]);
    }

    [Fact]
    public void A_template_keeps_the_absence_of_requests()
    {
        var deployment = rig.Created(FrontRig.Deployments, Web.Replace("image: nginx", "image: nginx, resources: {limits: {cpu: 1}}", StringComparison.Ordinal));
        Assert.Null(deployment["spec"]!["template"]!["spec"]!["containers"]![0]!["resources"]!["requests"]);
    }

    [Fact]
    public void A_service_gets_what_it_leaves_out()
    {
        var service = rig.Created("/api/v1/namespaces/default/services", "{metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}");
        Expect(service["spec"]!, """
            type: ClusterIP
            sessionAffinity: None
            internalTrafficPolicy: Cluster
            ipFamilies: [IPv4]
            ipFamilyPolicy: SingleStack
            ports: [{port: 80, protocol: TCP, targetPort: 80}]
            """);
    }

    [Fact]
    public void Defaulting_twice_changes_nothing()
    {
        rig.Created(FrontRig.Deployments, Web);
        var stored = rig.Direct.Get<Deployment>("default", "web");
        var again = rig.Direct.Update(stored with { Metadata = stored.Metadata with { ResourceVersion = null } });
        Assert.Same(stored, again);
    }

    [Fact]
    public void Pods_of_one_template_share_its_containers()
    {
        rig.Created(FrontRig.Deployments, Web);
        var template = rig.Direct.Get<Deployment>("default", "web").Spec.Template;
        Pod Make(string name) => rig.Direct.Create(new Pod { Metadata = new() { Name = name, Namespace = "default" }, Spec = template.Spec });
        Assert.Same(template.Spec.Containers[0], Make("a").Spec.Containers[0]);
        Assert.Same(Make("b").Spec.Containers[0], Make("c").Spec.Containers[0]);
    }

    private static void Expect(JsonNode actual, string yaml)
    {
        foreach (var (name, value) in KubeLab.Api.Yaml.Yaml.Read(yaml)!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(value, actual[name]), $"{name}: expected {value?.ToJsonString()}, got {actual[name]?.ToJsonString()}");
        }
    }
}
