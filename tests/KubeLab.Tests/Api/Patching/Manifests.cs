using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace KubeLab.Tests.Api.Patching;

/// <summary>Random deployments that touch every way in which a strategic merge patch merges.</summary>
internal static class Manifests
{
    public static Arbitrary<JsonObject> Deployments => Arb.From(
        from labels in Optional(Map())
        from finalizers in Optional(Subset("a", "b", "c", "d").Select(names => new JsonArray([.. names.Select(name => JsonValue.Create(name))])))
        from strategy in Optional(Gen.Elements(
            """{"type":"Recreate"}""",
            """{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}""",
            """{"type":"RollingUpdate"}""").Select(Parse))
        from containers in Optional(List("name", Container))
        from volumes in Optional(List("name", _ => Gen.Elements(
            """{"emptyDir":{}}""", """{"configMap":{"name":"x"}}""").Select(Parse)))
        from tolerations in Optional(List("key", _ => Gen.Elements("""{"operator":"Exists"}""").Select(Parse)))
        select Object(
            ("metadata", Object(("labels", labels), ("finalizers", finalizers))),
            ("spec", Object(
                ("strategy", strategy),
                ("template", Object(("spec", Object(("containers", containers), ("volumes", volumes), ("tolerations", tolerations)))))))));

    private static Gen<JsonObject> Container(string name) =>
        from image in Gen.Elements("nginx:1", "nginx:2")
        from args in Optional(Subset("-v", "-x").Select(all => new JsonArray([.. all.Select(one => JsonValue.Create(one))])))
        from env in Optional(List("name", _ => Gen.Elements("1", "2").Select(value => new JsonObject { ["value"] = value })))
        from ports in Optional(List("containerPort", _ => Gen.Constant(new JsonObject()).Select(one => (JsonObject)one.DeepClone())))
        select Object(("image", JsonValue.Create(image)), ("args", args), ("env", env), ("ports", ports));

    private static Gen<JsonArray> List(string key, Func<string, Gen<JsonObject>> element) =>
        from names in Subset("a", "b", "c", "d")
        from elements in Gen.CollectToList(names, element)
        select new JsonArray([.. names.Zip(elements, (name, one) => Named(key, name, one))]);

    private static JsonObject Named(string key, string name, JsonObject element)
    {
        var named = (JsonObject)element.DeepClone();
        named[key] = key == "containerPort" ? JsonValue.Create(name[0] - 'a' + 80) : JsonValue.Create(name);
        return named;
    }

    private static Gen<JsonObject> Map() =>
        Subset("app", "tier", "zone").SelectMany(_ => Gen.Elements("x", "y"), (names, value) =>
        {
            var map = new JsonObject();
            foreach (var name in names)
            {
                map[name] = value;
            }

            return map;
        });

    private static Gen<string[]> Subset(params string[] names) =>
        Gen.Shuffle(names).SelectMany(_ => Gen.Choose(0, names.Length), (shuffled, count) => shuffled.Take(count).ToArray());

    private static Gen<JsonNode?> Optional<T>(Gen<T> value)
        where T : JsonNode =>
        Gen.Frequency((1, Gen.Constant((JsonNode?)null)), (4, value.Select(node => (JsonNode?)node)));

    private static JsonObject Object(params (string Name, JsonNode? Value)[] fields)
    {
        var map = new JsonObject();
        foreach (var (name, value) in fields)
        {
            if (value is not null)
            {
                map[name] = value.DeepClone();
            }
        }

        return map;
    }

    private static JsonObject Parse(string text) => (JsonObject)JsonNode.Parse(text)!;
}
