using KubeLab.Etcd.Raft;
using KubeLab.Testing.Linearizability;

namespace KubeLab.Tests.Etcd.Raft.Faults;

/// <summary>What a client does to a register.</summary>
internal sealed record RegisterCommand(string Key, RegisterCall Call, long Value, long Expected) : IRaftCommand
{
    public int SizeBytes => 20;

    public override string ToString() => Call == RegisterCall.Write ? $"{Key}={Value}" : $"{Key}={Value} if {Expected}";
}

/// <summary>A few registers as a state machine; each apply is told to the watch, which compares it with what other members applied.</summary>
internal sealed class RegisterMachine(long member, RaftWatch watch) : IRaftStateMachine
{
    private SortedDictionary<string, long> registers = new(StringComparer.Ordinal);

    public long this[string key] => registers.GetValueOrDefault(key);

    public object? Apply(RaftEntry entry)
    {
        watch.Applied(member, entry);
        if (entry.Command is not RegisterCommand command)
        {
            return null;
        }

        var found = this[command.Key];
        if (command.Call == RegisterCall.Write || found == command.Expected)
        {
            registers[command.Key] = command.Value;
        }

        return found;
    }

    public object? TakeSnapshot() => new SortedDictionary<string, long>(registers, StringComparer.Ordinal);

    public void Restore(object? state) =>
        registers = state is SortedDictionary<string, long> saved ? new(saved, StringComparer.Ordinal) : new(StringComparer.Ordinal);
}
