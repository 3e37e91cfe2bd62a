using System.Text.Json.Nodes;
using KubeLab.Api.Yaml;
using KubeLab.ApiServer.CustomResources.Schemas;

namespace KubeLab.Tests.ApiServer.CustomResources;

/// <summary>A server in which users define kinds of their own.</summary>
internal sealed class CustomRig
{
    public const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

    public const string CronTabs = "/apis/stable.example.com/v1/namespaces/default/crontabs";

    /// <summary>The example of the Kubernetes documentation, with a status, a scale, columns and checks.</summary>
    public const string CronTab = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: crontabs.stable.example.com}
        spec:
          group: stable.example.com
          scope: Namespaced
          names: {plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct], categories: [all]}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      cronSpec: {type: string, pattern: '^(\d+|\*)(/\d+)?(\s+(\d+|\*)(/\d+)?){4}$', description: When.}
                      image: {type: string}
                      replicas: {type: integer, minimum: 1, maximum: 10, default: 1}
                  status:
                    type: object
                    properties:
                      replicas: {type: integer}
                      labelSelector: {type: string}
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas, labelSelectorPath: .status.labelSelector}
            selectableFields: [{jsonPath: .spec.image}]
            additionalPrinterColumns:
            - {name: Spec, type: string, jsonPath: .spec.cronSpec}
            - {name: Replicas, type: integer, jsonPath: .spec.replicas}
            - {name: Ready, type: boolean, jsonPath: .status.ready, priority: 1}
            - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
        """;

    public const string Object = """
        apiVersion: stable.example.com/v1
        kind: CronTab
        metadata: {name: one}
        spec: {cronSpec: "* * * * */5", image: my-image}
        """;

    public FrontRig Front { get; } = new();

    /// <summary>A definition of kind Thing in group example.org with one version, whose schema is <paramref name="schema"/> in YAML's flow style.</summary>
    public static string Thing(string schema, string more = "", string scope = "Cluster") => $$"""
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: things.example.org}
        spec:
          group: example.org
          scope: {{scope}}
          names: {plural: things, kind: Thing}
          versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {{schema}}}
        {{more}}
        """;

    public static StructuralSchema Schema(string yaml) =>
        SchemaReader.Read(System.Text.Json.JsonDocument.Parse(Yaml.Read(yaml)!.ToJsonString()).RootElement);

    public static JsonNode? Value(string yaml) => Yaml.Read(yaml);

    /// <summary>Defines a kind and lets its controllers work.</summary>
    public JsonNode Define(string yaml)
    {
        var created = Front.Created(Definitions, yaml);
        Settle();
        return created;
    }

    public void Settle() => Front.Clock.RunFor(TimeSpan.Zero);

    public JsonNode Definition(string name = "crontabs.stable.example.com") => Front.Json("GET", $"{Definitions}/{name}").Body;

    /// <summary>The condition as <c>status reason: message</c>.</summary>
    public string Condition(string type, string name = "crontabs.stable.example.com")
    {
        var found = Definition(name)["status"]!["conditions"]!.AsArray().Single(c => (string)c!["type"]! == type)!;
        return $"{found["status"]} {found["reason"]}: {found["message"]}";
    }
}
