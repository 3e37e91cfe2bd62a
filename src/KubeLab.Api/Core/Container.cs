using System.Text.Json.Serialization;
using KubeLab.Api.Patching;

namespace KubeLab.Api.Core;

/// <summary>One program of a pod: an image, a command, and what it needs.</summary>
public sealed record Container : ApiRecord
{
    /// <summary>Unique within the pod.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>The image to run.</summary>
    public string? Image { get; init; }

    /// <summary>The program; the image's entrypoint when empty.</summary>
    public ValueList<string> Command { get; init; }

    /// <summary>Its arguments; the image's when empty and there is no command.</summary>
    public ValueList<string> Args { get; init; }

    /// <summary>Where it starts.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>The ports it listens on; information only.</summary>
    [MergeKey("containerPort")]
    public ValueList<ContainerPort> Ports { get; init; }

    /// <summary>Config maps and secrets that become environment variables.</summary>
    public ValueList<OpaqueObject> EnvFrom { get; init; }

    /// <summary>Environment variables.</summary>
    [MergeKey("name")]
    public ValueList<EnvVar> Env { get; init; }

    /// <summary>What it reserves and what restrains it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ResourceRequirements Resources
    {
        get => field ?? ResourceRequirements.Empty;
        init => field = value == ResourceRequirements.Empty ? null : value;
    }

    /// <summary><c>Always</c> makes an init container a sidecar.</summary>
    public string? RestartPolicy { get; init; }

    /// <summary>Where volumes appear.</summary>
    [MergeKey("mountPath")]
    public ValueList<VolumeMount> VolumeMounts { get; init; }

    /// <summary>Fails: the container is restarted.</summary>
    public Probe? LivenessProbe { get; init; }

    /// <summary>Fails: the pod gets no traffic.</summary>
    public Probe? ReadinessProbe { get; init; }

    /// <summary>Until it succeeds the others wait.</summary>
    public Probe? StartupProbe { get; init; }

    /// <summary>What runs after start and before stop.</summary>
    public Lifecycle? Lifecycle { get; init; }

    /// <summary>The file its last words are read from.</summary>
    public string? TerminationMessagePath { get; init; }

    /// <summary><c>File</c> or <c>FallbackToLogsOnError</c>.</summary>
    public string? TerminationMessagePolicy { get; init; }

    /// <summary><c>Always</c>, <c>IfNotPresent</c> or <c>Never</c>.</summary>
    public string? ImagePullPolicy { get; init; }

    /// <summary>Users and capabilities.</summary>
    public OpaqueObject? SecurityContext { get; init; }

    /// <summary>Whether it keeps its standard input open.</summary>
    public bool Stdin { get; init; }

    /// <summary>Whether the input closes after the first client.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Whether it has a terminal.</summary>
    public bool TTY { get; init; }
}

/// <summary>A port that a container listens on.</summary>
public sealed record ContainerPort : ApiRecord
{
    /// <summary>A name that services can refer to.</summary>
    public string? Name { get; init; }

    /// <summary>The same port on the node.</summary>
    public int? HostPort { get; init; }

    /// <summary>The port, 1 to 65535.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    [JsonPropertyName("containerPort")]
    public int Port { get; init; }

    /// <summary><c>TCP</c>, <c>UDP</c> or <c>SCTP</c>.</summary>
    public string? Protocol { get; init; }

    /// <summary>The node address of the host port.</summary>
    public string? HostIP { get; init; }
}

/// <summary>An environment variable.</summary>
public sealed record EnvVar : ApiRecord
{
    /// <summary>Its name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its value, where <c>$(OTHER)</c> is expanded.</summary>
    public string? Value { get; init; }

    /// <summary>Where its value comes from.</summary>
    public EnvVarSource? ValueFrom { get; init; }
}

/// <summary>Where the value of an environment variable comes from.</summary>
public sealed record EnvVarSource : ApiRecord
{
    /// <summary>A field of the pod.</summary>
    public ObjectFieldSelector? FieldRef { get; init; }

    /// <summary>A request or limit of a container.</summary>
    public OpaqueObject? ResourceFieldRef { get; init; }

    /// <summary>A key of a config map.</summary>
    public KeySelector? ConfigMapKeyRef { get; init; }

    /// <summary>A key of a secret.</summary>
    public KeySelector? SecretKeyRef { get; init; }
}

/// <summary>A field of the pod.</summary>
public sealed record ObjectFieldSelector : ApiRecord
{
    /// <summary>The version in which the path is read.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>The path, for example <c>metadata.name</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string FieldPath { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>A key of a config map or secret.</summary>
public sealed record KeySelector : ApiRecord
{
    /// <summary>The object.</summary>
    public string? Name { get; init; }

    /// <summary>The key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Key { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Whether it may be missing.</summary>
    public bool? Optional { get; init; }
}

/// <summary>What a container reserves (requests) and what restrains it (limits).</summary>
public sealed record ResourceRequirements : ApiRecord
{
    /// <summary>One with nothing set.</summary>
    public static ResourceRequirements Empty { get; } = new();

    /// <summary>What it may never exceed: CPU is throttled, memory is killed.</summary>
    public ResourceList Limits { get; init; }

    /// <summary>What is reserved for it; the scheduler counts these.</summary>
    public ResourceList Requests { get; init; }
}

/// <summary>Where a volume appears in a container.</summary>
public sealed record VolumeMount : ApiRecord
{
    /// <summary>The volume.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Whether it can only be read.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Where.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string MountPath { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>A directory inside the volume.</summary>
    public string? SubPath { get; init; }
}

/// <summary>What runs after a container's start and before its stop.</summary>
public sealed record Lifecycle : ApiRecord
{
    /// <summary>Runs right after the start.</summary>
    public LifecycleHandler? PostStart { get; init; }

    /// <summary>Runs before the stop signal.</summary>
    public LifecycleHandler? PreStop { get; init; }
}

/// <summary>What a hook does.</summary>
public sealed record LifecycleHandler : ApiRecord
{
    /// <summary>Runs a command.</summary>
    public ExecAction? Exec { get; init; }

    /// <summary>Asks a web address.</summary>
    public HttpGetAction? HttpGet { get; init; }

    /// <summary>Waits.</summary>
    public SleepAction? Sleep { get; init; }
}

/// <summary>A wait.</summary>
public sealed record SleepAction : ApiRecord
{
    /// <summary>How long, in seconds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public long Seconds { get; init; }
}

/// <summary>A command in the container.</summary>
public sealed record ExecAction : ApiRecord
{
    /// <summary>The program and its arguments; no shell.</summary>
    public ValueList<string> Command { get; init; }
}

/// <summary>A web request; 200 to 399 is success.</summary>
public sealed record HttpGetAction : ApiRecord
{
    /// <summary>The path.</summary>
    public string? Path { get; init; }

    /// <summary>The port, by number or name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IntOrString Port { get; init; }

    /// <summary>The host; the pod when absent.</summary>
    public string? Host { get; init; }

    /// <summary><c>HTTP</c> or <c>HTTPS</c>.</summary>
    public string? Scheme { get; init; }

    /// <summary>Headers to send.</summary>
    public ValueList<HttpHeader> HttpHeaders { get; init; }
}

/// <summary>A header.</summary>
public sealed record HttpHeader : ApiRecord
{
    /// <summary>Its name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Name { get => field ?? ""; init => field = value is "" ? null : value; }

    /// <summary>Its value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string Value { get => field ?? ""; init => field = value is "" ? null : value; }
}

/// <summary>A connection attempt.</summary>
public sealed record TcpSocketAction : ApiRecord
{
    /// <summary>The port, by number or name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public IntOrString Port { get; init; }

    /// <summary>The host; the pod when absent.</summary>
    public string? Host { get; init; }
}

/// <summary>A gRPC health check.</summary>
public sealed record GrpcAction : ApiRecord
{
    /// <summary>The port.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int Port { get; init; }

    /// <summary>The service asked about.</summary>
    public string? Service { get; init; }
}

/// <summary>A check that the kubelet makes again and again.</summary>
public sealed record Probe : ApiRecord
{
    /// <summary>By a command: exit code 0 is success.</summary>
    public ExecAction? Exec { get; init; }

    /// <summary>By a web request.</summary>
    public HttpGetAction? HttpGet { get; init; }

    /// <summary>By a connection.</summary>
    public TcpSocketAction? TcpSocket { get; init; }

    /// <summary>By a gRPC health check.</summary>
    public GrpcAction? Grpc { get; init; }

    /// <summary>Seconds between start and the first check.</summary>
    public int InitialDelaySeconds { get; init; }

    /// <summary>Seconds after which a check counts as failed.</summary>
    public int TimeoutSeconds { get; init; }

    /// <summary>Seconds between checks.</summary>
    public int PeriodSeconds { get; init; }

    /// <summary>Successes in a row that make it good again.</summary>
    public int SuccessThreshold { get; init; }

    /// <summary>Failures in a row that make it bad.</summary>
    public int FailureThreshold { get; init; }

    /// <summary>Replaces the pod's grace period when this probe kills it.</summary>
    public long? TerminationGracePeriodSeconds { get; init; }
}
