namespace KubeLab.Tests.ApiServer.Validation;

/// <summary>What the kinds without controllers refuse, in upstream's words.</summary>
public sealed class KindValidationTests
{
    private const string Pod = "{metadata: {labels: {a: b}}, spec: {restartPolicy: Never, containers: [{name: c, image: x}]}}";
    private const string Always = "{metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: x}]}}";
    private readonly FrontRig rig = new();

    [Theory]
    [InlineData("type: kubernetes.io/tls, data: {tls.crt: YQ==}", "data[tls.key]: Required value")]
    [InlineData("type: kubernetes.io/service-account-token", "metadata.annotations[kubernetes.io/service-account.name]: Required value")]
    [InlineData("type: kubernetes.io/basic-auth", "[data[username]: Required value, data[password]: Required value]")]
    public void A_secret_must_hold_what_its_type_says(string fields, string expected) => Refuses("/api/v1/namespaces/default/secrets", "Secret", fields, expected);

    [Fact]
    public void A_secret_hides_its_plain_text_and_keeps_its_type()
    {
        var made = rig.Created("/api/v1/namespaces/default/secrets", "{metadata: {name: x}, data: {a: YQ==}, stringData: {a: b, c: d}}");
        Assert.Equal("""{"a":"Yg==","c":"ZA=="}""", made["data"]!.ToJsonString());
        Assert.Null(made["stringData"]);
        Assert.Equal("Opaque", (string?)made["type"]);
        var (code, status) = rig.Json("PATCH", "/api/v1/namespaces/default/secrets/x", """{"type":"other"}""", "application/merge-patch+json");
        Assert.Equal((422, "Secret \"x\" is invalid: type: Invalid value: \"other\": field is immutable"), (code, (string?)status["message"]));
    }

    [Theory]
    [InlineData($"template: {Always}", "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    [InlineData($"completionMode: Indexed, parallelism: 1, template: {Pod}", "spec.completions: Required value: when completion mode is Indexed")]
    [InlineData($"backoffLimit: -1, template: {Pod}", "spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0")]
    public void A_job_is_refused_for_its_spec(string spec, string expected) =>
        Refuses("/apis/batch/v1/namespaces/default/jobs", "Job.batch", $"spec: {{{spec}}}", expected);

    [Fact]
    public void A_job_selects_the_pods_that_carry_its_uid_and_its_completions_stay()
    {
        var job = rig.Created("/apis/batch/v1/namespaces/default/jobs", $"{{metadata: {{name: x}}, spec: {{template: {Pod}}}}}");
        var uid = (string)job["metadata"]!["uid"]!;
        Assert.Equal(uid, (string?)job["spec"]!["selector"]!["matchLabels"]!["batch.kubernetes.io/controller-uid"]);
        var labels = job["spec"]!["template"]!["metadata"]!["labels"]!;
        Assert.Equal(("b", uid, "x"), ((string?)labels["a"], (string?)labels["controller-uid"], (string?)labels["job-name"]));
        Assert.Equal((1, 1, 6), ((int)job["spec"]!["completions"]!, (int)job["spec"]!["parallelism"]!, (int)job["spec"]!["backoffLimit"]!));
        var (code, status) = rig.Json("PATCH", "/apis/batch/v1/namespaces/default/jobs/x", """{"spec":{"completions":3}}""", "application/merge-patch+json");
        Assert.Equal((422, "Job.batch \"x\" is invalid: spec.completions: Invalid value: 3: field is immutable"), (code, (string?)status["message"]));
    }

    [Theory]
    [InlineData("* * *", "expected exactly 5 fields, found 3: [* * *]")]
    [InlineData("60 * * * *", "end of range (60) above maximum (59): 60")]
    [InlineData("0 9-5 * * *", "beginning of range (9) beyond end of range (5): 9-5")]
    [InlineData("0 0 0 * *", "beginning of range (0) below minimum (1): 0")]
    [InlineData("*/0 * * * *", "step of range should be a positive number: */0")]
    [InlineData("0 0 * * someday", "failed to parse int from someday: strconv.Atoi: parsing \\\"someday\\\": invalid syntax")]
    [InlineData("@often", "unrecognized descriptor: @often")]
    public void A_schedule_that_cron_cannot_read_is_refused(string schedule, string problem) => Refuses(
        "/apis/batch/v1/namespaces/default/cronjobs",
        "CronJob.batch",
        $"spec: {{schedule: \"{schedule}\", jobTemplate: {{spec: {{template: {Pod}}}}}}}",
        $"spec.schedule: Invalid value: \"{schedule}\": {problem.Replace("\\\"", "\"", StringComparison.Ordinal)}");

    [Theory]
    [InlineData("*/5 0-6,22 1-15/2 jan,dec mon-fri")]
    [InlineData("0 0 ? * *")]
    [InlineData("@hourly")]
    [InlineData("@every 1h30m")]
    public void A_schedule_that_cron_reads_is_taken(string schedule) => rig.Created(
        "/apis/batch/v1/namespaces/default/cronjobs",
        $"{{metadata: {{name: x}}, spec: {{schedule: \"{schedule}\", jobTemplate: {{spec: {{template: {Pod}}}}}}}}}");

    [Theory]
    [InlineData($"template: {Always}", "spec.selector: Required value")]
    [InlineData($"selector: {{matchLabels: {{a: b}}}}, podManagementPolicy: Any, template: {Always}", "spec.podManagementPolicy: Invalid value: \"Any\": must be 'OrderedReady' or 'Parallel'")]
    public void A_stateful_set_is_refused_for_its_spec(string spec, string expected) =>
        Refuses("/apis/apps/v1/namespaces/default/statefulsets", "StatefulSet.apps", $"spec: {{{spec}}}", expected);

    [Fact]
    public void A_controller_revision_has_data_that_never_changes()
    {
        const string Revisions = "/apis/apps/v1/namespaces/default/controllerrevisions";
        var (code, status) = rig.Json("POST", Revisions, """{"metadata":{"name":"x"},"revision":-1}""");
        Assert.Equal(422, code);
        Assert.Equal(
            "ControllerRevision.apps \"x\" is invalid: [data: Required value: data is mandatory, revision: Invalid value: -1: must be greater than or equal to 0]",
            (string?)status["message"]);
        rig.Created(Revisions, "{metadata: {name: x}, data: {spec: {a: 1}}, revision: 1}");
        Assert.Equal(200, rig.Json("PATCH", Revisions + "/x", """{"revision":2}""", "application/merge-patch+json").Code);
        (code, status) = rig.Json("PATCH", Revisions + "/x", """{"data":{"spec":{"a":2}}}""", "application/merge-patch+json");
        Assert.Equal(422, code);
        Assert.EndsWith("field is immutable", (string?)status["message"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_stateful_set_may_mount_the_claims_that_it_adds() => rig.Created(
        "/apis/apps/v1/namespaces/default/statefulsets",
        "{metadata: {name: x}, spec: {serviceName: s, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: "
        + "[{name: c, image: i, volumeMounts: [{name: data, mountPath: /data}]}]}}, volumeClaimTemplates: [{metadata: {name: data}, "
        + "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]}}");

    [Fact]
    public void A_field_whose_feature_is_off_is_dropped()
    {
        var created = rig.Created(
            "/apis/apps/v1/namespaces/default/statefulsets",
            $"{{metadata: {{name: x}}, spec: {{serviceName: s, selector: {{matchLabels: {{a: b}}}}, template: {Always}, updateStrategy: {{rollingUpdate: {{maxUnavailable: 2, partition: 1}}}}}}}}");
        Assert.Equal("""{"partition":1}""", created["spec"]!["updateStrategy"]!["rollingUpdate"]!.ToJsonString());
    }

    [Fact]
    public void A_stateful_set_cannot_have_more_ready_pods_than_pods()
    {
        const string Sets = "/apis/apps/v1/namespaces/default/statefulsets";
        rig.Created(Sets, $"{{metadata: {{name: x}}, spec: {{serviceName: s, selector: {{matchLabels: {{a: b}}}}, template: {Always}}}}}");
        var (code, status) = rig.Json("PATCH", Sets + "/x/status", """{"status":{"replicas":1,"readyReplicas":2}}""", "application/merge-patch+json");
        Assert.Equal(422, code);
        Assert.Equal("StatefulSet.apps \"x\" is invalid: status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas", (string?)status["message"]);
    }

    [Fact]
    public void Few_fields_of_a_stateful_set_may_change()
    {
        const string Sets = "/apis/apps/v1/namespaces/default/statefulsets";
        rig.Created(Sets, $"{{metadata: {{name: x}}, spec: {{serviceName: s, selector: {{matchLabels: {{a: b}}}}, template: {Always}}}}}");
        Assert.Equal(200, rig.Json("PATCH", Sets + "/x/scale", """{"spec":{"replicas":4}}""", "application/merge-patch+json").Code);
        var (code, status) = rig.Json("PATCH", Sets + "/x", """{"spec":{"serviceName":"t"}}""", "application/merge-patch+json");
        Assert.Equal(422, code);
        Assert.StartsWith("StatefulSet.apps \"x\" is invalid: spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', ", (string?)status["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("updateStrategy: {type: Never}, ", "spec.updateStrategy.type: Unsupported value: \"Never\": supported values: \"OnDelete\", \"RollingUpdate\"")]
    [InlineData("updateStrategy: {rollingUpdate: {maxUnavailable: 0}}, ", "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when maxSurge is 0")]
    public void A_daemon_set_is_refused_for_its_spec(string spec, string expected) => Refuses(
        "/apis/apps/v1/namespaces/default/daemonsets", "DaemonSet.apps", $"spec: {{{spec}selector: {{matchLabels: {{a: b}}}}, template: {Always}}}", expected);

    [Theory]
    [InlineData("accessModes: [ReadWriteOnce]", "spec.resources[storage]: Required value")]
    [InlineData("resources: {requests: {storage: 1Gi}}", "spec.accessModes: Required value: at least 1 access mode is required")]
    public void A_claim_says_how_much_and_for_whom(string spec, string expected) =>
        Refuses("/api/v1/namespaces/default/persistentvolumeclaims", "PersistentVolumeClaim", $"spec: {{{spec}}}", expected);

    [Theory]
    [InlineData("{minAvailable: 1, maxUnavailable: 120%}", "spec: Invalid value: {\"minAvailable\":1,\"maxUnavailable\":\"120%\"}: minAvailable and maxUnavailable cannot be both set, spec.maxUnavailable: Invalid value: \"120%\": must not be greater than 100%")]
    public void A_budget_has_one_bound(string spec, string expected) =>
        Refuses("/apis/policy/v1/namespaces/default/poddisruptionbudgets", "PodDisruptionBudget.policy", $"spec: {spec}", $"[{expected}]");

    [Theory]
    [InlineData("{maxReplicas: 1, minReplicas: 2, scaleTargetRef: {kind: A, name: a}}", "spec.maxReplicas: Invalid value: 1: must be greater than or equal to `minReplicas`")]
    [InlineData("{maxReplicas: 1, scaleTargetRef: {kind: A}}", "spec.scaleTargetRef.name: Required value")]
    public void An_autoscaler_is_refused_for_its_spec(string spec, string expected) => Refuses(
        "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers", "HorizontalPodAutoscaler.autoscaling", $"spec: {spec}", expected);

    [Fact]
    public void A_limit_range_fits_together() => Refuses(
        "/api/v1/namespaces/default/limitranges",
        "LimitRange",
        "spec: {limits: [{type: Container, min: {cpu: 2}, max: {cpu: 1}, default: {cpu: 2}}]}",
        "[spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1, "
            + "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than max value 1, "
            + "spec.limits[0].default[cpu]: Invalid value: \"2\": default value 2 is greater than max value 1]");

    [Fact]
    public void A_priority_class_keeps_its_value_and_leaves_system_names_alone()
    {
        const string Classes = "/apis/scheduling.k8s.io/v1/priorityclasses";
        rig.Created(Classes, "{metadata: {name: x}, value: 7}");
        var (code, status) = rig.Json("PATCH", Classes + "/x", """{"value":8}""", "application/merge-patch+json");
        Assert.Equal((422, "PriorityClass.scheduling.k8s.io \"x\" is invalid: value: Forbidden: may not be changed in an update."), (code, (string?)status["message"]));
        Assert.Equal(422, rig.Refused(Classes, "{metadata: {name: system-mine}, value: 7}").Code);
        Assert.Equal(422, rig.Refused(Classes, "{metadata: {name: z}, value: 1000000001}").Code);
    }

    [Fact]
    public void A_pod_gets_the_value_of_its_stored_priority_class()
    {
        rig.Created("/apis/scheduling.k8s.io/v1/priorityclasses", "{metadata: {name: x}, value: 7, preemptionPolicy: Never}");
        var pod = rig.Created(FrontRig.Pods, "{metadata: {name: p}, spec: {priorityClassName: x, containers: [{name: c, image: x}]}}");
        Assert.Equal((7, "Never"), ((int)pod["spec"]!["priority"]!, (string?)pod["spec"]!["preemptionPolicy"]));
    }

    private void Refuses(string path, string kind, string fields, string expected)
    {
        var (code, message) = rig.Refused(path, $"{{metadata: {{name: x}}, {fields}}}");
        Assert.Equal((422, $"{kind} \"x\" is invalid: {expected}"), (code, message));
    }
}
