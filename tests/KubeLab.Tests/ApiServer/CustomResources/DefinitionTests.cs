namespace KubeLab.Tests.ApiServer.CustomResources;

public sealed class DefinitionTests
{
    private readonly CustomRig rig = new();

    [Fact]
    public void Names_of_one_and_of_a_list_are_filled_in()
    {
        var spec = rig.Define(CustomRig.Thing("{type: object}"))["spec"]!;
        Assert.Equal("thing", (string?)spec["names"]!["singular"]);
        Assert.Equal("ThingList", (string?)spec["names"]!["listKind"]);
        Assert.Equal("None", (string?)spec["conversion"]!["strategy"]);
    }

    [Fact]
    public void A_new_definition_has_no_conditions_until_its_controllers_have_looked()
    {
        var created = rig.Front.Created(CustomRig.Definitions, CustomRig.CronTab);
        Assert.Null(created["status"]!["conditions"]);
        Assert.Equal("v1", (string?)created["status"]!["storedVersions"]![0]);
        Assert.Equal(404, rig.Front.Send("GET", CustomRig.CronTabs).Code);
        rig.Settle();
        Assert.Equal("True NoConflicts: no conflicts found", rig.Condition("NamesAccepted"));
        Assert.Equal("True InitialNamesAccepted: the initial names have been accepted", rig.Condition("Established"));
        Assert.Equal("ct", (string?)rig.Definition()["status"]!["acceptedNames"]!["shortNames"]![0]);
        Assert.Equal(200, rig.Front.Send("GET", CustomRig.CronTabs).Code);
    }

    [Theory]
    [InlineData("listKind: OtherList", "kind: CronTab", "KindConflict: \"CronTab\" is already in use")]
    [InlineData("shortNames: [ct]", "kind: Other", "ShortNamesConflict: \"ct\" is already in use")]
    [InlineData("singular: crontab", "kind: Other", "SingularConflict: \"crontab\" is already in use")]
    [InlineData("listKind: CronTabList", "kind: Other", "ListKindConflict: \"CronTabList\" is already in use")]
    public void Names_that_another_kind_of_the_group_has_are_not_accepted_until_it_goes(string name, string kind, string why)
    {
        rig.Define(CustomRig.CronTab);
        var names = $"{name}, {kind}";
        rig.Define($"""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: others.stable.example.com
            spec:
              group: stable.example.com
              scope: Cluster
              names: {"{"}plural: others, {names}{"}"}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
            """);
        Assert.Equal($"False {why}", rig.Condition("NamesAccepted", "others.stable.example.com"));
        Assert.Equal("False NotAccepted: not all names are accepted", rig.Condition("Established", "others.stable.example.com"));
        Assert.Equal(404, rig.Front.Send("GET", "/apis/stable.example.com/v1/others").Code);

        rig.Front.Json("DELETE", $"{CustomRig.Definitions}/crontabs.stable.example.com");
        rig.Settle();
        Assert.Equal("True NoConflicts: no conflicts found", rig.Condition("NamesAccepted", "others.stable.example.com"));
        Assert.Equal(200, rig.Front.Send("GET", "/apis/stable.example.com/v1/others").Code);
    }

    [Fact]
    public void A_definition_that_goes_takes_its_objects_along()
    {
        rig.Define(CustomRig.CronTab);
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object);
        var going = rig.Front.Json("DELETE", $"{CustomRig.Definitions}/crontabs.stable.example.com").Body;
        Assert.Equal("customresourcecleanup.apiextensions.k8s.io", (string?)going["metadata"]!["finalizers"]![0]);
        Assert.Equal(
            "True InstanceDeletionPending: CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon", rig.Condition("Terminating"));
        rig.Settle();
        Assert.Equal(404, rig.Front.Json("GET", $"{CustomRig.Definitions}/crontabs.stable.example.com").Code);
        Assert.Equal(404, rig.Front.Send("GET", CustomRig.CronTabs).Code);

        rig.Define(CustomRig.CronTab);
        Assert.Empty(rig.Front.Json("GET", CustomRig.CronTabs).Body["items"]!.AsArray());
    }

    [Fact]
    public void An_object_with_a_finalizer_holds_its_definition_and_no_new_ones_are_made()
    {
        rig.Define(CustomRig.CronTab);
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object.Replace("{name: one}", "{name: one, finalizers: [example.com/wait]}", StringComparison.Ordinal));
        rig.Front.Json("DELETE", $"{CustomRig.Definitions}/crontabs.stable.example.com");
        rig.Settle();
        Assert.Equal("True InstanceDeletionInProgress: CustomResource deletion is in progress", rig.Condition("Terminating"));
        var refused = rig.Front.Refused(CustomRig.CronTabs, CustomRig.Object.Replace("one", "two", StringComparison.Ordinal));
        Assert.Equal((405, "create not allowed while custom resource definition is terminating"), refused);
        rig.Front.Clock.RunFor(TimeSpan.FromSeconds(70));
        Assert.Equal(
            "True InstanceDeletionCheck: could not confirm zero CustomResources remaining: timed out waiting for the condition", rig.Condition("Terminating"));

        rig.Front.Json("PATCH", $"{CustomRig.CronTabs}/one", """{"metadata":{"finalizers":null}}""", "application/merge-patch+json");
        rig.Front.Clock.RunFor(TimeSpan.FromSeconds(6));
        Assert.Equal(404, rig.Front.Json("GET", $"{CustomRig.Definitions}/crontabs.stable.example.com").Code);
    }

    [Theory]
    [InlineData("scope: Namespaced", "scope: Cluster", "spec.scope: Invalid value: \"Cluster\": field is immutable")]
    [InlineData("kind: CronTab", "kind: Other", "spec.names.kind: Invalid value: \"Other\": field is immutable")]
    public void What_the_store_depends_on_cannot_change(string before, string after, string why)
    {
        rig.Define(CustomRig.CronTab);
        var changed = System.Text.Json.Nodes.JsonNode.Parse(FrontRig.AsJson(CustomRig.CronTab.Replace(before, after, StringComparison.Ordinal)))!;
        changed["metadata"]!["resourceVersion"] = (string?)rig.Definition()["metadata"]!["resourceVersion"];
        var (code, status) = rig.Front.Json("PUT", $"{CustomRig.Definitions}/crontabs.stable.example.com", changed.ToJsonString());
        Assert.Equal(422, code);
        Assert.EndsWith(why, (string?)status["message"]);
    }

    [Fact]
    public void A_version_in_which_objects_were_stored_stays_in_the_definition()
    {
        rig.Define(CustomRig.CronTab);
        var (code, status) = rig.Front.Json(
            "PATCH", $"{CustomRig.Definitions}/crontabs.stable.example.com", """[{"op":"replace","path":"/spec/versions/0/name","value":"v2"}]""", "application/json-patch+json");
        Assert.Equal(422, code);
        Assert.Contains("status.storedVersions[0]: Invalid value: \"v1\": missing from spec.versions; v1 was previously a storage version", (string?)status["message"]);
    }

    [Fact]
    public void Kinds_are_served_again_after_the_server_was_away()
    {
        rig.Define(CustomRig.CronTab);
        rig.Front.Created(CustomRig.CronTabs, CustomRig.Object);
        rig.Front.Server.Stop();
        rig.Front.Server.Start();
        Assert.Single(rig.Front.Json("GET", CustomRig.CronTabs).Body["items"]!.AsArray());
        var second = new KubeLab.ApiServer.ApiServer(rig.Front.Clock, new KubeLab.Simulation.Randomness(8), rig.Front.Etcd);
        Assert.NotNull(second.Resources.FindName("ct"));
    }
}
