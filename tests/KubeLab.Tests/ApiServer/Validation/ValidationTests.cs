namespace KubeLab.Tests.ApiServer.Validation;

public sealed class ValidationTests
{
    private const string Subdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric "
        + "character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string Label =
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character "
        + "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

    private readonly FrontRig rig = new();

    [Theory]
    [InlineData("{}", "spec.containers: Required value")]
    [InlineData("{containers: [{image: x}]}", "spec.containers[0].name: Required value")]
    [InlineData("{containers: [{name: c}]}", "spec.containers[0].image: Required value")]
    [InlineData("{containers: [{name: C_, image: x}]}", "spec.containers[0].name: Invalid value: \"C_\": " + Label)]
    [InlineData("{containers: [{name: c, image: x}, {name: c, image: z}]}", "spec.containers[1].name: Duplicate value: \"c\"")]
    [InlineData(
        "{restartPolicy: Sometimes, containers: [{name: c, image: x}]}",
        "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"Never\", \"OnFailure\"")]
    [InlineData(
        "{containers: [{name: c, image: x, ports: [{containerPort: 70000}]}]}",
        "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData(
        "{containers: [{name: c, image: x, ports: [{name: a, containerPort: 1}, {name: a, containerPort: 2}]}]}",
        "spec.containers[0].ports[1].name: Duplicate value: \"a\"")]
    [InlineData(
        "{containers: [{name: c, image: x, resources: {limits: {cpu: 100m}, requests: {cpu: 200m}}}]}",
        "spec.containers[0].resources.requests: Invalid value: \"200m\": must be less than or equal to cpu limit of 100m")]
    [InlineData(
        "{containers: [{name: c, image: x, resources: {requests: {memory: -1Mi}}}]}",
        "spec.containers[0].resources.requests[memory]: Invalid value: \"-1Mi\": must be greater than or equal to 0")]
    [InlineData(
        "{containers: [{name: c, image: x, resources: {limits: {example.com/gpu: 500m}}}]}",
        "[spec.containers[0].resources.limits[example.com/gpu]: Invalid value: \"500m\": must be an integer, "
            + "spec.containers[0].resources.requests[example.com/gpu]: Invalid value: \"500m\": must be an integer]")]
    [InlineData(
        "{containers: [{name: c, image: x, imagePullPolicy: Maybe}]}",
        "spec.containers[0].imagePullPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", \"IfNotPresent\", \"Never\"")]
    [InlineData(
        "{containers: [{name: c, image: x, volumeMounts: [{name: v, mountPath: /v}]}]}",
        "spec.containers[0].volumeMounts[0].name: Not found: \"v\"")]
    [InlineData("{containers: [{name: c, image: x, livenessProbe: {}}]}", "spec.containers[0].livenessProbe: Required value: must specify a handler type")]
    [InlineData(
        "{containers: [{name: c, image: x, livenessProbe: {successThreshold: 2, exec: {command: [a]}}}]}",
        "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1")]
    [InlineData(
        "{tolerations: [{key: a, effect: Never}], containers: [{name: c, image: x}]}",
        "spec.tolerations[0].effect: Unsupported value: \"Never\": supported values: \"NoExecute\", \"NoSchedule\", \"PreferNoSchedule\"")]
    public void A_pod_is_refused_for_its_spec(string spec, string expected)
    {
        var (code, message) = rig.Refused(FrontRig.Pods, $"{{metadata: {{name: p}}, spec: {spec}}}");
        Assert.Equal((422, $"Pod \"p\" is invalid: {expected}"), (code, message));
    }

    [Theory]
    [InlineData("replicas: -1", "spec.replicas: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("minReadySeconds: -1", "spec.minReadySeconds: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData("progressDeadlineSeconds: 0", "spec.progressDeadlineSeconds: Invalid value: 0: must be greater than minReadySeconds")]
    [InlineData("strategy: {type: Slowly}", "spec.strategy.type: Unsupported value: \"Slowly\": supported values: \"Recreate\", \"RollingUpdate\"")]
    [InlineData(
        "strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}",
        "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'")]
    [InlineData(
        "strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}",
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0")]
    public void A_deployment_is_refused_for_its_numbers(string line, string expected)
    {
        var (code, message) = rig.Refused(FrontRig.Deployments, Defaulting.DefaultingTests.Web.Replace("spec:\n  selector", $"spec:\n  {line}\n  selector", StringComparison.Ordinal));
        Assert.Equal((422, $"Deployment.apps \"web\" is invalid: {expected}"), (code, message));
    }

    [Fact]
    public void A_selector_must_match_the_template()
    {
        var (code, message) = rig.Refused(FrontRig.Deployments, Defaulting.DefaultingTests.Web.Replace("labels: {app: web}", "labels: {app: x}", StringComparison.Ordinal));
        Assert.Equal(422, code);
        Assert.Equal("Deployment.apps \"web\" is invalid: spec.template.metadata.labels: Invalid value: {\"app\":\"x\"}: `selector` does not match template `labels`", message);
    }

    [Fact]
    public void A_deployment_needs_a_selector_and_restarts_always()
    {
        var (_, message) = rig.Refused(FrontRig.Deployments, """
            {metadata: {name: web}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: x}]}}}}
            """);
        Assert.Equal(
            "Deployment.apps \"web\" is invalid: [spec.selector: Required value, "
                + "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: \"Always\"]",
            message);
    }

    [Fact]
    public void A_selector_cannot_change()
    {
        var web = rig.Created(FrontRig.Deployments, Defaulting.DefaultingTests.Web);
        web["spec"]!["selector"]!["matchLabels"]!["app"] = "y";
        web["spec"]!["template"]!["metadata"]!["labels"]!["app"] = "y";
        var (code, status) = rig.Json("PUT", FrontRig.Deployments + "/web", web.ToJsonString());
        Assert.Equal(422, code);
        Assert.Equal(
            "Deployment.apps \"web\" is invalid: spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"y\"}}: field is immutable", (string?)status["message"]);
    }

    [Fact]
    public void Of_a_pod_only_the_image_and_little_else_may_change()
    {
        var pod = rig.Created(FrontRig.Pods, "{metadata: {name: p}, spec: {containers: [{name: c, image: x}]}}");
        pod["spec"]!["containers"]![0]!["image"] = "z";
        Assert.Equal("", Refusal(rig.Json("PUT", FrontRig.Pods + "/p", pod.ToJsonString())));
        pod["metadata"]!.AsObject().Remove("resourceVersion");
        pod["spec"]!["hostname"] = "h";
        var (code, status) = rig.Json("PUT", FrontRig.Pods + "/p", pod.ToJsonString());
        Assert.Equal(422, code);
        Assert.StartsWith("Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,", (string?)status["message"]);
        Assert.Equal("FieldValueForbidden", (string?)status["details"]!["causes"]![0]!["reason"]);
    }

    [Theory]
    [InlineData("{metadata: {name: Web}}", "metadata.name: Invalid value: \"Web\": " + Subdomain)]
    [InlineData("{metadata: {name: m}, data: {'a/b': x}}",
        "data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  "
            + "or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")]
    public void A_config_map_is_refused_for_its_names(string yaml, string expected)
    {
        var (code, message) = rig.Refused("/api/v1/namespaces/default/configmaps", yaml);
        Assert.Equal(422, code);
        Assert.EndsWith($"is invalid: {expected}", message);
    }

    [Fact]
    public void Annotations_of_two_megabytes_are_too_long()
    {
        var (code, message) = rig.Refused("/api/v1/namespaces/default/configmaps", $"{{metadata: {{name: m, annotations: {{a: {new string('x', 2_000_000)}}}}}}}");
        Assert.Equal((422, "ConfigMap \"m\" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes"), (code, message));
    }

    [Fact]
    public void A_namespace_is_named_by_a_label()
    {
        var (code, message) = rig.Refused("/api/v1/namespaces", "{metadata: {name: a.b}}");
        Assert.Equal((422, $"Namespace \"a.b\" is invalid: metadata.name: Invalid value: \"a.b\": {Label}"), (code, message));
    }

    [Fact]
    public void A_service_needs_ports_and_names_for_several()
    {
        const string Services = "/api/v1/namespaces/default/services";
        Assert.Equal("Service \"s\" is invalid: spec.ports: Required value", rig.Refused(Services, "{metadata: {name: s}, spec: {}}").Message);
        Assert.Equal(
            "Service \"s\" is invalid: [spec.ports[0].name: Required value, spec.ports[1].name: Required value]",
            rig.Refused(Services, "{metadata: {name: s}, spec: {ports: [{port: 80}, {port: 81}]}}").Message);
        Assert.Equal(
            "Service \"s\" is invalid: spec.type: Unsupported value: \"Public\": supported values: \"ClusterIP\", \"ExternalName\", \"LoadBalancer\", \"NodePort\"",
            rig.Refused(Services, "{metadata: {name: s}, spec: {type: Public, ports: [{port: 80}]}}").Message);
    }

    [Fact]
    public void Causes_name_reason_message_and_field()
    {
        var (_, status) = rig.Json("POST", FrontRig.Pods, """{"metadata":{"name":"p"},"spec":{}}""");
        const string Expected = """
            {"name":"p","kind":"Pod","causes":[{"reason":"FieldValueRequired","message":"Required value","field":"spec.containers"}]}
            """;
        Assert.Equal(Expected, status["details"]!.ToJsonString());
    }

    [Fact]
    public void A_name_can_be_taken_once_and_a_stale_version_is_refused()
    {
        var pod = rig.Created(FrontRig.Pods, "{metadata: {name: p}, spec: {containers: [{name: c, image: x}]}}");
        Assert.Equal((409, "pods \"p\" already exists"), rig.Refused(FrontRig.Pods, "{metadata: {name: p}, spec: {containers: [{name: c, image: x}]}}"));
        var before = pod.ToJsonString();
        pod["metadata"]!["labels"] = new System.Text.Json.Nodes.JsonObject { ["a"] = "b" };
        Assert.Equal("", Refusal(rig.Json("PUT", FrontRig.Pods + "/p", pod.ToJsonString())));
        var (code, status) = rig.Json("PUT", FrontRig.Pods + "/p", before);
        Assert.Equal(409, code);
        Assert.Equal(
            "Operation cannot be fulfilled on pods \"p\": the object has been modified; please apply your changes to the latest version and try again",
            (string?)status["message"]);
    }

    private static string Refusal((int Code, System.Text.Json.Nodes.JsonNode Body) answer) => answer.Code < 300 ? "" : (string)answer.Body["message"]!;
}
