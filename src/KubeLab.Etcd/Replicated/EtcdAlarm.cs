namespace KubeLab.Etcd.Replicated;

/// <summary>What a member calls for help about.</summary>
public enum EtcdAlarmKind
{
    /// <summary>Its file has reached the quota.</summary>
    NoSpace,
}

/// <summary>An alarm, which all members know of and obey until somebody disarms it.</summary>
/// <param name="Member">The number of the member that raised it.</param>
/// <param name="Kind">What about.</param>
/// <seealso href="https://etcd.io/docs/v3.5/op-guide/maintenance/#space-quota">Space quota</seealso>
public readonly record struct EtcdAlarm(long Member, EtcdAlarmKind Kind) : IComparable<EtcdAlarm>
{
    /// <inheritdoc/>
    public int CompareTo(EtcdAlarm other) => (Member, Kind).CompareTo((other.Member, other.Kind));

    /// <summary>Whether one stands before the other.</summary>
    public static bool operator <(EtcdAlarm left, EtcdAlarm right) => left.CompareTo(right) < 0;

    /// <summary>Whether one stands behind the other.</summary>
    public static bool operator >(EtcdAlarm left, EtcdAlarm right) => left.CompareTo(right) > 0;

    /// <summary>Whether one does not stand behind the other.</summary>
    public static bool operator <=(EtcdAlarm left, EtcdAlarm right) => left.CompareTo(right) <= 0;

    /// <summary>Whether one does not stand before the other.</summary>
    public static bool operator >=(EtcdAlarm left, EtcdAlarm right) => left.CompareTo(right) >= 0;

    /// <summary>As <c>etcdctl alarm list</c> prints it.</summary>
    public override string ToString() => $"memberID:{Member} alarm:NOSPACE";
}
