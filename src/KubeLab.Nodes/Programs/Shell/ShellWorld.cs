using System.Globalization;

namespace KubeLab.Nodes.Programs.Shell;

/// <summary>What a shell finds in its container: environment, executables, mounted files.</summary>
internal sealed record ShellWorld(DateTimeOffset StartedAt, IReadOnlyDictionary<string, string> Environment, IReadOnlySet<string> Tools)
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>The files of mounted config maps and secrets: full path to content.</summary>
    public IReadOnlyDictionary<string, string> Mounts { get; init; } = Nothing;

    /// <summary>Directories that are mounted, whatever is in them.</summary>
    public IReadOnlyList<string> MountPoints { get; init; } = [];

    /// <summary>The pod's address.</summary>
    public string PodIP { get; init; } = "";

    /// <summary>The pod's namespace.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Where it starts.</summary>
    public string Folder { get; init; } = "/";

    /// <summary>The container's first process as <c>ps</c> shows it.</summary>
    public string Main { get; init; } = "";

    /// <summary>Whether its standard input is open.</summary>
    public bool HasInput { get; init; }

    /// <summary>Whether it has a terminal, and so prompts.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>The world of a container.</summary>
    public static ShellWorld Of(ProgramContext context, IReadOnlySet<string> tools, string main) =>
        new(context.StartedAt, context.Environment, tools)
        {
            Mounts = context.Mounts,
            MountPoints = context.Container.VolumeMounts.IsEmpty ? [] : [.. context.Container.VolumeMounts.Select(m => m.MountPath)],
            PodIP = context.PodIP,
            Namespace = context.Pod.Metadata.Namespace ?? "default",
            Folder = context.Container.WorkingDir is { Length: > 0 } folder ? folder : "/",
            Main = main,
            HasInput = context.Container.Stdin,
            HasTerminal = context.Container.TTY,
        };

    /// <summary>A file that every container has; null for any other.</summary>
    public string? BuiltIn(string path) => path switch
    {
        "/dev/null" => "",
        "/etc/hostname" => $"{Host}\n",
        "/etc/hosts" => "# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\n"
            + $"fe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n{PodIP}\t{Host}\n",
        "/etc/resolv.conf" => string.Create(
            CultureInfo.InvariantCulture,
            $"search {Namespace}.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n"),
        "/etc/os-release" => "NAME=\"Linux\"\n",
        "/etc/passwd" => "root:x:0:0:root:/root:/bin/sh\n",
        _ => null,
    };

    /// <summary>The names of those in <c>/etc</c>.</summary>
    public static IReadOnlyList<string> BuiltInPaths { get; } = ["/etc/hostname", "/etc/hosts", "/etc/os-release", "/etc/passwd", "/etc/resolv.conf"];

    private string Host => Environment.GetValueOrDefault("HOSTNAME", "localhost");
}
