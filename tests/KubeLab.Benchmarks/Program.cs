using BenchmarkDotNet.Running;

// dotnet run -c Release --project tests/KubeLab.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
