namespace KubeLab.Etcd.Replicated.Commands;

/// <summary>Raises a member's alarm for all to know, or disarms it.</summary>
internal sealed class AlarmCommand(EtcdAlarm alarm, bool isRaised) : EtcdCommand
{
    public override int SizeBytes => 16;

    public override object? ApplyTo(MemberStore store)
    {
        if (isRaised)
        {
            store.Alarms.Add(alarm);
        }
        else
        {
            store.Alarms.Remove(alarm);
        }

        return null;
    }

    public override string ToString() => $"{(isRaised ? "raise" : "disarm")} {alarm}";
}
