namespace KubeLab.Scheduling.Framework;

/// <summary>What a plugin says of a pod, or of a pod on a node.</summary>
/// <remarks>The default value is success. Reasons are counted over all nodes and joined to the message that learners read.</remarks>
public readonly struct Verdict
{
    private readonly string[]? reasons;

    private Verdict(VerdictCode code, string[]? reasons)
    {
        Code = code;
        this.reasons = reasons;
    }

    /// <summary>It fits.</summary>
    public static Verdict Success => default;

    /// <summary>The plugin has nothing to say about this pod; its later calls are left out.</summary>
    public static Verdict Skip { get; } = new(VerdictCode.Skip, null);

    /// <summary>Not yet: ask again.</summary>
    public static Verdict Wait { get; } = new(VerdictCode.Wait, null);

    /// <summary>Which.</summary>
    public VerdictCode Code { get; }

    /// <summary>Whether it fits.</summary>
    public bool IsSuccess => Code == VerdictCode.Success;

    /// <summary>Why not, one line each.</summary>
    public ReadOnlySpan<string> Reasons => reasons;

    /// <summary>It does not fit now; other pods leaving could help.</summary>
    public static Verdict Unschedulable(params string[] reasons) => new(VerdictCode.Unschedulable, reasons);

    /// <summary>It does not fit, and no pod that leaves would change that.</summary>
    public static Verdict Unresolvable(params string[] reasons) => new(VerdictCode.UnschedulableAndUnresolvable, reasons);
}

/// <summary>The kinds of verdict, as upstream's framework.Code.</summary>
public enum VerdictCode
{
    /// <summary>It fits.</summary>
    Success,

    /// <summary>It does not fit now; other pods leaving could help.</summary>
    Unschedulable,

    /// <summary>It does not fit, and no pod that leaves would change that.</summary>
    UnschedulableAndUnresolvable,

    /// <summary>The plugin has nothing to say about this pod.</summary>
    Skip,

    /// <summary>Not yet: ask again.</summary>
    Wait,
}
