using System.Text;
using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Creating;

/// <summary>What the three <c>kubectl create secret …</c> commands share.</summary>
internal abstract class CreateSecretCommand : NewObjectCommand
{
    protected override string RefusalStart => "failed to create secret ";

    /// <summary>The secret's type; empty leaves it to the server.</summary>
    protected abstract string TypeOf(Arguments arguments);

    /// <summary>Its keys.</summary>
    protected abstract IEnumerable<KeyValuePair<string, byte[]>> Data(Arguments arguments, string name);

    protected sealed override JsonNode Make(Session session, Arguments arguments, string name)
    {
        var secret = new JsonObject { ["kind"] = "Secret", ["apiVersion"] = "v1", ["metadata"] = Meta(name) };
        var data = new JsonObject(Data(arguments, name).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Convert.ToBase64String(pair.Value))));
        if (data.Count > 0)
        {
            secret["data"] = data;
        }

        if (TypeOf(arguments) is { Length: > 0 } type)
        {
            secret["type"] = type;
        }

        return secret;
    }
}

/// <summary><c>kubectl create secret generic</c>.</summary>
internal sealed class CreateGenericSecretCommand : CreateSecretCommand
{
    public override string Name => "create secret generic";

    public override string Summary => "Create a secret from a local file, directory, or literal value.";

    protected override Flags Own(Flags flags) => KeyValueSources.Add(flags).Text("type");

    protected override string TypeOf(Arguments arguments) => arguments.Text("type");

    protected override IEnumerable<KeyValuePair<string, byte[]>> Data(Arguments arguments, string name) => KeyValueSources.Read(arguments, $"Secret \"{name}\"");
}

/// <summary><c>kubectl create secret docker-registry</c>.</summary>
internal sealed class CreateRegistrySecretCommand : CreateSecretCommand
{
    public override string Name => "create secret docker-registry";

    public override string Summary => "Create a secret for use with a Docker registry.";

    protected override Flags Own(Flags flags) => flags.Text("docker-username").Text("docker-password").Text("docker-email")
        .Text("docker-server", value: "https://index.docker.io/v1/");

    protected override void Demand(Arguments arguments)
    {
        if (arguments.Text("docker-username").Length == 0 || arguments.Text("docker-password").Length == 0 || arguments.Text("docker-server").Length == 0)
        {
            throw Failure.Error("either --from-file or the combination of --docker-username, --docker-password and --docker-server is required");
        }
    }

    protected override string TypeOf(Arguments arguments) => "kubernetes.io/dockerconfigjson";

    protected override IEnumerable<KeyValuePair<string, byte[]>> Data(Arguments arguments, string name)
    {
        var (user, password) = (arguments.Text("docker-username"), arguments.Text("docker-password"));
        var entry = new JsonObject { ["username"] = user, ["password"] = password };
        if (arguments.Text("docker-email") is { Length: > 0 } email)
        {
            entry["email"] = email;
        }

        entry["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        var config = new JsonObject { ["auths"] = new JsonObject { [arguments.Text("docker-server")] = entry } };
        yield return KeyValuePair.Create(".dockerconfigjson", Encoding.UTF8.GetBytes(GoJson.Compact(config, isSorted: false)));
    }
}

/// <summary><c>kubectl create secret tls</c>.</summary>
internal sealed class CreateTlsSecretCommand : CreateSecretCommand
{
    public override string Name => "create secret tls";

    public override string Summary => "Create a TLS secret.";

    protected override Flags Own(Flags flags) => flags.Text("cert").Text("key");

    protected override void Demand(Arguments arguments)
    {
        if (arguments.Text("cert").Length == 0 || arguments.Text("key").Length == 0)
        {
            throw Failure.Error("key and cert must be specified");
        }
    }

    protected override string TypeOf(Arguments arguments) => "kubernetes.io/tls";

    protected override IEnumerable<KeyValuePair<string, byte[]>> Data(Arguments arguments, string name) =>
    [
        KeyValuePair.Create("tls.crt", KeyValueSources.Bytes(arguments.Text("cert"))),
        KeyValuePair.Create("tls.key", KeyValueSources.Bytes(arguments.Text("key"))),
    ];
}
