using System.Globalization;
using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/KubeLab.Benchmarks -- --filter '*'
if (args is ["scheduling", ..])
{
    KubeLab.Benchmarks.SchedulingTimes.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000);
    return;
}

if (args is ["raft", ..])
{
    KubeLab.Benchmarks.RaftTimes.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000);
    return;
}

if (args is ["store", ..])
{
    KubeLab.Benchmarks.StoreTimes.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000);
    return;
}

if (args is ["policies", ..])
{
    KubeLab.Benchmarks.PolicyTimes.Run(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 50);
    return;
}

if (args is ["session", ..])
{
    await KubeLab.Benchmarks.SessionTimes.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000);
    return;
}

if (args is ["session-served", var lab, ..])
{
    await KubeLab.Benchmarks.SessionTimes.RunServedAsync(lab, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000);
    return;
}

if (args is ["shop", ..])
{
    KubeLab.Benchmarks.ShopDay.Run(args[1..]);
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
