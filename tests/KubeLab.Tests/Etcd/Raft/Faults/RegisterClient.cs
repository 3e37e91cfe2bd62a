using KubeLab.Etcd.Raft;
using KubeLab.Simulation;
using KubeLab.Testing.Linearizability;

namespace KubeLab.Tests.Etcd.Raft.Faults;

/// <summary>A client that reads and writes registers at any member, one operation at a time, and keeps its history.</summary>
internal sealed class RegisterClient(VirtualClock clock, RaftGroup group, Randomness chance, History history)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private bool isStopped;

    public void Start() => clock.After(Think(), Next);

    public void Stop() => isStopped = true;

    private TimeSpan Think() => TimeSpan.FromMilliseconds(chance.Exponential(40));

    private void Next()
    {
        if (isStopped)
        {
            return;
        }

        var members = group.Members.ToArray();
        var member = members[chance.NextInt(members.Length)];
        var key = $"r{chance.NextInt(2)}";
        var draw = chance.NextInt(10);
        if (draw < 5)
        {
            Read(member, key);
        }
        else
        {
            var call = draw < 8 ? RegisterCall.Write : RegisterCall.CompareAndSet;
            Write(member, new RegisterCommand(key, call, history.NextValue(), call == RegisterCall.Write ? 0 : history.SomeValue(chance, key)));
        }
    }

    private void Read(RaftMember member, string key)
    {
        var called = history.Now();
        var turn = Turn();
        member.ReadIndex(request =>
        {
            if (turn() && request.Error == RaftError.None)
            {
                history.Add(new(key, RegisterCall.Read, 0, 0, called, history.Now(), ((RegisterMachine)member.StateMachine)[key]));
            }
        });
    }

    private void Write(RaftMember member, RegisterCommand command)
    {
        var called = history.Now();
        var turn = Turn(() => history.Add(new(command.Key, command.Call, command.Value, command.Expected, called, null, 0)));
        member.Propose(command, request =>
        {
            if (!turn() || request.Error is RaftError.NoLeader or RaftError.Dropped)
            {
                return;
            }

            var returned = request.Error == RaftError.None ? history.Now() : (long?)null;
            history.Add(new(command.Key, command.Call, command.Value, command.Expected, called, returned, request.Result is long found ? found : 0));
        });
    }

    /// <summary>The next operation begins when this one has ended, or the client has lost its patience; who asks is told whether it is still waiting.</summary>
    private Func<bool> Turn(Action? gaveUp = null)
    {
        var isOver = false;
        var patience = clock.After(Patience, () =>
        {
            isOver = true;
            gaveUp?.Invoke();
            Next();
        });
        return () =>
        {
            if (isOver)
            {
                return false;
            }

            isOver = true;
            patience.Cancel();
            clock.After(Think(), Next);
            return true;
        };
    }
}

/// <summary>What all clients did and saw.</summary>
internal sealed class History
{
    private readonly List<RegisterOperation> operations = [];
    private readonly Dictionary<string, long> newest = [];
    private long now;
    private long value;

    public IReadOnlyList<RegisterOperation> Operations => operations;

    public long Now() => ++now;

    public long NextValue() => ++value;

    public void Add(RegisterOperation operation)
    {
        operations.Add(operation);
        newest[operation.Key] = operation.Call == RegisterCall.Read ? operation.Found : operation.Value;
    }

    /// <summary>What a compare-and-set may expect: mostly what was seen last.</summary>
    public long SomeValue(Randomness chance, string key) =>
        chance.NextInt(4) == 0 ? 0 : newest.GetValueOrDefault(key);
}
