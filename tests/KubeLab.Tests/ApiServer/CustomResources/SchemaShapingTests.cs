using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using KubeLab.ApiServer.CustomResources.Checking;
using KubeLab.ApiServer.CustomResources.Schemas;
using KubeLab.ApiServer.Registry;

namespace KubeLab.Tests.ApiServer.CustomResources;

public sealed class SchemaShapingTests
{
    private const string Keeps = "x-kubernetes-preserve-unknown-fields: true";

    [Theory]
    [InlineData("{type: object, properties: {a: {type: string}}}", "{a: 1, b: 2}", "{a: 1}", "spec.b")]
    [InlineData("{type: object, " + Keeps + "}", "{a: 1, b: {c: 2}}", "{a: 1, b: {c: 2}}", "")]
    [InlineData("{type: object, " + Keeps + ", properties: {a: {type: object}}}", "{a: {x: 1}, b: {c: 2}}", "{a: {}, b: {c: 2}}", "spec.a.x")]
    [InlineData("{type: object, properties: {a: {type: array, items: {type: object, properties: {x: {type: string}}}}}}", "{a: [{x: 1, w: 2}, {z: 3}]}", "{a: [{x: 1}, {}]}", "spec.a[0].w spec.a[1].z")]
    [InlineData("{type: object, properties: {a: {type: array, " + Keeps + ", items: {type: object}}}}", "{a: [{x: 1}]}", "{a: [{x: 1}]}", "")]
    [InlineData("{type: object, additionalProperties: {type: object, properties: {x: {type: string}}}}", "{k: {x: 1, w: 2}}", "{k: {x: 1}}", "spec.k.w")]
    [InlineData("{type: object, additionalProperties: true}", "{k: {x: 1}, l: 2}", "{k: {}, l: 2}", "spec.k.x")]
    [InlineData("{type: object, x-kubernetes-embedded-resource: true, properties: {spec: {type: object}}}", "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {a: 1}, more: 1}", "{apiVersion: v1, kind: Pod, metadata: {name: x}, spec: {}}", "spec.more spec.spec.a")]
    public void Unknown_fields_go(string schema, string given, string left, string gone)
    {
        var root = new JsonObject { ["kind"] = "X", ["metadata"] = new JsonObject(), ["spec"] = CustomRig.Value(given) };
        var paths = Pruning.Prune(root, CustomRig.Schema($"{{type: object, properties: {{spec: {schema}}}}}"));
        Assert.Equal(gone, string.Join(' ', paths));
        Assert.True(JsonNode.DeepEquals(CustomRig.Value(left), root["spec"]), root.ToJsonString());
        Assert.Equal("X", (string?)root["kind"]);
    }

    [Theory]
    [InlineData("{type: object, properties: {a: {type: string, default: x}}}", "{}", "{a: x}")]
    [InlineData("{type: object, properties: {a: {type: string, default: x}}}", "{a: y}", "{a: y}")]
    [InlineData("{type: object, properties: {a: {type: string, default: x}}}", "{a: null}", "{a: x}")]
    [InlineData("{type: object, properties: {a: {type: string, default: x, nullable: true}}}", "{a: null}", "{a: null}")]
    [InlineData("{type: object, properties: {a: {type: string}}}", "{a: null}", "{}")]
    [InlineData("{type: object, properties: {a: {type: string, nullable: true}}}", "{a: null}", "{a: null}")]
    [InlineData("{type: object, properties: {a: {type: object, properties: {b: {type: integer, default: 1}}}}}", "{}", "{}")]
    [InlineData("{type: object, properties: {a: {type: object, default: {}, properties: {b: {type: integer, default: 1}}}}}", "{}", "{a: {b: 1}}")]
    [InlineData("{type: object, properties: {a: {type: array, items: {type: object, properties: {b: {type: integer, default: 1}}}}}}", "{a: [{}, {b: 2}]}", "{a: [{b: 1}, {b: 2}]}")]
    [InlineData("{type: object, additionalProperties: {type: integer, default: 7}}", "{k: null}", "{k: 7}")]
    public void Defaults_are_filled_in_and_nulls_that_mean_nothing_go(string schema, string given, string filled)
    {
        var value = CustomRig.Value(given)!;
        SchemaDefaults.Fill(value, CustomRig.Schema(schema));
        Assert.True(JsonNode.DeepEquals(CustomRig.Value(filled), value), value.ToJsonString());
    }

    [Fact]
    public void Pruning_and_filling_in_twice_changes_nothing_more() => Prop.ForAll<int>(IsStable).QuickCheckThrowOnFailure();

    private static bool IsStable(int seed)
    {
        var chance = new KubeLab.Simulation.Randomness(seed);
        var schema = CustomRig.Schema(
            "{type: object, properties: {a: {type: object, default: {}, properties: {b: {type: integer, default: 1}, c: {type: array, items: {type: object, properties: {d: {type: string, default: x}}}}}}, e: {type: string}}}");
        var value = (JsonObject)Random(chance, 4);
        Pruning.Prune(value, schema);
        SchemaDefaults.Fill(value, schema);
        var once = value.DeepClone();
        var gone = Pruning.Prune(value, schema);
        SchemaDefaults.Fill(value, schema);
        return gone.Count == 0 && JsonNode.DeepEquals(once, value);
    }

    [Theory]
    [InlineData("{type: array, x-kubernetes-list-type: set, items: {type: string}}", "[a, b, a]", "spec.a[2]: Duplicate value: \"a\"")]
    [InlineData("{type: array, x-kubernetes-list-type: set, items: {type: integer}}", "[1, 2, 2]", "spec.a[2]: Duplicate value: 2")]
    [InlineData("{type: array, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [id], items: {type: object, properties: {id: {type: string}}}}", "[{id: a, v: 1}, {id: a, v: 2}]", "spec.a[1]: Duplicate value: {\"id\":\"a\"}")]
    [InlineData("{type: array, items: {type: string}}", "[a, a]", "")]
    public void Sets_and_maps_hold_nothing_twice(string schema, string value, string why)
    {
        var errors = new FieldErrors();
        ListTypes.Check(CustomRig.Value(value), CustomRig.Schema(schema), "spec.a", errors);
        Assert.Equal(why, string.Join(' ', errors.Causes.Select(c => $"{c.Field}: {c.Message}")));
    }

    private static JsonNode Random(KubeLab.Simulation.Randomness chance, int depth)
    {
        var map = new JsonObject();
        foreach (var name in new[] { "a", "b", "c", "d", "e", "z" })
        {
            switch (chance.NextInt(6))
            {
                case 0 when depth > 0:
                    map[name] = Random(chance, depth - 1);
                    break;
                case 1 when depth > 0:
                    map[name] = new JsonArray(Random(chance, depth - 1), null, 3);
                    break;
                case 2:
                    map[name] = null;
                    break;
                case 3:
                    map[name] = 1;
                    break;
            }
        }

        return map;
    }
}
