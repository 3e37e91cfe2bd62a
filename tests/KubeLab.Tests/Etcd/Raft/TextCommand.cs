using KubeLab.Etcd.Raft;

namespace KubeLab.Tests.Etcd.Raft;

/// <summary>A command that is only a word.</summary>
internal sealed record TextCommand(string Text, int SizeBytes = 1) : IRaftCommand
{
    public override string ToString() => Text;
}
