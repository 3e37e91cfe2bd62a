namespace KubeLab.Nodes.Stages;

/// <summary>Where a pod, or a container of it, stands in its life on a node; in the data files <c>PullBackOff</c> is written <c>pull-back-off</c>.</summary>
internal enum LifeState
{
    /// <summary>A pod that the kubelet has just seen.</summary>
    Bound,

    /// <summary>A pod that may run here.</summary>
    Admitted,

    /// <summary>A pod that may run here and whose volumes have just been mounted.</summary>
    Mounted,

    /// <summary>A pod with a sandbox and an address: its containers live their own lives from here.</summary>
    Networked,

    /// <summary>A pod whose containers are being stopped.</summary>
    Terminating,

    /// <summary>A pod that is to be deleted and whose containers have all ended.</summary>
    Stopped,

    /// <summary>A pod that left.</summary>
    Gone,

    /// <summary>A container whose turn has not come, or has come again.</summary>
    Waiting,

    /// <summary>Its image is on the way.</summary>
    Pulling,

    /// <summary>Its image could not be had.</summary>
    PullFailed,

    /// <summary>The kubelet waits before it asks for the image again.</summary>
    PullBackOff,

    /// <summary>The image is absent and may not be pulled.</summary>
    NeverPull,

    /// <summary>The image is here.</summary>
    ImageReady,

    /// <summary>An environment variable refers to something that is not there.</summary>
    ConfigError,

    /// <summary>The container exists; its process does not.</summary>
    Created,

    /// <summary>Its process could not be started.</summary>
    StartFailed,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>Its process has been asked to stop.</summary>
    Stopping,

    /// <summary>Its process has ended, and the kubelet does not know yet.</summary>
    Exited,

    /// <summary>The kubelet knows that it ended.</summary>
    Noticed,

    /// <summary>The kubelet waits before it starts it again.</summary>
    CrashLoop,

    /// <summary>It ended for good.</summary>
    Finished,
}
