namespace KubeLab.Testing.Linearizability;

/// <summary>Whether a history of registers can be told as if one operation had happened after the other, each between its call and its return.</summary>
/// <remarks>
/// Wing and Gong's search with Lowe's memory of what has been tried: take any operation that began before the first return, see whether it fits, go on, and step back
/// where nothing fits. Registers do not touch each other, so each is looked at by itself.
/// </remarks>
public static class LinearizabilityChecker
{
    /// <summary>The first register whose history cannot be told so, as text; null when all can. Values must be written once only.</summary>
    public static string? FindViolation(IEnumerable<RegisterOperation> history)
    {
        foreach (var register in history.GroupBy(o => o.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var operations = Relevant([.. register]);
            if (!IsLinearizable(operations))
            {
                return $"the history of {register.Key} is not linearizable:\n{string.Join('\n', operations.OrderBy(o => o.Called))}";
            }
        }

        return null;
    }

    /// <summary>What nobody knows to have happened, and nobody has seen, may as well not have happened; leaving it out spares the search the most.</summary>
    private static RegisterOperation[] Relevant(RegisterOperation[] all)
    {
        var known = all.Where(o => o.Returned is not null).ToList();
        var unknown = all.Where(o => o.Returned is null && o.Call != RegisterCall.Read).ToList();
        var seen = known.Where(o => o.Call != RegisterCall.Write).Select(o => o.Found).ToHashSet();
        while (unknown.FindAll(o => seen.Contains(o.Value)) is { Count: > 0 } happened)
        {
            // What a compare-and-set must have found has been seen too.
            unknown.RemoveAll(o => seen.Contains(o.Value));
            known.AddRange(happened);
            seen.UnionWith(happened.Where(o => o.Call == RegisterCall.CompareAndSet).Select(o => o.Expected));
        }

        return [.. known];
    }

    private static bool IsLinearizable(RegisterOperation[] operations)
    {
        var head = Link(operations);
        var done = new ulong[(operations.Length + 63) / 64];
        var tried = new HashSet<Tried>();
        var taken = new Stack<(Node Node, long Before)>();
        long state = 0;
        var at = head.Next;
        while (head.Next is not null)
        {
            if (at is { Return: { } end } call)
            {
                if (call.Operation!.ApplyTo(state) is { } after && tried.Add(new Tried(With(done, call.Number), after)))
                {
                    taken.Push((call, state));
                    state = after;
                    done[call.Number / 64] |= 1UL << (call.Number % 64);
                    call.Unlink();
                    end.Unlink();
                    at = head.Next;
                    continue;
                }

                at = call.Next;
                continue;
            }

            // Every return that is known lies before the unknown ones, so all of those have found their places.
            if (at!.Operation!.Returned is null)
            {
                return true;
            }

            // Nothing that began before this return fits.
            if (!taken.TryPop(out var last))
            {
                return false;
            }

            state = last.Before;
            done[last.Node.Number / 64] &= ~(1UL << (last.Node.Number % 64));
            last.Node.Return!.Relink();
            last.Node.Relink();
            at = last.Node.Next;
        }

        return true;
    }

    private static ulong[] With(ulong[] done, int number)
    {
        var copy = (ulong[])done.Clone();
        copy[number / 64] |= 1UL << (number % 64);
        return copy;
    }

    private static Node Link(RegisterOperation[] operations)
    {
        var events = new List<(long At, Node Node)>();
        for (var i = 0; i < operations.Length; i++)
        {
            var end = new Node(i, operations[i], null);
            events.Add((operations[i].Called, new Node(i, operations[i], end)));
            events.Add((operations[i].Returned ?? long.MaxValue, end));
        }

        var head = new Node(-1, null, null);
        var last = head;
        foreach (var (_, node) in events.OrderBy(e => e.At))
        {
            (last.Next, node.Previous) = (node, last);
            last = node;
        }

        return head;
    }

    private sealed class Node(int number, RegisterOperation? operation, Node? end)
    {
        public int Number { get; } = number;

        public RegisterOperation? Operation { get; } = operation;

        /// <summary>The return of this call; null when this is a return.</summary>
        public Node? Return { get; } = end;

        public Node? Next { get; set; }

        public Node? Previous { get; set; }

        public void Unlink()
        {
            Previous!.Next = Next;
            if (Next is not null)
            {
                Next.Previous = Previous;
            }
        }

        public void Relink()
        {
            Previous!.Next = this;
            if (Next is not null)
            {
                Next.Previous = this;
            }
        }
    }

    /// <summary>Which operations were taken, and what the register held then.</summary>
    private readonly struct Tried(ulong[] done, long state) : IEquatable<Tried>
    {
        private readonly ulong[] done = done;
        private readonly long state = state;

        public bool Equals(Tried other) => state == other.state && done.AsSpan().SequenceEqual(other.done);

        public override bool Equals(object? obj) => obj is Tried other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(state);
            foreach (var word in done)
            {
                hash.Add(word);
            }

            return hash.ToHashCode();
        }
    }
}
