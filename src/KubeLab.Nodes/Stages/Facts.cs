namespace KubeLab.Nodes.Stages;

/// <summary>What a stage may ask about: each value of each fact is one bit, so that a match is one comparison.</summary>
[Flags]
internal enum Facts
{
    None = 0,

    ImagePresent = 1 << 0,
    ImagePull = 1 << 1,
    ImageBackOff = 1 << 2,
    ImageNever = 1 << 3,

    PullSucceeded = 1 << 4,
    PullRefused = 1 << 5,

    ConfigFound = 1 << 6,
    ConfigMissing = 1 << 7,

    ExecutableFound = 1 << 8,
    ExecutableMissing = 1 << 9,

    RestartNo = 1 << 10,
    RestartNow = 1 << 11,
    RestartLater = 1 << 12,

    VolumesReady = 1 << 13,
    VolumesBound = 1 << 14,
    VolumesMissing = 1 << 15,
}
