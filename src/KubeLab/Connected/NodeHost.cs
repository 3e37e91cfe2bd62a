namespace KubeLab.Connected;

/// <summary>Whose machine a node is, which decides by which command it is stopped.</summary>
internal enum NodeHost
{
    Unknown,
    Kind,
    K3d,
    Minikube,
    Google,
    Amazon,
    Azure,
    OpenStack,

    /// <summary>A cluster of <c>lab cluster</c>, in another process.</summary>
    Simulated,
}
